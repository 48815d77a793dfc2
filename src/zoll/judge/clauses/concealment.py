"""What hides, and what cannot be seen into."""

from zoll.judge.clauses.saying import Clause, Makers, printable, quoted
from zoll.model import Fact

_DECODED = {
    "elf": "a program",
    "gzip": "packed data",
    "url": "a web address",
    "script": "a script",
    "text": "readable text",
}
_SHAPES = {"charcodes": "character codes", "escapes": "escapes", "bytes": "byte values"}
_ASSEMBLED = {
    "charcodes": "from character codes",
    "join": "by joining pieces",
    "reverse": "by reversing it",
    "xor": "by XOR",
    "concat-names": "by joining named pieces",
    "index": "by picking characters",
    "decode-call": "by decoding",
}
_INVISIBLE = {
    "bidi": "a character that turns the reading order",
    "zero-width": "an invisible character",
    "homoglyph": "a look-alike character",
    "control": "a control character",
    "private-use": "a character without a meaning of its own",
}


def _encoded(fact: Fact) -> Clause:
    shape = fact.trait("shape")
    inside = _DECODED.get(fact.trait("decoded"), "")
    how = f" ({_SHAPES.get(shape, printable(shape))})" if shape else ""
    return Clause("hold", f"encoded data{how}" + (f" that decodes to {inside}" if inside else ""))


def _assembled(fact: Fact) -> Clause:
    into = f" and passes it to {quoted(fact.trait('into'))}" if fact.trait("into") else ""
    if fact.value == "masked":
        return Clause("turn", f"bytes with one fixed number (XOR){into}")
    how = _ASSEMBLED.get(fact.value)
    return Clause("make", "text " + (how or f"from pieces ({printable(fact.value)})") + into)


def _invisible(fact: Fact) -> Clause:
    return Clause("hold", f"{_INVISIBLE.get(fact.trait('kind'), 'an unusual character')} ({printable(fact.value)})")


def _far(fact: Fact) -> Clause:
    return Clause("have", f"code far to the right, past column {printable(fact.value)}, after blanks")


_KEPT = {
    "gated": ("log", "only under a new condition"),
    "skipped": ("leave", "before it logs under a new condition"),
    "lowered": ("log", "at a level that is seldom written"),
}
_BOOKED = {
    "gated": ("book", "what is used only under a new condition"),
    "skipped": ("leave", "before it books what is used, under a new condition"),
}


_KEEPS = {"audit": "what is watched", "log": "a log"}


def _suppressed(fact: Fact) -> Clause:
    what = {"log": "a log", "error": "errors", "audit": "an audit record", "output": "output", "history": "a history"}
    if fact.trait("call") in ("catch", "except", "rescue"):
        return Clause("have", "an error handler that does nothing")
    call = f" ({quoted(fact.trait('call'))})" if fact.trait("call") else ""
    if fact.value == "capture":
        return Clause("keep", f"what has to do with {quoted(fact.trait('call'))} from what is captured")
    if fact.trait("rule"):
        return Clause("keep", f"something from {_KEEPS.get(fact.value, 'a record')} by the rule{call}")
    kept = _BOOKED if fact.value == "record" else _KEPT
    if fact.trait("how") in kept:
        return Clause(kept[fact.trait("how")][0], kept[fact.trait("how")][1] + call)
    return Clause("silence", what.get(fact.value, printable(fact.value)) + call)


_UNSEEN = {
    "encrypted": "it is encrypted",
    "truncated": "it ends too early",
    "malformed": "it is broken",
    "unsupported": "nothing opens its form",
    "depth": "it lies too deep",
    "time": "it takes too long",
    "timeout": "it takes too long",
    "missing": "its bytes are not there",
}


def _gap(fact: Fact) -> Clause:
    still = "still " if fact.trait("was") == "gap" else ""
    return Clause("be", f"{still}closed to inspection ({_UNSEEN.get(fact.value, printable(fact.value))})")


def _phantom(fact: Fact) -> Clause:
    how = "other than" if fact.trait("how") == "differs" else "not in"
    return Clause("be", f"{how} the source that the release is said to be built from")


_DONE = {"removed": "removed", "added": "added", "updated": "updated", "fixed": "mended"}


def _claim(fact: Fact) -> Clause | None:
    done = _DONE.get(fact.value, "")
    if not done or fact.trait("outcome") != "missing":
        return None
    return Clause("claim", f"to have {done} {quoted(fact.trait('subject'))}, which the upgrade does not bear out")


def _component(fact: Fact) -> Clause | None:
    name = quoted(fact.trait("name"))
    if fact.value == "modified":
        return Clause("differ", f"from the old release under the same version of {name}")
    if fact.value == "unlisted":
        return Clause("belong", f"to {name}, which the bill of materials does not list so")
    return Clause("list", f"{name}, which was not found") if fact.value == "unfound" else None


MAKERS: Makers = {
    "claim": _claim,
    "component": _component,
    "encoded": _encoded,
    "assembled": _assembled,
    "invisible": _invisible,
    "far": _far,
    "suppressed": _suppressed,
    "gap": _gap,
    "phantom": _phantom,
}
