"""Guards in a chain: taken out of what they were wrapped around or listed with, or passed by where the chain grows.

`serve(logged(auth.Require(mux)))` that became `serve(logged(mux))`; axum's `.layer(auth)` guards only the routes that
stand before it, so that a route which moved behind it is open.
"""

import re
from collections.abc import Iterator

from zoll.compare.lost import Lost
from zoll.compare.statements import Run
from zoll.compare.view import View, last
from zoll.parse.code import Statement

_GUARDS = re.compile(
    r"(?i)(?:^|_)(?:require|ensure|check|must|need|only|with|enforce|protect)?_?(?:auth(?!or(?!i[sz]))\w{0,24}|login\w{0,12}|admin\w{0,12}|"
    r"csrf\w{0,12}|jwt\w{0,12}|acl\w{0,8}|rbac\w{0,8}|permissions?\w{0,8}|rate_?limit\w{0,8}|hmac\w{0,8}|signature\w{0,12})\Z"
    r"|^(?:require|ensure|enforce|protect|verify|validate)[_A-Z]\w{2,40}\Z|^has(?:Any)?(?:Role|Authority)\Z|^[Rr]equire\Z"
)
_TOKEN = re.compile(r"[A-Za-z_]\w*+|\"[^\"]*+\"|'[^']*+'|\S")
_PLAIN = re.compile(r"\s*[A-Za-z_][\w.]{1,80}\s*")
_NAME = re.compile(r"[A-Za-z_]\w*+")
_SET_BEFORE = re.compile(r"(?:->|::|\.)(middleware\([^()]{3,80}\))")
_CHAIN = re.compile(r"(?i)interceptors?$|middlewares?$")
_LAYER = re.compile(r"\.(route|nest|merge|fallback|layer|route_layer)\s?\(")
_BRACKET = re.compile(r"[()]")
_AXUM = re.compile(r"\.(?:layer|route_layer)\s?\(")
_SERVES = re.compile(
    r"(?i)handle(?:_?func)?|route|mount|get|post|put|patch|delete|any|use|nest|add_?(?:route|url_rule|get|post)|register\w{0,12}"
)
_LONGEST = 6000
_MOST = 200
_KINDS = frozenset({"call", "return", "assign", "declare"})


def chained(view: View) -> Iterator[Lost]:
    """Yield guards that no longer stand around, in or before the rest of a chain that is otherwise as it was."""
    for index, run in enumerate(view.runs):
        for one, two in _rewritten(view, run):
            gone = _taken_out(view, one, two)
            late = "" if gone else _passed_by(one.text, two.text)
            if gone or late:
                yield Lost(index, "guard", two.text, gone or late, "out" if gone else "ahead", "", two.line)
        for other in view.inserted(index)[:_MOST]:
            two = view.sides[1][other]
            if beside := _beside(view, two) if two.kind == "call" else "":
                yield Lost(index, "guard", two.text, beside, "beside", "", two.line)


def _beside(view: View, two: Statement) -> str:
    """Return the guard inside of which something is served that is newly served without it as well, "" for none."""
    if not two.calls or not _SERVES.fullmatch(last(two.calls[0].name)) or not two.calls[0].args:
        return ""
    what = two.calls[0].args[-1].strip()
    if len(two.calls) > 1 or not _PLAIN.fullmatch(what):
        return ""
    for at in view.callers[0].get(last(two.calls[0].name), ())[:_MOST]:
        one = view.sides[0][at]
        kin = one.kind == "call" and one.calls[0].name == two.calls[0].name
        inside = (call for call in one.calls[1:] if what in call.args) if kin else ()
        for call in inside:
            if _GUARDS.search(last(call.name)):
                return call.name
    return ""


def _rewritten(view: View, run: Run) -> Iterator[tuple[Statement, Statement]]:
    for place, other in run.pairs[:_MOST]:
        one, two = view.sides[0][place], view.sides[1][other]
        plain = one.word != "function" and one.kind == two.kind and one.kind in _KINDS and bool(one.calls)
        if plain and max(len(one.text), len(two.text)) < _LONGEST and one.text != two.text:
            yield one, two


def _taken_out(view: View, one: Statement, two: Statement) -> str:
    """Return the guard without which a statement is what it was, "" for none."""
    gone = set(_missing(_TOKEN.findall(one.text), _TOKEN.findall(two.text)))
    for name in _guards_in(one) if gone else ():
        told = name if name in one.text else name.replace(".", "::")
        short = told not in one.text  # a name that an import makes longer
        told = last(name) if short else told
        before, after = view.in_file(told)
        if set(_NAME.findall(told)) <= gone and after < before:
            return "" if any(_GUARDS.search(word) for word in _arrived(view, one)) else told if short else name
    return _middleware_in(view, one, gone) or _of_sibling(one, two)


def _of_sibling(one: Statement, two: Statement) -> str:
    """Return what a chain of guards lost while its holder still stands in another: `a.Stream` beside `a.Unary`."""
    olds, news = ([call for call in side.calls if _CHAIN.search(last(call.name))] for side in (one, two))
    rest = {arg.strip().split(".")[0] for call in news for arg in call.args if _PLAIN.fullmatch(arg)}
    for old, new in zip(olds, news, strict=True) if len(olds) == len(news) else ():
        gone = [arg.strip() for arg in old.args if arg not in new.args and _PLAIN.fullmatch(arg) and "." in arg]
        if old.name == new.name and len(new.args) < len(old.args) and gone and gone[0].split(".")[0] in rest:
            return gone[0]
    return ""


def _middleware_in(view: View, one: Statement, gone: set[str]) -> str:
    """Return the whole call that set something before one route alone, where nothing in the file does so newly."""
    found = _SET_BEFORE.search(one.text) if "middleware" in gone else None
    before, after = view.in_file("middleware(")
    return found[1] if found and after < before and view.in_file("->group(")[0] >= view.in_file("->group(")[1] else ""


def _guards_in(one: Statement) -> Iterator[str]:
    """Yield the calls and plain names among the arguments of a statement that are called like guards."""
    names = [call.name for call in one.calls[1:] if "()" not in call.name]
    names += [arg.strip() for call in one.calls for arg in call.args if _PLAIN.fullmatch(arg)]
    names += [last(call.name) for call in one.calls[1:] if "()" in call.name]
    yield from (name for name in names if any(_GUARDS.search(part) for part in name.split(".")))


def _missing(old: list[str], new: list[str]) -> list[str]:
    """Return what went between the words that both have in front and at the end, nothing where something came.

    >>> _missing("f ( a ( x ) )".split(), "f ( x )".split()), _missing("f ( a )".split(), "f ( b )".split())
    (['a', '(', ')'], [])
    """
    front = 0
    while front < min(len(old), len(new)) and old[front] == new[front]:
        front += 1
    back = 0
    while back < min(len(old), len(new)) - front and old[-1 - back] == new[-1 - back]:
        back += 1
    mine, theirs = old[front : len(old) - back], new[front : len(new) - back]
    if not theirs:
        return mine
    at = next((at for at in range(len(mine)) if mine[at : at + len(theirs)] == theirs), -1)
    return mine[:at] + mine[at + len(theirs) :] if at >= 0 and len(mine) > len(theirs) else []


def _arrived(view: View, one: Statement) -> set[str]:
    """Return the names of the function that are new to it: a guard among them may stand for the one that went."""
    known = {word for old in view.sides[0] for word in _NAME.findall(old.text)}
    run = next((run for run in view.runs if any(view.sides[0][place] is one for place in range(*run.old))), None)
    came = (view.sides[1][two] for two in range(*run.new)) if run else ()
    return {word for two in came for word in _NAME.findall(two.text)} - known


def _passed_by(old: str, new: str) -> str:
    """Return the guard of an axum router before which a route stood that now comes behind it, "" for none."""
    if not _AXUM.search(old) or not _AXUM.search(new):
        return ""
    before, after = _links(old), _links(new)
    for layer in (link for link in after if link in before and _AXUM.match(link)):
        guard = next((word for word in _NAME.findall(layer) if _GUARDS.search(word)), "")
        inside = set(before[: before.index(layer)])
        if guard and any(link in inside and not _AXUM.match(link) for link in after[after.index(layer) :]):
            return guard
    return ""


def _links(text: str) -> list[str]:
    """Return the links of a chain of calls that are not inside of others."""
    found, end = [], 0
    for start in (link.start() for link in _LAYER.finditer(text)):
        if start >= end:
            end = _closed(text, start)
            found.append("".join(text[start:end].split()))
    return found


def _closed(text: str, start: int) -> int:
    """Return where the brackets that open behind `start` are closed."""
    depth = 0
    for found in _BRACKET.finditer(text, start):
        depth += 1 if found[0] == "(" else -1
        if depth == 0:
            return found.end()
    return len(text)
