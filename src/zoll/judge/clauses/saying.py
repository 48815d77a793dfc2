"""How a fact is put: a verb and the rest, with the words that facts bring quoted safely."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from zoll.model import Fact

LONGEST = 48  # characters of a quoted name
SHORT = 24  # characters of a literal that is still worth quoting


class Clause(Struct, frozen=True):
    """A verb in its base form and what follows it; `thing` names the word that the release may or may not mention."""

    verb: str
    rest: str
    thing: str = ""
    sure: bool = True
    gone: bool = False
    also: bool = False

    def said(self, *, lost: bool, fresh: bool, linked: bool = False) -> str:
        """Return the predicate: `now runs`, `no longer runs`, `may now run`; a fresh or linked one needs no `now`."""
        if lost or self.gone:
            return f"no longer {_third(self.verb)} {self.rest}"
        now = "" if fresh or linked else "now "
        also = "also " if self.also and not fresh else ""
        return f"{now}{also}{_third(self.verb)} {self.rest}" if self.sure else f"may {now}{also}{self.verb} {self.rest}"


Makers = Mapping[str, Callable[[Fact], Clause | None]]


def quoted(text: str) -> str:
    """Return the text in backticks, on one line, clipped, with nothing in it that a terminal obeys."""
    if text == "`":
        return "backticks"
    return f"`{clipped(printable(text).replace('`', chr(39)), LONGEST)}`"


def printable(text: str) -> str:
    """Return the text on one line with every character that is not printable as an escape."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "surrogatepass").decode() for char in text
    )


def clipped(text: str, limit: int) -> str:
    """Return at most `limit` characters of the text."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _third(verb: str) -> str:
    """Return the third person of a verb's first word: `look up` becomes `looks up`."""
    first, blank, rest = verb.partition(" ")
    irregular = {"have": "has", "be": "is", "do": "does"}
    ending = "es" if first.endswith(("s", "sh", "ch", "x", "go")) else "s"
    return (irregular.get(first) or first + ending) + blank + rest


_MADE = "built"  # what readers say in place of a text that is made of codes or pieces


def literal(fact: Fact, what: str, name: str = "literal") -> str:
    """Return `the fixed text “x”`, or `a fixed text` where there is none or it is long."""
    text = printable(fact.trait(name)) if name else printable(fact.value)
    if name == "literal" and text == _MADE:
        return f"a {what} that the code puts together"
    return f"the {what} “{text}”" if text.strip() and len(text) <= SHORT else f"a {what}"


ABOUT = {  # what a test is about, as facts.md names it
    "password": "the password",
    "user": "the user or identity",
    "key": "the key",
    "token": "the token",
    "header": "a header",
    "path": "the path",
    "command": "the command",
    "host": "the host",
    "packet": "the received data",
    "length": "the length",
    "time": "the time",
    "version": "the version",
    "mode": "the mode",
    "state": "the state",
    "input": "the input",
}


def subject_of(fact: Fact) -> str:
    """Return what is tested: by its meaning, else by its name."""
    name = fact.trait("subject")
    return ABOUT.get(fact.trait("about"), quoted(name) if name else "a value")


def became(fact: Fact) -> str:
    """Return what stood there and what stands there, in brackets, "" where neither is known."""
    old, new = fact.trait("old"), fact.trait("new")
    if old and new:
        return f" ({quoted(old)} became {quoted(new)})"
    return f" (new: {quoted(new)})" if new else f" (gone: {quoted(old)})" if old else ""
