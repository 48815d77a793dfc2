"""What one fact says, as a clause for people who do not program: a verb and the rest. Only what the fact shows.

`may` stands where the fact itself is unsure: a `zero` return, which means success in some functions and failure in
others, and a trait `by:name`, which says that a call was known by its name only.
"""

from zoll.judge.clauses import concealment, configuration, executables, gates, powers, softened, source, trust, weakened
from zoll.judge.clauses.saying import Clause, clipped, printable, quoted
from zoll.model import Fact

__all__ = ["MAKERS", "Clause", "clause", "clipped", "printable", "quoted"]

MAKERS = {
    **powers.MAKERS,
    **gates.MAKERS,
    **weakened.MAKERS,
    **softened.MAKERS,
    **configuration.MAKERS,
    **trust.MAKERS,
    **concealment.MAKERS,
    **executables.MAKERS,
    **source.MAKERS,
}
_TOWARDS = {
    "connect": ("a network connection", "to"),
    "send": ("data", "to"),
    "resolve": ("a host name", "from"),
    "fetch": ("data from a URL", "at"),
    "listen": ("a listening socket", "on"),
    "raw": ("a raw socket or packet filter", "on"),
}


def clause(fact: Fact, address: str = "", *, near: bool = False) -> Clause | None:
    """Return what the fact says, None where it says nothing by itself.

    `address` is one that the same change gained; `near` tells that it stands on the same line, so that it is meant.
    """
    maker = MAKERS.get(fact.kind)
    if maker is None:
        return None
    made = maker(fact)
    target = _target(fact)
    if made is None or not address or target not in _TOWARDS:
        return made
    rest, towards = _TOWARDS[target]
    if near:
        said = made.rest.replace(rest, f"{rest} {towards} {quoted(address)}", 1)
    elif f"{rest} (" in made.rest:
        said = made.rest.replace(f"{rest} (", f"{rest} (the change names {quoted(address)}; ", 1)
    else:
        said = made.rest.replace(rest, f"{rest} (the change names {quoted(address)})", 1)
    return Clause(made.verb, said, made.thing or "address", made.sure, also=made.also)


def _target(fact: Fact) -> str:
    """Return the class of power that a power or gate fact leads to."""
    return fact.value if fact.kind == "power" else fact.value.rpartition("->power.")[2] if fact.kind == "gate" else ""
