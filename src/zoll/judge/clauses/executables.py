"""What the head of an executable says: libraries, run paths, initialisers, sections."""

from zoll.judge.clauses.saying import Clause, Makers, quoted
from zoll.model import Fact

_LINKED = {
    "late": "the library {} when it first calls it",
    "interpreter": "the loader {}",
    "audit": "the library {} to watch the loader",
    "filter": "{} to stand in for its functions",
    "config": "the loader's configuration {}",
}
_LEADS = {
    "writable": "where others may write",
    "relative": "which hangs on the folder it is started in",
    "beside": "beside the program",
}
_EARLY = {
    "constructor": "a function before the program starts",
    "preinit": "a function before all libraries are set up",
    "destructor": "a function when the program ends",
    "ifunc": "a function while it is loaded, to choose another",
}


def _linked(fact: Fact) -> Clause:
    how = fact.trait("how")
    if how == "name":
        return Clause("call", f"itself {quoted(fact.value)}", "library")
    return Clause("need", _LINKED.get(how, "the library {}").format(quoted(fact.value)), "library")


def _searched(fact: Fact) -> Clause:
    leads = _LEADS.get(fact.trait("leads"), "")
    if fact.trait("in") == "source":
        folder = "the folder that it is started in" if fact.value == "." else quoted(fact.value)
        return Clause("look for", f"what it runs or loads in {folder} ({quoted(fact.trait('how'))})", "folder")
    return Clause("look for", f"its libraries in {quoted(fact.value)}" + (f", {leads}" if leads else ""), "folder")


def _early(fact: Fact) -> Clause:
    name = fact.trait("name")
    return Clause("run", _EARLY.get(fact.value, "a function by itself") + (f" ({quoted(name)})" if name else ""))


def _table(fact: Fact) -> Clause:
    before = fact.trait("old")
    if fact.value == "number":
        entry = f"in a table, at {quoted(fact.trait('key'))}"
        least = ", the least of all there," if fact.trait("how") else ""
        return Clause("have", f"the number {quoted(fact.trait('new'))}{least} {entry}, in place of {quoted(before)}")
    return Clause("stand", f"in a table, at {quoted(fact.trait('key'))}, in place of {quoted(before)}")


def _symbol(fact: Fact) -> Clause:
    exported = fact.trait("how") == "exported"
    return Clause("offer" if exported else "import", f"the name {quoted(fact.value)}", "name")


def _section(fact: Fact) -> Clause:
    packed = ", packed or encrypted" if fact.trait("entropy") else ""
    return Clause("have", f"the section {quoted(fact.value)}{packed}")


def _overlay(fact: Fact) -> Clause:
    held = fact.trait("decoded")
    return Clause("hold", f"{quoted(held)} behind its end" if held else "bytes behind its end")


def _made(fact: Fact) -> Clause:
    return Clause("name", f"{quoted(fact.value)} as what built it")


def _identifier(fact: Fact) -> Clause:
    return Clause("call", f"its build {quoted(fact.value)}")


def _signed(fact: Fact) -> Clause:
    return Clause("bear", f"a signature that names {quoted(fact.value)}")


def _odd(fact: Fact) -> Clause:
    return Clause("have", f"a head that misleads ({fact.value})")


MAKERS: Makers = {
    "linked": _linked,
    "searched": _searched,
    "early": _early,
    "table": _table,
    "symbol": _symbol,
    "section": _section,
    "overlay": _overlay,
    "made-by": _made,
    "identifier": _identifier,
    "signed": _signed,
    "odd": _odd,
}
