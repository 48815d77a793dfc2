"""Functions and files of code that an upgrade newly offers to others, or no longer does.

What a language calls public counts: `pub`, `public`, `export`, a capital letter in Go, no leading underscore in Python
and its like, a prototype under `include/` in C. A helper that a fix brings for itself does not.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from zoll.model import Change, Feature, Hunk, Place

CLIP = 4_000  # characters of a function's words in which its signature stands
INCLUDED = re.compile(r"(?:^|/)include/(?:.{0,200})\.(?:h|hh|hpp|hxx)$")
DECLARED = re.compile(r"\b([A-Za-z_]\w{2,80})\s{0,8}\(")
# Macros by which C programs register what can be typed at them.
TYPED = re.compile(r"\A(?:DEFUN|DEFPY|ALIAS|COMMAND|CMD|SHELL_CMD|U_BOOT_CMD)\w{0,40}\((\w{1,80})")
PRIVATE = re.compile(r"\b(?:private|protected|internal)\b")
LOCAL = re.compile(r"(?:^|[.:/])(?:<|_|#|\*|__\w+__$)")
WORD = re.compile(r"[A-Za-z_]\w{1,80}")
# Languages in which hardly anything is marked as not for others.
OPEN = frozenset(("javascript", "lua", "perl", "php", "python", "ruby", "tsx", "typescript"))
TYPES = ".d.ts"
SCRIPTS = frozenset(("code/javascript", "code/typescript", "code/tsx"))
PROPERTY = re.compile(r"^\s{0,40}(?:readonly\s{1,4})?([A-Za-z_$][\w$]{1,80})\??\s{0,4}:")
ORDINAL = re.compile(r"#\d+$")


def offered(changes: Sequence[Change]) -> dict[int, list[Feature]]:
    """Return what each change (by its number) offers or takes away; what only moved is not among it."""
    found: dict[int, list[Feature]] = defaultdict(list)
    net: Counter[tuple[str, str]] = Counter()
    for number, offer, counted in _all(changes):
        found[number] += [offer] if counted else []
        net[_key(offer)] += -1 if offer.lost else 1
    offers = [one for some in found.values() for one in some]
    called = _called(changes, {_last(one.name) for one in offers if one.thing == "function"})
    spoken = _spoken(changes) if any(one.name.endswith(TYPES) for one in offers) else (frozenset(), frozenset())

    def stays(number: int, offer: Feature) -> bool:
        if not (net[_key(offer)] < 0 if offer.lost else net[_key(offer)] > 0):
            return False
        if offer.thing == "parameter" and offer.name.endswith(TYPES):
            return offer.more in spoken[offer.lost]
        return offer.thing != "function" or not _helps(changes[number], offer, called)

    return {number: kept for number, offers in found.items() if (kept := [one for one in offers if stays(number, one)])}


def _all(changes: Sequence[Change]) -> Iterator[tuple[int, Feature, bool]]:
    """Yield what came and went; the functions of whole files, which only say what moved, as not to be counted."""
    headers = _declared(changes)
    for number, change in enumerate(changes):
        for offer in _of_function(change, headers):
            yield number, offer, True
        for offer in _of_types(change):
            yield number, offer, True
        if change.pair.place.symbol and change.pair.by in {"added", "removed"}:
            yield number, Feature("function", change.pair.place.symbol, Place(), lost=change.pair.new is None), False
    for number, offer in _of_files(changes):
        yield number, offer, True


def _key(offer: Feature) -> tuple[str, str]:
    """Return what tells one thing from another wherever it stands."""
    name = offer.name.rsplit("/", 1)[-1] if offer.thing == "file" else _last(offer.name)
    return offer.thing, name if offer.thing == "file" else name + " " + offer.more


def _spoken(changes: Iterable[Change]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that scripts (tests and declarations aside) newly hold, and those that they no longer hold."""
    came: set[str] = set()
    went: set[str] = set()
    for change in changes:
        part = change.pair.new or change.pair.old
        aside = any(fact.kind == "role" and fact.value in {"test", "example"} for fact in change.standing)
        if part and part.kind in SCRIPTS and not aside and not change.pair.place.name.endswith(TYPES):
            for hunk in change.hunks:
                before, after = set(WORD.findall(hunk.before)), set(WORD.findall(hunk.after))
                came |= after - before
                went |= before - after
    return frozenset(came - went), frozenset(went - came)


Callers = dict[tuple[str, bool], set[tuple[tuple[str, ...], str]]]


def _called(changes: Iterable[Change], names: set[str]) -> Callers:
    """Return, for each name and side (True: the lost one), the places whose changed lines hold it."""
    called: Callers = defaultdict(set)
    for change in changes:
        place = change.pair.place
        for hunk in change.hunks:
            for words, lost in ((hunk.after, False), (hunk.before, True)):
                for name in names.intersection(WORD.findall(words)):
                    called[name, lost].add((place.hops, place.symbol))
    return called


def _explained(change: Change) -> bool:
    """Tell whether a method says in a docstring what it is for: then it is written for others."""
    return any('"""' in (hunk.after or hunk.before)[:CLIP] for hunk in change.hunks)


def _helps(change: Change, offer: Feature, called: Callers) -> bool:
    """Tell whether a function only helps others of its own file: they call it, and nothing else speaks of it."""
    part = change.pair.new or change.pair.old
    if part is None or part.kind.removeprefix("code/") not in OPEN:
        return False
    if part.kind == "code/python" and "." in offer.name and _explained(change):
        return False
    hops, own = change.pair.place.hops, change.pair.place.symbol
    callers = {place for place in called[_last(offer.name), offer.lost] if not place[1].startswith(own) or not place[1]}
    return bool(callers) and all(place == hops for place, _ in callers)


def _of_function(change: Change, headers: frozenset[str]) -> Iterator[Feature]:
    pair = change.pair
    name = ORDINAL.sub("", pair.place.symbol)
    part = pair.new or pair.old
    if not name or part is None or not change.hunks:
        return
    language = part.kind.removeprefix("code/")
    typed = TYPED.match(name)
    if pair.old is not None and pair.new is not None:
        if language in PARAMETERS and _public(language, name, "", headers):
            yield from _parameters(change, name)
    elif typed:
        yield Feature("command", typed[1], pair.place, lost=pair.new is None)
    elif pair.by in {"added-function", "removed-function"} and not _hidden(pair.place, language):
        if not _public(language, name, _signature(change), headers):
            return
        yield Feature("function", name, pair.place, lost=pair.new is None)


def _of_types(change: Change) -> Iterator[Feature]:
    """Yield the properties that the declarations of a script's types newly know, or no longer.

    They count only where the script itself newly speaks of them: often a declaration was merely forgotten.
    """
    pair = change.pair
    if not pair.place.name.endswith(TYPES) or pair.old is None or pair.new is None:
        return
    for hunk in change.hunks:
        sides = [
            {found[1] for line in words.splitlines() if (found := PROPERTY.match(line))}
            for words in (hunk.before, hunk.after)
        ]
        for lost, names in ((False, sides[1] - sides[0]), (True, sides[0] - sides[1])):
            for name in sorted(names):
                yield Feature("parameter", pair.place.name, _at(change, hunk), name, lost)


def _hidden(place: Place, language: str) -> bool:
    """Tell whether a function of a Python module stands in one that is not for others; its classes may be."""
    return language == "python" and "." not in place.symbol and place.name.startswith("_")


def _of_files(changes: Sequence[Change]) -> Iterator[tuple[int, Feature]]:
    """Yield each file of code that came or went as a whole, once, with the number of its functions."""
    numbers: dict[tuple[tuple[str, ...], str], list[int]] = defaultdict(list)
    for number, change in enumerate(changes):
        part = change.pair.new or change.pair.old
        if change.pair.by in {"added", "removed"} and part and part.kind.startswith("code/"):
            numbers[change.pair.place.hops, change.pair.by].append(number)
    for (hops, by), members in sorted(numbers.items()):
        functions = sum(bool(changes[number].pair.place.symbol) for number in members)
        script = (changes[members[0]].pair.new or changes[members[0]].pair.old) is not None and _is_script(
            changes[members[0]]
        )
        if functions or script:
            more = f"{functions} function{'s' * (functions != 1)}" if functions else "commands"
            yield members[0], Feature("file", hops[-1], Place(hops), more, lost=by == "removed")


def _is_script(change: Change) -> bool:
    part = change.pair.new or change.pair.old
    return part is not None and part.kind in {"code/shell", "code/perl", "code/lua", "code/php", "code/ruby"}


def _declared(changes: Iterable[Change]) -> frozenset[str]:
    """Return the names that headers under `include/` newly or no longer declare."""
    names: set[str] = set()
    for change in changes:
        if INCLUDED.search(change.pair.place.hops[-1] if change.pair.place.hops else ""):
            for hunk in change.hunks:
                names.update(DECLARED.findall(hunk.after), DECLARED.findall(hunk.before))
    return frozenset(names)


def _signature(change: Change) -> str:
    """Return the words with which a function that came or went begins."""
    first = min(change.hunks, key=lambda hunk: hunk.new or hunk.old)
    return (first.after or first.before)[:CLIP].partition("{")[0]


def _public(language: str, name: str, signature: str, headers: frozenset[str]) -> bool:
    """Tell whether others may call a function. Languages without a rule offer nothing."""
    rule = RULES.get(language)
    return rule is not None and not LOCAL.search(name) and rule(name, signature, headers)


def _last(name: str) -> str:
    return re.split(r"[.:]", name)[-1]


def _python(name: str, _signature: str, _headers: frozenset[str]) -> bool:
    *around, _ = name.split(".")
    return all(piece[:1].isupper() for piece in around)  # else it stands inside another function


def _script(name: str, signature: str, _headers: frozenset[str]) -> bool:
    *around, last = name.split(".")
    if around and around[0] in {"exports", "module", "Module"}:
        return True
    if around:
        return len(last) > 2 and (around[0][:1].isupper() or "prototype" in around) and not PRIVATE.search(signature)
    return re.search(r"\bexport\b", signature) is not None


def _go(name: str, _signature: str, _headers: frozenset[str]) -> bool:
    return all(piece[:1].isupper() for piece in name.split("."))


def _java(_name: str, signature: str, _headers: frozenset[str]) -> bool:
    return re.search(r"\bpublic\b", signature) is not None


def _rust(_name: str, signature: str, _headers: frozenset[str]) -> bool:
    return re.search(r"\bpub\s", signature) is not None


def _dynamic(name: str, signature: str, _headers: frozenset[str]) -> bool:
    return not PRIVATE.search(signature) and not _last(name).startswith(("initialize", "__construct"))


def _lua(name: str, signature: str, _headers: frozenset[str]) -> bool:
    return "." in name.replace(":", ".") and not signature.lstrip().startswith("local")


def _c(name: str, signature: str, headers: frozenset[str]) -> bool:
    return _last(name) in headers and not re.search(r"\bstatic\b", signature)


RULES: dict[str, Callable[[str, str, frozenset[str]], bool]] = {
    "c": _c,
    "cpp": _c,
    "go": _go,
    "java": _java,
    "javascript": _script,
    "lua": _lua,
    "perl": _dynamic,
    "php": _dynamic,
    "python": _python,
    "ruby": _dynamic,
    "rust": _rust,
    "tsx": _script,
    "typescript": _script,
}
PARAMETERS = frozenset(("python",))
_DEFINED = re.compile(r"\bdef\s{1,8}(\w{1,200})\s{0,8}\(")
_NAMED = re.compile(r"\A\s{0,80}\*{0,2}([A-Za-z_]\w{0,80})")


def _parameters(change: Change, name: str) -> Iterator[Feature]:
    """Yield the parameters that a function which stands on both sides newly takes, or no longer."""
    for hunk in change.hunks:
        before, after = (_takes(words, _last(name)) for words in (hunk.before, hunk.after))
        if before is None or after is None:
            continue
        came, went = [one for one in after if one not in before], [one for one in before if one not in after]
        for lost, names in ((False, came[len(went) :]), (True, went[len(came) :])):
            for one in names:
                yield Feature("parameter", name, _at(change, hunk), one, lost)


def _at(change: Change, hunk: Hunk) -> Place:
    place = change.pair.place
    return Place(place.hops, place.symbol, hunk.new[0], hunk.new[1])


def _takes(words: str, name: str) -> list[str] | None:
    """Return the parameters of a function's definition, None where the words do not hold all of it."""
    found = next((met for met in _DEFINED.finditer(words[:CLIP]) if met[1] == name), None)
    if found is None:
        return None
    depth, start, names = 1, found.end(), []
    for place in range(start, min(len(words), start + CLIP)):
        letter = words[place]
        depth += (letter in "([{") - (letter in ")]}")
        if depth == 0 or (depth == 1 and letter == ","):
            met = _NAMED.match(words[start:place])
            names += [met[1]] if met else []
            start = place + 1
        if depth == 0:
            return names
    return None
