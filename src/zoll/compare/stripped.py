"""Guards that are taken off, put inside of a handler, overtaken, or asked of a variable that nobody sets any more."""

import re
from collections.abc import Iterator
from functools import lru_cache

from zoll.compare.atoms import ends, rejects
from zoll.compare.lost import Lost
from zoll.compare.strength import named
from zoll.compare.view import View, last, names
from zoll.parse.code import Statement

_MARK = re.compile(r"@\s?(?:\w{1,40}\.){0,4}(\w{3,60})|#\[\s?(?:\w{1,40}(?:::|\\)){0,4}(\w{3,60})")
_KEEPS = re.compile(
    r"(?i)_only$|^only_|login|auth|permission|role|secured|guard|csrf|rate_?limit|throttle|protect|require|jwt|"
    r"admin|verif|valid(?:at|$)|lock|synchroni[sz]ed|csp|sanitiz|signed"
)
_NOT_KEPT = re.compile(
    r"(?i)exempt|skip|author$|no_|allow_?any|anonymous|required_?args|optional|deprecat|require_?module"
)
_ROUTE = re.compile(r"\.(?:route|get|post|put|delete|patch|websocket)\b")
_WORDS = re.compile(r"[A-Za-z_]\w*")
_INCLUDES = re.compile(r"(?:include|prepend|extend|use)\s[A-Z\\\\]")
_LETS_IN = re.compile(
    r"(?:Login|Permission|Auth(?:entic|oriz|oris)|Access|Staff|Superuser|Admin|Roles?|PassesTest|Csrf|CSRF|Throttl|RateLimit|"
    r"Secured?|Protected|Signed|Verified|Owner)\w{0,20}(?:Mixin|Required|Check|Guard|Protection|Policy|Enforc\w{2,6}|able)$|"
    r"^(?:Require[sd]?|Ensure[sd]?|Enforce[sd]?|Protect(?:ed|s)?)[A-Z]\w{2,30}$|^AuthorizesRequests$"
)
_NORMAL = re.compile(
    r"(?i)^(?:os\.path\.|path\.|filepath\.|Path\.)?(?:real_?path|abs_?path|clean|canonical\w{0,8}|normali[sz]e\w{0,8}|norm_?path|"
    r"normcase|resolve|to_?real_?path|getCanonical(?:Path|File)|url_?decode|unquote\w{0,5}|raw_?url_?decode|decodeURI\w{0,10}|"
    r"(?:path_?)?unescape|html_entity_decode|uri_?unescape|expand_path|evalsymlinks|lexically_normal|weakly_canonical)$"
)
_PLAINLY = re.compile(r"(?i)abs_?path|real_?path|canonical|normali[sz]e")  # in a name of somebody's own
_CLEANS = re.compile(
    r"(?i)(?:\w{0,20}(?<!un)escape\w{0,12}|esc_(?:html|attr|url|js|sql)|(?:shell_?|attr_?|re_?|sh|sql_?)?quote(?:attr|meta|_?identifier|_?plus|_?string)?|"
    r"html(?:specialchars|entities)|sanit\w{2,20}|strip_?tags|encode_?uri\w{0,10}|(?:raw_?)?url_?encode|base_?name|"
    r"secure_filename|safe_join|intval|addslashes|filter_(?:var|input)|check_plain|purify|bleach|normali[sz]e\w{0,10}|"
    r"canonical\w{0,8}|real_?path|select_autoescape|mask\w{0,12}|redact\w{0,12}|path\.resolve|filepath\.(?:clean|base)|"
    r"path\.(?:basename|normalize|clean))"
)
_COPIES = re.compile(
    r"(?:dict|list|set|copy|deepcopy|clone|dup|structuredClone|cloneDeep|copy_of|copyOf|HashMap|ArrayList)"
)
_SHARED = re.compile(
    r"[A-Z][A-Z0-9_]{3,60}|(?:\w{1,30}\.){0,3}(?:_*[a-z]{0,12}_?)?(?i:defaults?|options|settings|config)(?:_\w{1,20})?"
)
_NARROWS = re.compile(
    r"(?i)(?:\w{0,12}_?)?(?:intersect\w{0,8}|retain_?all|clamp\w{0,8}|restrict_?to|narrow\w{0,8}|limit_?to)"
)
_CASTS = frozenset({"intval", "filter_var"})
_CAST = re.compile(r"\((?:int|integer|float|bool)\)")
_FRESH = re.compile(r"\{|\[|dict\(|array\(|new Map\(|Hash\.new")
_FILLS = r"(?:\.(?:update|setdefault|merge!|push|extend)\(|\[[^]]{1,60}\] ?=(?!=)|,)"
_NAMED = re.compile(
    r"(?:self\.|this\.)?(?:[A-Z_][A-Z0-9_]{3,60}|(?:\w{1,30}\.){0,3}\w{0,20}[dD]efaults?(?:_?[oO]ptions)?);?"
)
_PLAIN = re.compile(r"[$@]?[A-Za-z_]\w*(?:(?:\.|->|::)\w+|\[[\w'\"]+\])*(?:\(\))?")
_LOCKS = re.compile(
    r"(?i)^(?:r?lock|acquire|flock|lock_(?:ex|sh)|begin_transaction|synchronize|mutex_lock|lock_guard|lockf)$"
)
_USES = frozenset(
    {"Use", "use", "before", "pre", "add_middleware", "addFilter", "addFilterBefore", "wrap", "before_request"}
    | {"before_action", "before_filter", "prepend_before_action"}
)
_HOLDS = re.compile(r"\b(lock_guard|unique_lock|scoped_lock|shared_lock|MutexLock|AutoLock|synchronized)\b")
_STANDS = re.compile(
    r"(?i)auth(?!or)|require|admin|middleware|guard|csrf|jwt|protect|limiter|verif|acl|helmet|session|passport"
)
_FORGETS = re.compile(
    r"\s?rescue (?:nil|true|false|\(|0|''|\"\")|\.catch\(\s?(?:function\s?)?(?:\(\w{0,20}\)|\w{1,20})\s?(?:=>)?\s?\S"
)
_LEAVES = frozenset({"exit", "abort", "fail", "next", "die"})
# What puts a connection under encryption.
_PROTECTS = re.compile(r"(?i)start_?tls|wrap_?socket|(?:do_?|start_?)?handshake|enable_?tls|(?:ssl|tls)_?connect")
_REACH = 60
_MOST = 400
LOADS = frozenset({"require", "require_once", "require_relative"})


def stripped(view: View) -> Iterator[Lost]:
    """Yield guards that no longer stand on, around or before what they stood on, around or before."""
    for index in range(len(view.runs)):
        yield from _taken_off(view, index)
        yield from _disinherited(view, index)
        yield from _caught(view, index)
        yield from _caught_in_a_chain(view, index)
        yield from _shadowed(view, index)
        yield from _unclean(view, index)
        yield from _bare(view, index)
        yield from _filled_in_place(view, index)
    if view.runs:
        yield from _above_the_route(view)
    yield from _overtaken(view)


def _marks(text: str) -> set[str]:
    """Return the names of decorators, annotations and attributes in a text that keep somebody out."""
    found = {one or two for one, two in _MARK.findall(text[:1000])}
    return {name for name in found if _KEEPS.search(name) and not _NOT_KEPT.search(name)}


def _headed(one: Statement) -> bool:
    return one.kind == "directive" or one.word in {"function", "class"}


def _taken_off(view: View, index: int) -> Iterator[Lost]:
    """Yield decorators, annotations and attributes that kept somebody out and are gone."""
    run = view.runs[index]
    for place in range(*run.old):
        one = view.sides[0][place]
        if not _headed(one) or not (gone := _marks(one.text)) or (one.word == "class" and place not in view.partner):
            continue
        here = " ".join(two.text for two in view.sides[1] if _headed(two))
        if one.kind == "directive" and not any(two.word == "function" for two in view.sides[1]):
            before, after = view.in_file(one.text)  # it stands outside of functions: others of its kind stand there too
            gone = gone if after < before else set()
        gone = {name for name in gone if not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", here)}
        if gone and not _marks(here) - _marks(" ".join(two.text for two in view.sides[0] if _headed(two))):
            yield Lost(index, "guard", one.text, min(gone), "off", "", _line(view, index))


def _disinherited(view: View, index: int) -> Iterator[Lost]:
    """Yield a class that a class is no longer made from, or a module that it no longer takes in, and that kept out."""
    run = view.runs[index]
    for place in range(*run.old):
        one = view.sides[0][place]
        if one.word == "class" and (other := view.partner.get(place)) is not None:
            gone = _bases(one.text) - _bases(view.sides[1][other].text)
            came = _bases(view.sides[1][other].text) - _bases(one.text)
        elif _INCLUDES.match(one.text) and place not in view.partner:
            gone, came = _bases(one.text), {name for two in _inserted(view, index) for name in _bases(two.text)}
        else:
            continue
        if gone and not came:
            yield Lost(index, "guard", one.text, min(gone), "off", "", _line(view, index))


def _bases(text: str) -> set[str]:
    """Return the names in the head of a class, the first apart, that speak of who is let in."""
    return {name for name in _WORDS.findall(text[:600])[2:] if _LETS_IN.search(name) and not _NOT_KEPT.search(name)}


def _above_the_route(view: View) -> Iterator[Lost]:
    """Yield a decorator that now stands before the one that registers: what is registered does not have it."""
    sides = [[one for one in side[:40] if one.kind == "directive"] for side in view.sides]
    texts = [[one.text for one in side] for side in sides]
    if texts[0] == texts[1] or not all(any(map(_ROUTE.search, side)) for side in texts):
        return
    for two in sides[1]:
        if two.text in texts[0] and (marks := _marks(two.text)):
            routed = [any(map(_ROUTE.search, side[: side.index(two.text)])) for side in texts]
            if routed == [True, False]:
                yield Lost(0, "guard", two.text, min(marks), "late", "", two.line)


def _line(view: View, index: int) -> int:
    first = view.runs[index].new[0]
    return view.sides[1][first].line if first < len(view.sides[1]) else 0


def _caught(view: View, index: int) -> Iterator[Lost]:
    """Yield a check that stood free and is now inside of a handler that goes on whatever it throws."""
    new = view.sides[1]
    for other in view.inserted(index):
        two = new[other]
        if two.word not in {"catch", "except", "rescue"} or two.within < 0 or two.within in view.back:
            continue
        under = [one for one in new[other + 1 : other + 24] if one.within == other]
        if any(ends(one) for one in under) or any(_gives_up(one) for one in under):
            continue
        for at in range(two.within + 1, other):
            call = next((call for call in new[at].calls if _guards(call.name)), None)
            if (
                new[at].within == two.within
                and at in view.back
                and call
                and new[at].kind in {"call", "assign", "declare"}
            ):
                yield Lost(index, "guard", new[at].text, call.name, "swallowed", "", two.line)
                break


def _caught_in_a_chain(view: View, index: int) -> Iterator[Lost]:
    """Yield a check whose failure is caught where it is called and forgotten: `await check(a).catch(() => {})`."""
    for place, other in view.runs[index].pairs[:_MOST]:
        one, two = view.sides[0][place], view.sides[1][other]
        before = one.text.rstrip("; ")
        rest = two.text[len(before) :] if one.kind == "call" and two.text.startswith(before) else ""
        call = next((call.name for call in one.calls if _guards(call.name)), "")
        if call and _FORGETS.match(rest) and not re.search(r"\b(?:throw|return|exit|fail|next)\b", rest):
            yield Lost(index, "guard", two.text, call, "swallowed", "", two.line)


def _guards(name: str) -> bool:
    """Tell whether a call by its name guards something; `require` loads a module."""
    return last(name) not in LOADS and (named(last(name), "guard") or bool(_PROTECTS.fullmatch(last(name))))


def _gives_up(one: Statement) -> bool:
    return any(
        named(call.name, "failure") or last(call.name) in {"exit", "abort", "fail", "next"} for call in one.calls
    )


def _shadowed(view: View, index: int) -> Iterator[Lost]:
    """Yield a check that asks a variable which is no longer set: a new one of the same name is, further in."""
    for place, other in view.runs[index].pairs[:_MOST]:
        one, two = view.sides[0][place], view.sides[1][other]
        if one.kind != "assign" or two.within < 0 or one.target != two.target or one.value != two.value:
            continue
        if not _declares(two, one):
            continue
        for check in range(other + 1, min(other + _REACH, len(view.sides[1]))):
            late = view.sides[1][check]
            asked = any(one.target in names(f"{test.left} {test.right}") | {test.left} for test in late.tests)
            if asked and late.kind == "condition" and late.within not in range(two.within, other + 1):
                yield Lost(
                    index, "check", late.text, last(one.calls[0].name) if one.calls else "", "shadowed", "", two.line
                )
                break


def _declares(two: Statement, one: Statement) -> bool:
    return two.kind == "declare" or (":=" in two.text[:200] and ":=" not in one.text[:200])


def _unclean(view: View, index: int) -> Iterator[Lost]:
    """Yield what made a path or text plain before it was checked and now does so afterwards, or no more."""
    for place in range(*view.runs[index].old):
        one = view.sides[0][place]
        call = next((call.name for call in one.calls if _plains(call.name)), "")
        if not call or not one.target or one.kind not in {"assign", "declare"}:
            continue
        target = re.split(r"[\s,:]", one.target.lstrip("$*&(my "))[0] if one.target.startswith("my ") else one.target
        check = _check_of(view, target, place)
        if check < 0 or _made_plain(view, 1, view.partner[check]) >= _made_plain(view, 0, check):
            continue
        still = view.calls[1][last(call)] >= view.calls[0][last(call)]
        yield Lost(index, "call", one.text, call, "late" if still else "bare", "path", _line(view, index))


def _check_of(view: View, target: str, place: int) -> int:
    """Return the old index of a check of `target` that stands in both, -1 for none."""
    word = re.compile(rf"(?<![\w$]){re.escape(target)}(?!\w)")
    for at in range(place + 1, min(place + 13, len(view.sides[0]))):
        one = view.sides[0][at]
        if one.kind == "condition" and at in view.partner and word.search(one.text) and rejects(view.sides[0], at):
            other = view.sides[1][view.partner[at]]
            return at if other.kind == "condition" and word.search(other.text) else -1
    return -1


def _made_plain(view: View, side: int, check: int) -> int:
    """Count what is made plain shortly before, or in, a condition."""
    around = view.sides[side][max(0, check - 12) : check + 1]
    calls = [call.name for one in around for call in one.calls]
    return sum(_plains(name) or bool(_PLAINLY.search(last(name))) for name in calls)


def _bare(view: View, index: int) -> Iterator[Lost]:
    """Yield what was escaped, made plain or copied on its way and now goes on as it came."""
    for place, other in view.runs[index].pairs[:_MOST]:
        one, two = view.sides[0][place], view.sides[1][other]
        if one.kind in {"directive", "import"}:
            continue
        for call in one.calls:
            name = last(call.name)
            if not call.args or view.calls[1][name] >= view.calls[0][name]:
                continue
            given = call.args[0].strip()
            if _NARROWS.fullmatch(name) and one.target == two.target and two.value.strip("; ") in call.args:
                yield Lost(index, "call", one.text, call.name, "bare", "", two.line)
                return
            cleans = _cleans(call.name) or (name == "h" and "#{h(" in one.text)  # what Ruby's templates escape by
            cleans = cleans and not (name in _CASTS and _CAST.search(two.text))  # `intval($n)` became `(int) $n`
            if cleans and names(given) & names(two.text) and not _keeps_plain(two, given):
                yield Lost(index, "call", one.text, call.name, "bare", "", two.line)
            elif _COPIES.fullmatch(name) and _SHARED.fullmatch(given) and _alone(given, two):
                yield Lost(index, "call", one.text, f"{name}({given})", "shared", "", two.line)


@lru_cache(maxsize=1 << 14)
def _cleans(name: str) -> bool:
    return bool(_CLEANS.fullmatch(last(name)) or _CLEANS.fullmatch(name))


@lru_cache(maxsize=1 << 14)
def _plains(name: str) -> bool:
    return bool(_NORMAL.search(last(name)))


def _keeps_plain(one: Statement, given: str) -> bool:
    """Tell whether something still makes plain what is given, or what nobody can tell from it."""
    kept = [call.args[:1] for call in one.calls if _cleans(call.name) or _plains(call.name)]
    if kept and _PLAIN.fullmatch(given) and not re.search(rf"{re.escape(given)}(?!\w)", one.text):
        return True
    apart = not _PLAIN.fullmatch(given) or any(not args or not _PLAIN.fullmatch(args[0].strip()) for args in kept)
    return bool(kept) and (apart or any(args[0].strip() == given for args in kept))


def _filled_in_place(view: View, index: int) -> Iterator[Lost]:
    """Yield a table that was made anew each time, is now the one that all share, and is filled in place further on."""
    new = view.sides[1]
    for other in range(*view.runs[index].new):
        two = new[other]
        if not two.target or not _NAMED.fullmatch(two.value):
            continue
        was = [one for one in view.sides[0][slice(*view.runs[index].old)] if one.target == two.target]
        if not any(_FRESH.match(one.value) for one in was):
            continue
        filled = re.compile(rf"(?:Object\.assign\(\s?)?{re.escape(two.target)}{_FILLS}")
        if any(filled.match(late.text) for late in new[other + 1 : other + 13]):
            yield Lost(index, "call", was[0].text, two.value.strip(" ;"), "shared", "", two.line)


def _alone(given: str, two: Statement) -> bool:
    """Tell whether a value is handed on as it is: as the whole value, or as the whole of an argument."""
    return two.value.strip(" ;") == given or any(given == one.strip() for call in two.calls for one in call.args)


def _overtaken(view: View) -> Iterator[Lost]:
    """Yield locks and guards before routes that were moved behind what they stood before."""
    old, new = view.sides
    places: dict[str, int] | None = None
    for index, run in enumerate(view.runs):
        for place in range(*run.old):
            one = old[place]
            lock, guard = _lock(one), _used(one)
            if place in view.kept or not (lock or guard or _path_in(one)):
                continue
            places = _fresh(view) if places is None else places
            two = places.get(one.text, -1)
            if two < 0:
                yield from _used_no_more(view, index, one)
                continue
            passed = [at for at in range(place + 1, min(place + _REACH, len(old))) if view.kept.get(at, two) < two]
            if lock and any(old[at].kind == "condition" and rejects(old, at) for at in passed):
                yield Lost(index, "call", one.text, lock, "late", "", new[two].line)
            elif guard and any(_registers(old[at], one) for at in passed):
                yield Lost(index, "guard", one.text, guard, "late", "", new[two].line)
            elif _path_in(one):
                yield from _passed_by(view, index, place, two)


def _fresh(view: View) -> dict[str, int]:
    """Return where the texts stand now that are not simply kept."""
    kept = set(view.kept.values())
    return {view.sides[1][two].text: two for run in view.runs for two in range(*run.new) if two not in kept}


def _lock(one: Statement) -> str:
    """Return the name of the lock that a statement takes, "" for none."""
    if one.calls:
        return one.calls[0].name if _LOCKS.fullmatch(last(one.calls[0].name)) else ""
    return next(iter(_HOLDS.findall(one.text[:200])), "") if one.kind in {"declare", "other", "assign"} else ""


def _used_no_more(view: View, index: int, one: Statement) -> Iterator[Lost]:
    """Yield a guard that stood before all that is registered and is not even named any more."""
    guard = _used(one)
    if guard and view.in_file(guard)[1] < view.in_file(guard)[0] and not any(map(_used, _inserted(view, index))):
        yield Lost(index, "guard", one.text, guard, "off", "", _line(view, index))


def _inserted(view: View, index: int) -> list[Statement]:
    return [view.sides[1][two] for two in range(*view.runs[index].new)]


def _passed_by(view: View, index: int, place: int, two: int) -> Iterator[Lost]:
    """Yield the guard that a route is now registered before."""
    for at in range(max(0, place - _REACH), place):
        guard = view.sides[0][at]
        if view.kept.get(at, -1) > two and (name := _used(guard)):
            yield Lost(index, "guard", guard.text, name, "late", "", view.sides[1][two].line)
            return


def _used(one: Statement) -> str:
    """Return the name of the guard that a statement puts before all that is registered after it, "" for none."""
    if not one.calls or last(one.calls[0].name) not in _USES:
        return ""
    return next((name for name in re.findall(r"[A-Za-z_]\w{2,60}", one.text) if _STANDS.search(name)), "")


def _path_in(one: Statement) -> bool:
    return any(literal.text.startswith("/") for literal in one.literals)


def _registers(one: Statement, guard: Statement) -> bool:
    root = guard.calls[0].name.split(".")[0]
    return bool(one.calls) and one.calls[0].name.split(".")[0] == root and _path_in(one)
