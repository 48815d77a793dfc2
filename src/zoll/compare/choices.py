"""What was chosen among things of one kind and protects less: none in place of some, one more case, one guard less."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from zoll.compare.conditions import Weak
from zoll.compare.strength import about, belongs, fold, named, says, table, words_of
from zoll.parse.code import Statement

_PATH = re.compile(r"(?:[A-Za-z_]\w{0,60}(?:::|\.|->)){0,5}[A-Za-z_]\w{0,80}(?![\w(\"'])")
_TEXT = re.compile(r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|`[^`]*+`")
_QUIET = frozenset({"import", "label", "directive"})
_SECURITY = frozenset({"key", "token", "password", "user"})
_FLAGS = 4  # that one statement loses, for them to be looked at
_SIGN = re.compile(r"\|(?!\|)")
_DOTTED = re.compile(r"\w{1,60}(?:(?:\.|::|->)\w{1,60}){1,4}")
_CALLS = re.compile(r"(\w{1,80})\s?[!(]")
_MOST_TEXT = 2000
_HANDED = re.compile(r"[*&]?(?:\w{1,40}(?:\.|::|->)){0,4}(\w{3,60})(?:\([^()]{0,80}\))?")
_SWITCH = re.compile(r"([A-Za-z_]\w{2,60})[\"']?\s{0,4}(?:=>|:|=)\s{0,4}([Tt]rue|TRUE|[Ff]alse|FALSE)\b")
_OPTION = re.compile(r"([A-Za-z_]\w{2,40})[\"']?\s{0,2}(?:=>|:|=(?!=))\s{0,2}([\w.\"'\[{(]{1,60})")
_WORD = re.compile(r"\w+")
_OPENED = re.compile(r"[\"']\+?(?:<|>{1,2})(?::[\w()-]{1,30})*[\"']")
_MADE = re.compile(r"(?:return |\w{1,40} :?= )?&?(?:\w{1,40}\.)?[A-Z]\w{1,40}\s?\{")
_OFF = frozenset({"none", "null", "nil", "undefined", "false", "0"})
_TRUE = frozenset({"true", "True", "TRUE"})
_NO = frozenset({"null", "plain", "no", "none", "clear"})
_ALGORITHMS = re.compile(r"(?i)cipher|(?:\A|_)macs?\Z|algorithm|(?:\A|_)algs?\Z|kex|suites?\Z|integrity|encryption")
_TAKEN = re.compile(r"(?i)accept_?content|serializers?\b|content_?types?\b|allowed_?formats?")
_RUNS_WHEN_READ = re.compile(
    r"(?:cloud|json)?pickle|dill|marshal|application/x-python-serialize|application/x-java-serialized-object"
)
_MOST = 1500


def compare_choices(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield which constants, cases, flags and guards of a statement were given up for weaker ones or for none."""
    if one.kind in _QUIET or one.text == two.text or max(len(one.text), len(two.text)) > _MOST:
        return
    mine, theirs = _paths(one.text), _paths(two.text)
    gone, came = list(mine - theirs), list(theirs - mine)
    for new in came:
        yield from _none(new, gone, two)
    yield from _anything(one, two)
    if not came:
        yield from _flags(one, gone)
    if not gone:
        yield from _plain_among(one, two, came)
        yield from _stored_objects(one, two)
    yield from _guards(one, two)
    yield from list(_arguments(one, two)) or _left_out(one, two)


def _paths(text: str) -> Counter[str]:
    """Return the names of a text, as far as they are told, outside of what is quoted."""
    return Counter(found[0] for found in _PATH.finditer(_TEXT.sub('""', text)))


def _none(new: str, gone: list[str], two: Statement) -> Iterator[Weak]:
    """Yield a null algorithm that took another's place or came among others, and any other none in security."""
    ladder = table().ladder("radio")
    lowest = len(ladder.tiers) - 1
    if any(belongs(_last(old), _last(new)) for old in gone):
        return  # it stood there under another name
    refused = next((old for old in gone if old.isupper() and (says(old, "failure") or _void(old))), "")
    if ladder.tier(_fold(new)) == lowest and refused and two.kind in {"return", "assign"}:
        yield Weak("algorithm", _last(refused), _last(new))
    elif ladder.tier(_fold(new)) == lowest:
        better = next((old for old in gone if 0 <= ladder.tier(_fold(old)) < lowest), "")
        if better or any(0 <= ladder.tier(_fold(other)) < lowest for other in _paths(two.text)):
            yield Weak("algorithm", _last(better), _last(new))
    elif _void(new):
        old = next((old for old in gone if _akin(old, new) and not _void(old)), "")
        refuses = two.kind == "return" and says(_last(old), "failure")
        if old and refuses:
            yield Weak("return", _last(old), _last(new), how="void")
        elif old and (
            about(two.text[:300]) in _SECURITY or any(named(word, "strict") for word in words_of(f"{old} {new}"))
        ):
            yield Weak("argument", _last(old), _last(new))


def _plain_among(one: Statement, two: Statement, came: list[str]) -> Iterator[Weak]:
    """Yield what stands for no protection and came into a list of algorithms: `CIPHERS = [AES_256_CTR, CLEAR]`."""
    if not _ALGORITHMS.search(two.target) or two.target != one.target or "," not in two.value:
        return
    known = {literal.text for literal in one.literals}
    texts = [literal.text for literal in two.literals if literal.kind == "string" and literal.text not in known]
    names = [name for name in came if name not in {"None", "null", "nil", "NULL", "nullptr"} and _last(name).isupper()]
    found = next((word for word in (*names, *texts) if words_of(word)[-1:] and words_of(word)[-1] in _NO), "")
    if found:
        yield Weak("algorithm", "", _last(found))


def _stored_objects(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield a format that runs code when it is read, and that came among those that are taken: `["json", "pickle"]`."""
    if not _TAKEN.search(two.text):
        return
    known = {literal.text for literal in one.literals}
    for literal in two.literals:
        if literal.text not in known and _RUNS_WHEN_READ.fullmatch(literal.text):
            yield Weak("argument", "", literal.text, how="value")


def _fold(path: str) -> str:
    return fold(_last(path))


def _last(path: str) -> str:
    return re.split(r"::|\.|->", path)[-1]


def _void(path: str) -> bool:
    """Tell whether a constant's name ends in a word for nothing."""
    own = words_of(_last(path))
    return bool(own) and own[-1] in table().words["void"]


def _akin(old: str, new: str) -> bool:
    """Tell whether two constants are of one kind: of the same holder, or of names that begin alike."""
    one, two = _last(old), _last(new)
    if not (one[:1].isupper() or one[:1] == "k") or not (two[:1].isupper() or two[:1] == "k"):
        return False
    holders = old[: len(old) - len(one)], new[: len(new) - len(two)]
    if holders[0] != holders[1]:
        return False
    return words_of(one)[:1] == words_of(two)[:1] or holders[0].endswith("::") or holders[0][:1].isupper()


def _anything(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield a case in which one value had to be and now anything may."""
    if one.kind == two.kind == "case" and _wild(two.text) > _wild(one.text) and "," in two.text:
        yield Weak("enumeration", one.text, two.text, "widened")


def _wild(text: str) -> int:
    return len(re.findall(r"(?<!\w)_(?!\w)|(?<!\.)\.\.(?!\.)", text))


def _flags(one: Statement, gone: list[str]) -> Iterator[Weak]:
    """Yield a flag that asked for protection and is no longer among those that are joined."""
    for flag in map(_last, gone[:_FLAGS]) if _SIGN.search(one.text) else ():
        if flag == "E_STRICT":
            continue  # PHP 8.4 has it no more, and it kept nobody out
        joined = flag.isupper() and re.search(rf"\|\s*[\w.:]{{0,60}}{flag}(?!\w)|(?<!\w){flag}\)?\s*\|(?!\|)", one.text)
        if joined and ((len(gone) == 1 and named(flag, "strict")) or says(flag, "closing")):
            yield Weak("argument", flag, "")
            return


def _guards(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield a guard that was handed on, as a function or as what makes one, and is no more."""
    names = {word for name in _CALLS.findall(two.text[:_MOST_TEXT]) for word in _own_words(name)}
    for call in one.calls:
        if one.kind == "throw" or names.isdisjoint(_own_words(call.name)):
            continue  # a message, or something else is called in its place
        for argument in () if call.name == "super" else call.args:  # the own class
            handed = _HANDED.fullmatch(argument.strip())
            constant = handed is not None and handed[1].isupper()  # is exchanged for another, and handed on no less
            if not handed or constant or not _guarding(handed[1]):
                continue
            if not re.search(rf"(?<!\w){handed[1]}(?!\w)", two.text) and not _now_a_field(
                handed[1], one.text, two.text
            ):
                if not guarding_names(two.text) - guarding_names(one.text):
                    yield Weak("argument", argument.strip(), "")
                return


def _own_words(name: str) -> frozenset[str]:
    """Return the words of a call's name without the first of several, which may be the project's."""
    words = words_of(_last(name))
    return frozenset(words[1:] or words)


def _now_a_field(name: str, before: str, after: str) -> bool:
    """Say whether a new dotted name says the same words: `authBucketName` that became `buckets.Auth`."""
    own = {word.rstrip("s") for word in words_of(name)}
    paths = (path for path in _DOTTED.findall(after) if path not in before)
    return any(len(own & {word.rstrip("s") for word in words_of(path)}) > 1 for path in paths)


def _arguments(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield a last argument that made a call strict and is given no more, alone or among options."""
    for old, new in zip(one.calls, two.calls, strict=False):
        rest = old.args[len(new.args) :]
        if old.name == new.name and _mode_lost(_last(old.name), old.args, new.args):
            yield Weak("argument", f"{_last(old.name)}: {old.args[1].strip()}", "")
        if old.name != new.name or not rest or old.args[: len(new.args)] != new.args:
            continue
        if (
            (rest[0].strip() in _TRUE and _last(old.name) in table().words["strictly"])
            or any(map(_safe, rest))
            or _text_only(old.name, rest)
        ):
            yield Weak("argument", f"{_last(old.name)}: {', '.join(rest)}", "")


def _mode_lost(name: str, old: Sequence[str], new: Sequence[str]) -> bool:
    """Tell whether Perl's `open` is given its mode no more: then the name itself says whether it is a command.

    In one case only may be enough: `open($fh, $name =~ /x/ ? $name : "< $name")`.
    """
    if name != "open" or (len(old), len(new)) != (3, 2) or old[0] != new[0] or not _OPENED.fullmatch(old[1].strip()):
        return False
    bare = _TEXT.sub('""', new[1])
    return re.search(rf"(?:\A|[?:]\s?){re.escape(old[2].strip())}(?=\s?(?:[:)]|\Z))", bare) is not None


def _left_out(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield an option of a call that stays, which kept something out and is no longer given."""
    made = _MADE.match(one.text)  # Go: a literal of a type, with names of its fields
    if not {_last(call.name) for call in one.calls} & {_last(call.name) for call in two.calls} and not (
        made and two.text.startswith(made[0])
    ):
        return
    if ":" not in one.text and "=" not in one.text:
        return
    for name, value in _OPTION.findall(one.text):
        if (name in two.text and name in _WORD.findall(two.text)) or fold(value) in _OFF:
            continue
        kept = fold(name) in table().words["options"]
        if kept or (value in _TRUE and named(name, "strict")):
            yield Weak("argument", f"{name}: {value}", "")
            return


def _text_only(name: str, rest: Sequence[str]) -> bool:
    """Tell whether Lua's `load` was held to text or to an environment of its own (manual, section 6.1)."""
    return name in {"load", "loadfile"} and rest[0].strip() in {'"t"', "'t'", '"bt"', "'bt'"}


def _safe(argument: str) -> bool:
    """Tell whether options hold a switch at its safe value."""
    for name, value in _SWITCH.findall(argument[:300]):
        if named(name, "strict") if value in _TRUE else says(name, "loose") or says(name, "exempting"):
            return True
    return False


@lru_cache(maxsize=1 << 14)
def _guarding(name: str) -> bool:
    own = words_of(name)
    return len(own) > 1 and (named(name, "guard") or any(word in table().words["guarding"] for word in own))


def stands_for_none(path: str) -> bool:
    """Tell whether a constant stands for no protection: `nullEncryptionVersion`, `IntegrityAlg::NIA0`, `kPlain`.

    What a language calls nothing (`null`, `None`) is none.
    """
    own = words_of(_last(path))
    if not _PATH.fullmatch(path) or path in {"null", "None", "nil", "NULL", "nullptr", "undefined"}:
        return False
    ladder = table().ladder("radio")
    if ladder.tier(_fold(path)) == len(ladder.tiers) - 1:
        return True
    told = len(own) > 1 or _last(path) != path
    return told and (own[-1] in table().words["void"] or own[0] in _NO)


def guarding_names(text: str) -> set[str]:
    """Return the names in a text that speak of what stands before something: `authMiddleware`, `require_auth`."""
    return {name for name in re.findall(r"\w{3,60}", _TEXT.sub('""', text)) if _guarding(name)}
