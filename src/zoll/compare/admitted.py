"""Who is let in by a list that stands in the statement itself: one more role, any of them, or whoever is logged in.

`matches!(role, Admin | Owner)` that became `matches!(role, Admin | Owner | Member)`.
"""

import re
from collections.abc import Iterator

from zoll.compare.conditions import Weak
from zoll.compare.strength import about
from zoll.parse.code import Statement

_OF = r"(?P<of>[\w.$]{2,60}(?:\(\))?)"
_IN = r"(?P<list>[^()\[\]{}]{1,300})"
_LISTS = (
    re.compile(rf"matches!\({_OF}, {_IN}\)"),
    re.compile(rf"\[{_IN}\]\.(?:includes|contains)\(&?{_OF}\)"),
    re.compile(rf"(?:List|Set|EnumSet|Arrays)\.(?:of|asList)\({_IN}\)\.contains\({_OF}\)"),
    re.compile(rf"slices\.Contains\(\[\][\w.]{{1,40}}\{{{_IN}\}}, {_OF}\)"),
)
_HINTS = ("matches!", ".includes(", ".contains(", "slices.Contains(")
_MARK = re.compile(
    r"@(?:\w{1,30}\.){0,3}(?:Pre_?Authorize|Secured|RolesAllowed|Roles|Authorize)\((?P<list>[^@]{1,200})"
)
_ROLES = re.compile(r"['\"]([A-Za-z_][\w:.-]{1,60})['\"]|(\b(?:\w{1,40}\.)[A-Z_]{3,40}\b)")
_OR = re.compile(r"\s?(?:\|\||\bor\b|\?\?)\s?(.{1,300})", re.DOTALL)
_TEXT = re.compile(r"([\"'])(.*?)\1\s?\)", re.DOTALL)
_EITHER = re.compile(r"\bor\b|\|\|")
_NO = frozenset({"false", "False", "0", "null", "nil", "None", "undefined"})
_GUARD = re.compile(r"(?i)auth(?!or\b)|token|login|csrf|acl\b|rate_?limit|throttl|jwt|session|permission")
_SPARES = re.compile(
    r"(?i)\{?\s?[\"']?(?:exempt\w{0,12}|skip\w{0,12}|except\w{0,8}|exclude\w{0,12}|unless|bypass\w{0,12}|public_?(?:paths|urls|routes)|"
    r"ignore_?(?:paths|urls|routes)|allow_?anonymous|whitelist\w{0,8}|allowlist\w{0,8}|optional)[\"']?\s?[=:](?!=)"
    r"(?!\s?(?:\[\]|None|null|nil|False|false|\(\)))|\w{1,20}\.With(?:Skip|Exempt|Exclu|Ignor|Bypass)\w{0,20}\("
)
_WHOEVER = re.compile(r"isAuthenticated|permitAll|isFullyAuthenticated|isAnonymous")
_WHO = frozenset({"user", "token"})
_MOST = 1500


def admits(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield what a list of those who are let in holds beside what it held."""
    if one.text == two.text or max(len(one.text), len(two.text)) > _MOST:
        return
    if one.kind == two.kind == "return":
        yield from _besides(one, two)
    yield from _left_out(one, two)
    if one.kind == "return" and any(hint in one.text for hint in _HINTS):
        yield from _listed(one.text, two.text)
    if "@" in one.text and one.word == two.word == "function":
        yield from _marked(one.text, two.text)


def _bare(mark: str) -> str:
    """Return what a mark holds between its quotes."""
    quoted = _TEXT.match(mark)
    return quoted[2] if quoted else mark.strip("\"' )")


def _listed(one: str, two: str) -> Iterator[Weak]:
    for form in _LISTS:
        for old, new in zip(form.finditer(one), form.finditer(two), strict=False):
            if old["of"] != new["of"] or about(old["of"]) not in _WHO:
                continue
            before, after = ({part.strip() for part in re.split(r"[|,]", side["list"])} for side in (old, new))
            if before < after or after == {"_"}:
                yield Weak("enumeration", "", ", ".join(sorted(after - before)), "widened")


def _left_out(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield an argument that newly tells a guard whom or what to leave out."""
    if not _GUARD.search(two.text):
        return
    for old, new in zip(one.calls, two.calls, strict=False):
        fresh = [arg for arg in new.args if old.name == new.name and arg not in old.args and _SPARES.match(arg)]
        if fresh and not any(map(_SPARES.match, old.args)) and _GUARD.search(" ".join((new.name, *new.args))):
            yield Weak("argument", "", fresh[0], how="sparing")
            return


def _besides(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield what is enough by itself now, where one question about somebody was the whole answer."""
    whole, found = one.value.strip(" ;()"), _OR.match(two.value.strip(" ;()")[len(one.value.strip(" ;()")) :])
    if one.tests or not found or not two.value.strip(" ;()").startswith(whole) or about(whole) not in _WHO:
        return
    if found[1].strip(" ;()") not in _NO:
        yield Weak("joint", "", found[1].strip(" ;"), how="besides")


def _marked(one: str, two: str) -> Iterator[Weak]:
    """Yield the roles that a mark above a function let in beside those that it let in before."""
    olds, news = _MARK.findall(one), _MARK.findall(two)
    for old, new in zip(olds, news, strict=False) if len(olds) == len(news) else ():
        if old != new and len(_EITHER.findall(new)) > len(_EITHER.findall(old)):
            yield Weak("joint", _bare(old), _bare(new), how="besides")
            return
    for old, new in zip(olds, news, strict=False) if len(olds) == len(news) else ():
        before, after = ({name or path for name, path in _ROLES.findall(side)} for side in (old, new))
        if before and (before < after or (not after and _WHOEVER.search(new))):
            yield Weak("enumeration", ", ".join(sorted(before)), ", ".join(sorted(after)) or "whoever", "widened")
