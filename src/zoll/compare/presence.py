"""New conditions that only make sure that what is used under them is there: `if hasattr(s, "mark"): s.mark()`.

What refuses, leaves or verifies under such a condition is no use: there the absence would let somebody pass.
"""

import re

from zoll.compare.atoms import body, ends
from zoll.compare.view import View, last
from zoll.parse.code import Statement, Test

_ASKS = frozenset(
    {"isset", "hasattr", "array_key_exists", "key_exists", "defined", "exists", "property_exists", "method_exists"}
    | {"is_callable", "callable", "has_key?", "key?", "respond_to?", "hasOwn", "hasOwnProperty", "defined?"}
)
_NOTHING = frozenset({"None", "null", "nil", "undefined", "NULL", "nullptr"})
_NAME = re.compile(r"[A-Za-z_]\w*")
_PLAIN = re.compile(r"[$@&*]{0,2}[A-Za-z_][\w$.\[\]'\"\->:@]{0,120}")
_REACH = 60
_USES = frozenset({"assign", "declare", "call", "other"})
_GUARDS = re.compile(
    r"(?i)_{0,2}(?:verif|check|valid|auth|require|ensure|assert|permit|allow|sanit|escap|restrict|drop|deny|refuse|reject)"
)
_COMMON = frozenset({"self", "this", "data", "options", "opts", "args"})


def makes_sure(view: View, other: int) -> bool:
    """Tell whether a new condition only asks whether there is what the statements under it use."""
    one = view.sides[1][other]
    if view.compiled or one.kind != "condition" or one.word not in {"if", "unless", "elif"} or not one.tests:
        return False
    inside = body(view.sides[1], other)
    if not inside or not all(map(_uses, inside)) or otherwise(view, other):
        return False
    used = {name for late in inside for name in _NAME.findall(late.text)}
    return all(_there(test, used) for test in one.tests)


def otherwise(view: View, other: int) -> bool:
    """Tell whether something is done where a condition does not hold."""
    return any(late.within == other and late.branch == "else" for late in view.sides[1][other + 1 :][:_REACH])


def _uses(one: Statement) -> bool:
    """Tell whether a statement only does something: it leaves nothing, and verifies nothing."""
    return one.kind in _USES and not ends(one) and not any(_GUARDS.match(last(call.name)) for call in one.calls)


def _there(test: Test, used: set[str]) -> bool:
    """Tell whether a test asks for the presence of something that is used."""
    names = _NAME.findall(test.left)
    if test.call or test.via:
        asks = last(test.call or test.via) in _ASKS and not test.negated
        return asks and bool(set(names[1:]) & used - _COMMON)
    bare = test.op == "truth" and not test.negated
    given = bare or (test.op == "!=" and test.right.strip() in _NOTHING)
    if test.op == "in" and not test.negated and test.literal is not None:
        return test.literal.text in used
    return given and bool(_PLAIN.fullmatch(test.left.strip())) and bool(names) and names[-1] in used
