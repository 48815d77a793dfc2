"""Settings, flags, modes and permissions lost and gained in one file: which became weaker."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from zoll.compare.marks import marks
from zoll.compare.patterns import wider_network
from zoll.compare.strength import about, fold, number, table, weak_words, words_of
from zoll.compare.words import weaker_word
from zoll.model import Fact, Reading
from zoll.parse.rights import Rights, more_letters, octal, wider

KINDS = frozenset({"setting", "flag", "mode", "permission", "line"})
_NAMED = re.compile(r"[\w.-]{2,60}+\s*=\s*[^\s(){};]{1,60}+\s*;?")  # a line that gives something a value
_DOTTED = re.compile(r"[\w\[\]@-]+(?:\.[\w\[\]@-]+)*")
_OF_FILES = re.compile(r"[dDfFcbpqQvzZ][!+=~^-]{0,3}|.{0,80}(?:mode|perm|tmpfiles).{0,40}", re.IGNORECASE)
_CLIP = 80
_LIST = re.compile(r"\w[,:;+]\s?\w")
_WORD = re.compile(r"\w{2,40}+")
_OTHERS = 0o7077
_GRAVE = 0o6022
# Lists of who passes: words of their names, and names that are one word of their own (jail.conf(5), postconf(5)).
_ADMITS = frozenset(
    {"admin", "admins", "allow", "allowed", "allowlist", "authorized", "exempt", "permit", "permitted", "privileged"}
    | {"sudoers", "superuser", "superusers", "trusted", "whitelist", "whitelisted", "public", "anonymous"}
    | {"unauthenticated", "noauth", "bypass"}
)
_ADMITTING = frozenset({"ignoreip", "mynetworks", "remoteiptrustedproxy", "remoteipinternalproxy"})
_ELEMENT = re.compile(r"[\w.:/@*%+-]{1,120}")
_LONGEST = 2000
_FEW = 3
_LETTERED = re.compile(r"(?i)perm|access|rights|deviceallow|devices?\Z|volumes?\Z|mounts?\Z|acl\Z|cgroup_?rules?\Z")
_RIGHTS = re.compile(r"mode\Z|umask|perm|chmod|rights", re.IGNORECASE)


class _Step(Struct, frozen=True):
    value: str
    old: str
    new: str
    kind: str = "weaker"
    how: str = ""


def weaker_settings(lost: Iterable[Reading], gained: Iterable[Reading]) -> Iterator[tuple[Reading, Reading]]:
    """Yield the reading that tells (gained, or lost where nothing took its place) and what it tells of."""
    old, new = _by_path(lost), _by_path(gained)
    for path in sorted(old.keys() | new.keys()):
        for before, after in _paired(old[path], new[path]):
            step = _judged(path, before, after)
            told = after or before
            if step and told:
                yield (
                    told,
                    Reading(_fact(path, step), told.at, f"{step.old or '(nothing)'} -> {step.new or '(nothing)'}"),
                )


def _by_path(readings: Iterable[Reading]) -> dict[tuple[str, str], list[Reading]]:
    groups: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for reading in sorted(readings):
        if reading.fact.kind in KINDS and (reading.fact.kind != "line" or _NAMED.fullmatch(reading.fact.value)):
            groups[(reading.fact.kind, _path(reading.fact))].append(reading)
    return groups


def _path(fact: Fact) -> str:
    if fact.kind == "mode":
        return ""
    for mark in ("=", ": ") if fact.kind != "flag" else ():
        if mark in fact.value:
            return fact.value.partition(mark)[0].strip()
    return fact.value if fact.kind == "flag" else ""


def _value(fact: Fact) -> str:
    if fact.kind == "flag":
        return _trait(fact, "value")
    path = _path(fact)
    return fact.value[len(path) :].lstrip("=: ").strip() if path else fact.value


def _trait(fact: Fact, name: str) -> str:
    return next((mark.partition(":")[2] for mark in fact.traits if mark.startswith(f"{name}:")), "")


def _paired(olds: Sequence[Reading], news: Sequence[Reading]) -> Iterator[tuple[Reading | None, Reading | None]]:
    for place in range(max(len(olds), len(news))):
        yield olds[place] if place < len(olds) else None, news[place] if place < len(news) else None


def _judged(path: tuple[str, str], before: Reading | None, after: Reading | None) -> _Step | None:
    if path[0] == "flag":
        return _flag(before, after)
    if before is None or after is None:
        return None
    old, new = _value(before.fact), _value(after.fact)
    return _mode(old, new) if path[0] == "mode" else _setting(path[1], old, new)


def _flag(before: Reading | None, after: Reading | None) -> _Step | None:
    """Judge a hardening flag that went or was turned, and a weakening one that took another's place."""
    if (
        before
        and _trait(before.fact, "strength") == "strong"
        and not (after and _trait(after.fact, "strength") == "strong")
    ):
        new = _trait(after.fact, "value") or after.fact.value if after else ""
        how = "gone" if _trait(before.fact, "rule") and not after else ""
        old = before.fact.value if how else _trait(before.fact, "value") or before.fact.value
        return _Step("setting", old, new, how=how)
    if before and after and _holds_seldomer(before.fact, after.fact):
        return _Step("setting", _trait(before.fact, "value"), _trait(after.fact, "value"), how="narrower")
    if before and after and _trait(after.fact, "strength") == "weak" != _trait(before.fact, "strength"):
        return _Step("setting", _trait(before.fact, "value"), _trait(after.fact, "value"))
    return None


def _holds_seldomer(old: Fact, new: Fact) -> bool:
    """Tell whether a rule that protects asks for more before it holds; its value are its conditions."""
    if not (_trait(old, "rule") and _trait(old, "strength") == _trait(new, "strength") == "strong"):
        return False
    return set(_trait(old, "value").split()) < set(_trait(new, "value").split())


def _mode(old: str, new: str) -> _Step | None:
    one, two = number("0" + old.lstrip("0o")), number("0" + new.lstrip("0o"))
    if one is None or two is None:
        return None
    more = two & ~one & _OTHERS
    return _Step("mode", old, new) if more & _GRAVE or (more and not one & 0o077) else None


def _setting(path: str, old: str, new: str) -> _Step | None:
    """Judge a value by its own words and by those of its path, the last key first."""
    keys = [key for key in path.replace("[", ".").replace("/", ".").split(".") if key.strip("]0123456789")]
    if wider_network(old, new):
        return _Step("network", old, new, "widened")
    if keys and (more := _let_in(keys[-1], old, new)):
        return _Step("exempting", keys[-1], more, "listed", "grew")
    if keys and _RIGHTS.search(keys[-1]) and (mode := _rights(keys[-1], old, new)):
        return mode
    if keys and _LETTERED.search(keys[-1]) and more_letters(old, new):
        return _Step("mode", old, new, how="letters")
    if _OF_FILES.fullmatch(path) and (mode := _in_row(old, new)):
        return mode
    if _LIST.search(new) and weak_words(new) - weak_words(old) and _names_algorithm(old):
        return _Step("algorithm", old, new)
    found = weaker_word(old, new, [key.strip("]") for key in reversed(keys)][:3], f"{path} = {new}")
    if found is None:
        return None
    return _Step(found.value if found.kind == "widened" else "setting", old, new, found.kind)


def _let_in(key: str, old: str, new: str) -> str:
    """Return whom a list that admits names besides all that it named before, "" for none or for many."""
    if _ADMITS.isdisjoint(words_of(key)) and key.lower() not in _ADMITTING:
        return ""
    mine, theirs = (frozenset(_ELEMENT.findall(side[:_LONGEST])) for side in (old, new))
    more = sorted(theirs - mine) if mine and mine < theirs else []
    return ", ".join(more) if len(more) <= _FEW else ""


def _names_algorithm(text: str) -> bool:
    ladders = [one for one in table().ladders if one.value == "algorithm" and one.name != "password"]
    return any(ladder.tier(fold(word)) >= 0 for word in _WORD.findall(text[:400]) for ladder in ladders)


def _rights(key: str, old: str, new: str) -> _Step | None:
    """Judge rights or a mask of them, which settings write with or without a zero, as a text or as letters."""
    one, two = (octal(value.strip("\"'")) for value in (old, new))
    if one is None or two is None:
        return None
    use = "masked" if "mask" in key.lower() else "given"
    mine, theirs = Rights(key, old, one, use), Rights(key, new, two, use)
    return _Step("mode", old, new) if wider(mine, theirs) else None


def _in_row(old: str, new: str) -> _Step | None:
    """Judge a row of words of which one alone changed, as the rows of tmpfiles.d (its manual) name a mode."""
    mine, theirs = old.split(), new.split()
    differing = [both for both in zip(mine, theirs, strict=False) if both[0] != both[1]]
    if len(mine) != len(theirs) or len(mine) < 3 or len(differing) != 1:
        return None
    return _rights("mode", *differing[0])


def _key(path: str) -> str:
    """Return the last key of a path, which people know a setting by.

    >>> _key("server.tls.verify"), _key("cap_drop ALL"), _key("services[].user")
    ('verify', 'cap_drop ALL', 'user')
    """
    last = path.rpartition(".")[2] if _DOTTED.fullmatch(path) else path
    return last.strip("[]@ ")


def _fact(path: tuple[str, str], step: _Step) -> Fact:
    words = " ".join(dict.fromkeys(words_of(path[1])))
    subject = about(path[1]) or words
    if step.kind == "listed":
        traits = {"how": step.how, "new": step.new, "in": step.old, "about": subject}
        return Fact(step.kind, step.value, marks(traits, _CLIP))
    traits = {"old": step.old, "new": step.new, "about": subject, "how": step.how, "of": _key(path[1])}
    return Fact(step.kind, step.value, marks(traits, _CLIP))
