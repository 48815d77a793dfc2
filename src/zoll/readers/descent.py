"""What a value was made of: the expressions that a function gave its locals before it."""

import re
from collections.abc import Iterator, Sequence

from zoll.parse.code import Call, Statement
from zoll.readers.tables import pattern

BACK = 40  # statements before the one that uses a value
_FILLS = pattern("bringing", "fills")
_NAME = re.compile(r"(?<![\w.>\"'])[A-Za-z_]\w*")
_INSIDE = re.compile(r"\b([A-Za-z_]\w*) ?:= ?(.{1,300})")  # `if post := data.get("post"):`
_QUOTED = re.compile(r"""(["'])(?:\\.|(?!\1)[^\\\n]){0,300}\1""")
_OWN = frozenset(["self", "this", "cls", "new", "await", "in", "not", "return", "let", "const", "var", "auto", "char"])


def names_in(text: str) -> set[str]:
    """Return the locals that an expression names.

    >>> sorted(names_in('join(root, "a", self.dir)'))
    ['join', 'root']
    """
    return set(_NAME.findall(_QUOTED.sub(" ", text))) - _OWN


def made_of(statements: Sequence[Statement], index: int, given: str) -> Iterator[tuple[str, tuple[Call, ...]]]:
    """Yield an expression and, back from where it stands, what the locals in it were given."""
    yield given, ()
    wanted = names_in(given)
    for one in reversed(statements[max(0, index - BACK) : index]) if wanted else ():
        value = _value(one, wanted)
        if value:
            yield value, one.calls
            wanted |= names_in(value)


def _value(one: Statement, wanted: set[str]) -> str:
    """Return what a statement gives a wanted local: the value assigned, or the call that fills it."""
    if one.target and not wanted.isdisjoint(_NAME.findall(one.target)[:3]):
        return one.value[:400]
    named = _INSIDE.search(one.text[:400]) if one.kind == "condition" and ":=" in one.text else None
    if named and named[1] in wanted:
        return named[2]
    for call in one.calls:
        if _FILLS.search(call.name) and any(not wanted.isdisjoint(_NAME.findall(arg)[:1]) for arg in call.args[:4]):
            return f"{call.name}({', '.join(call.args)[:200]})"
    return ""
