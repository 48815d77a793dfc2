"""What each request, thread or object kept for itself and all of them share now, so that one gets what another has.

`ContextVar("user")` that became `None`; `self._granted = {}` of a constructor that moved to the class; a parameter
whose default is a list or table that is made once and filled by every caller.
"""

import re
from collections.abc import Iterator

from zoll.compare.conditions import Weak
from zoll.compare.view import View
from zoll.parse.code import Statement

_APART = re.compile(
    r"(?:\A|\.)(?:ContextVar|AsyncLocalStorage|AsyncLocal|ThreadLocal(?:\.(?:withInitial|new))?|threading\.local|LocalStack)\Z"
)
_OWN = re.compile(r"self\.(\w{2,60})")
_FILLED = r"(?:\{|\[|set\(|dict\(|list\(|defaultdict\(|OrderedDict\()"
_MADE_ONCE = re.compile(r"(?<![\w.])(\w{2,40})(?:: ?[^,=(){}]{1,60})? ?= ?(?:\{\}|\[\]|set\(\)|dict\(\)|list\(\))")
_MOST = 40


def of_each(view: View, index: int) -> Iterator[tuple[Weak, Statement, Statement]]:
    """Yield what the statements of a run no longer keep apart."""
    for place, other in view.runs[index].pairs[:_MOST]:
        one, two = view.sides[0][place], view.sides[1][other]
        if one.text != two.text and (weak := _of_context(one, two) or _of_default(view, one, two)):
            yield weak, one, two
    if view.language == "python":
        for one in view.removed(index)[:_MOST]:
            if name := _of_class(view, one):
                yield Weak("argument", one.text, name, how="apart"), one, one


def _of_context(one: Statement, two: Statement) -> Weak | None:
    """Return what was kept for each context and is now one value."""
    if not one.target or one.target != two.target or not two.value:
        return None
    call = next((call.name for call in one.calls if _APART.search(call.name)), "")
    kept = any(_APART.search(call.name) or "ocal" in call.name or "ontext" in call.name for call in two.calls)
    return Weak("argument", call, f"{two.target} = {two.value.strip(' ;')}", how="apart") if call and not kept else None


def _of_class(view: View, one: Statement) -> str:
    """Return what an object no longer makes for itself, and its class makes once for all."""
    own = _OWN.fullmatch(one.target)
    if own is None or not re.match(_FILLED, one.value):
        return ""
    set_once = re.compile(rf"[ \t]+{own[1]}(?:\s?:[^=]{{1,60}})?\s?=\s?{_FILLED}")
    came = any(map(set_once.match, view.lines[1])) and not any(map(set_once.match, view.lines[0]))
    return own[1] if came else ""


def _of_default(view: View, one: Statement, two: Statement) -> Weak | None:
    """Return a parameter whose default every caller shares, where the function keeps or fills it."""
    if view.language != "python" or one.word != "function" or two.word != "function":
        return None
    before = {found[1] for found in _MADE_ONCE.finditer(one.text)}
    for found in _MADE_ONCE.finditer(two.text):
        name = found[1]
        keeps = re.compile(
            rf"self\.\w+ = {name}\Z|{name}(?:\[[^]]{{1,60}}\] ?=(?!=)|\.(?:append|update|setdefault|add|extend)\()"
        )
        was_none = name not in before and re.search(rf"\b{name}\b[^,]*= ?None", one.text)
        if was_none and any(keeps.match(each.text) for each in view.sides[1]):
            return Weak("argument", f"{name}=None", found[0], how="apart")
    return None
