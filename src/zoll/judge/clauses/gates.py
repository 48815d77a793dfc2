"""What a condition decides, and on what it depends."""

from zoll.judge.clauses.powers import powered
from zoll.judge.clauses.saying import Clause, Makers, literal, quoted, subject_of
from zoll.model import Fact

_OPERATORS = {
    "==": "equals",
    "===": "equals",
    "case": "equals",
    "!=": "differs from",
    "!==": "differs from",
    "<": "is below",
    "<=": "is at most",
    ">": "is above",
    ">=": "is at least",
    "prefix": "starts with",
    "suffix": "ends with",
    "contains": "contains",
    "match": "matches",
    "in": "is matched against",
    "=": "is set to",
}
_OPPOSITE = {"==": "!=", "===": "!=", "case": "!=", "!=": "==", "!==": "=="}
_FIXED = {"literal": "fixed text", "magic": "fixed number", "constant": "constant"}
# The machine's own address as code compares it: in the order of the network, and as memory of low byte first has it.
_LOOPBACK = frozenset(["0x7f000001", "2130706433", "0x100007f", "0x0100007f", "16777343"])
_DEPENDING = {
    "environment": "an environment variable",
    "time": "the date or time",
    "identity": "who or where it runs",
    "length": "a length",
    "sequence": "a counter or state",
    "file": "a file being there",
    "call": "the result of another call",
    "null": "a value being missing, zero or an error",
    "type": "the type of a value",
}
_NO = frozenset(["False", "false", "FALSE", "0"])
_EFFECTS = {
    "success": ("succeed", ""),
    "zero": ("succeed", "(it returns zero)"),
    "failure": ("fail", ""),
    "exit": ("end", "the program"),
    "skip": ("skip", "the rest"),
    "elsewhere": ("go", "elsewhere"),
    "log": ("write", "a log line"),
}


def _gate(fact: Fact) -> Clause | None:
    test, _, effect = fact.value.partition("->")
    if effect == "success" and fact.trait("return") == "condition":
        return _asked(test, fact)
    leads = _effect(effect, fact)
    if leads is None:
        return None
    rest = " ".join(word for word in (leads.rest, _condition(test, fact)) if word)
    return Clause(leads.verb, rest, _mentioned(test, fact), leads.sure, also=effect in ("success", "zero"))


def _fixed(test: str, fact: Fact) -> str:
    """Return what stands on the other side: a single letter or mark is no number."""
    text = fact.trait("literal")
    return "fixed character" if test == "magic" and len(text) == 1 and not text.isdigit() else _FIXED[test]


def _value(test: str, fact: Fact) -> str:
    """Return what stands on the other side with its value."""
    meaning = " (127.0.0.1)" if fact.trait("literal").lower() in _LOOPBACK else ""
    return literal(fact, _fixed(test, fact)) + meaning


def _asked(test: str, fact: Fact) -> Clause | None:
    """Return what a returned comparison says: it is an answer, of which nobody knows whether it is a success."""
    if test not in _FIXED or fact.trait("op") not in _OPERATORS:
        return Clause("return", f"whether {quoted(fact.trait('subject'))} holds") if fact.trait("subject") else None
    operator = fact.trait("op")
    operator = _OPPOSITE.get(operator, operator) if fact.trait("negated") == "yes" else operator
    fixed = _value(test, fact)
    return Clause("return", f"whether {subject_of(fact)} {_OPERATORS[operator]} {fixed}", _mentioned(test, fact))


def _effect(effect: str, fact: Fact) -> Clause | None:
    if effect.startswith("power."):
        return powered(effect.removeprefix("power."), fact)
    if effect == "success" and fact.trait("return") in _NO and not fact.trait("set"):  # of a question whose yes refuses
        return Clause("answer", "no, which lets pass,")
    if effect in _EFFECTS:
        verb, rest = _EFFECTS[effect]
        return Clause(verb, rest, sure=effect != "zero")
    named = {
        "return": ("return", fact.trait("return")),
        "state": ("set", fact.trait("set")),
        "assign": ("set", fact.trait("set")),
    }
    verb, name = named.get(effect, ("call", fact.trait("call")) if effect == "call" else ("", ""))
    spare = {"return": "another value", "set": "a value", "call": "a function"}
    return Clause(verb, quoted(name) if name else spare[verb]) if verb else None


def _condition(test: str, fact: Fact) -> str:
    """Return `when the password equals a fixed text` or `depending on the date or time`."""
    name = quoted(fact.trait("subject")) if fact.trait("subject") else ""
    if test in _FIXED:
        return _compared(subject_of(fact), _value(test, fact), fact)
    if test == "environment" and name:
        subject = f"{name}, read from the environment,"
        return (
            _compared(subject, literal(fact, "fixed text"), fact)
            if fact.trait("literal")
            else f"depending on {subject[:-1]}"
        )
    if test == "file" and fact.trait("literal") and fact.trait("op") == "truth":
        return f"depending on {literal(fact, 'file')} being there"
    if test == "file" and fact.trait("op") in {"==", "!="} and fact.trait("literal"):
        return "depending on the digest of a file"
    if test == "sequence" and fact.trait("type") == "cycle":
        return f"once in {fact.trait('literal')} times"
    if test == "flag":
        return f"depending on {name}" if name else ""
    return f"depending on {_DEPENDING[test]}" + (f" ({name})" if name else "") if test in _DEPENDING else ""


def _compared(subject: str, fixed: str, fact: Fact) -> str:
    """Return the comparison that holds where the effect happens.

    Only for `==` and `!=` does a fact show for certain which way round it holds; for all else, that it depends on it.
    """
    operator = fact.trait("op")
    turned = (fact.trait("negated") == "yes") != (fact.trait("side") in ("else", "after"))
    if operator in _OPPOSITE:
        return f"when {subject} {_OPERATORS[_OPPOSITE[operator] if turned else operator]} {fixed}"
    return (
        f"depending on whether {subject} {_OPERATORS[operator]} {fixed}"
        if operator in _OPERATORS
        else f"depending on {fixed}"
    )


def _mentioned(test: str, fact: Fact) -> str:
    return (
        {"literal": "text", "environment": "text", "magic": "number", "constant": "constant"}.get(test, "")
        if fact.trait("literal")
        else ""
    )


MAKERS: Makers = {
    "gate": _gate,
}
