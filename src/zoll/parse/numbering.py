"""What a step from one version number to the next suggests, before anybody has looked inside.

What the numbers mean, as their own specifications say it:

- Semantic Versioning 2.0.0 (semver.org): major and minor announce function, patch announces fixes alone (paragraphs 6
  to 8); what follows `+` is build metadata and says nothing about the software (10); 0.0.z promises nothing (4), and
  neither do the steps between alpha and beta releases of the same number.
- PEP 440 (packaging.python.org, version specifiers): epoch, release, pre, post and development releases. A post-release
  corrects what is not the software (its notes, its packing), hence `rebuild`; a local label is a build's own.
- Debian Policy 5.6.12: `[epoch:]upstream[-revision]` and its order. A new revision of the same upstream is maintenance;
  `+bN` is a binary rebuild without any change of source (Debian wiki, binNMU); `+deb12uN`, `ubuntuN.N`, `.elN_N`,
  `~bpoN` and `+nmuN` belong to the distribution, `+dfsg` and `+ds` to how the upstream source was packed.
- Vendors' numbering, `V100R005C10SPC200` and the like: version, release and customisation (V, R, C) announce function;
  service pack (SPC, SP), cold and hot patch (CP, HP, SPH, P), maintenance and service release (M, MR, S) and update (U,
  HF) announce fixes; the build (B) announces nothing but a build.
- Anything else, dates included, is read by position: the first two numbers announce function, later ones and letters
  fixes. A date promises nothing, so a new year or month counts as function.
"""

import re
from functools import lru_cache
from itertools import zip_longest

from msgspec import Struct
from packaging.version import InvalidVersion, Version

LONGEST = 200  # characters of a version number; the rest of one that is longer is hostile
STRENGTH = ("none", "rebuild", "maintenance", "function")

_LEADING = re.compile(r"\A(?:version|release|ver|rel|v)?[ ._=-]{0,3}(?=\d)", re.IGNORECASE)
_SEMVER = re.compile(
    r"(\d{1,12})\.(\d{1,12})\.(\d{1,12})(?:-((?=[\d.]{0,60}[A-Za-z])[0-9A-Za-z.-]{1,60}))?(?:\+([0-9A-Za-z.-]{1,60}))?"
)
_VENDOR = re.compile(r"V\d{1,5}R\d{1,5}\w{0,60}", re.IGNORECASE)
_EPOCH = re.compile(r"(\d{1,6}):(.*)", re.DOTALL)
_REVISION = re.compile(r"(.+)-([0-9A-Za-z][0-9A-Za-z+.~]{0,80})", re.DOTALL)
_BINARY_ONLY = re.compile(r"(?:\+b|(?<=\d)build)\d{1,6}\Z")
# What a distribution hangs on a number: updates of a stable release, uploads by others, backports, its own name.
_DISTRIBUTION = re.compile(
    r"(?:[+~](?:deb|bpo|ubuntu|rpi|rpt|nmu|osmo)[0-9A-Za-z.~]{0,40}"
    r"|ubuntu\d[0-9.]{0,20}|\.(?:el|fc|amzn|oe|sles)\d[0-9A-Za-z_.]{0,40})"
)
_FOR = re.compile(
    r"\.(?:el|fc|amzn|oe|sles)\d[0-9A-Za-z_.]{0,40}"
)  # the release of the distribution that it is built for
_PACKING = re.compile(r"[+~.](?:dfsg|ds|repack)[.\d]{0,10}")
_SEPARATED = re.compile(r"[-+~:]")
_RUN = re.compile(r"(\D{0,80})(\d{0,80})")
_WORD = re.compile(r"([A-Za-z]{0,40})[^0-9A-Za-z]{0,8}(\d{0,40})[^0-9A-Za-z]{0,8}")
_FIXES = frozenset(
    (
        "SPC",
        "SP",
        "SPH",
        "CP",
        "HP",
        "P",
        "PATCH",
        "PL",
        "HF",
        "HOTFIX",
        "M",
        "MR",
        "S",
        "SR",
        "U",
        "UPDATE",
        "EP",
        "MP",
    )
)
_FEATURES = frozenset(("V", "R", "C"))
_BUILDS = frozenset(("B", "BUILD"))
_UNRIPE = re.compile(r"[-._](?=(?:rc|cr|alpha|beta|pre|dev|snapshot|nightly)(?![a-z])|m\d)", re.IGNORECASE)
_LETTERED = re.compile(r"\d(?:a|b|c|rc)\Z", re.IGNORECASE)  # 1.1.1b and 17.3.4a: the letter is no early release
_EARLY = re.compile(r"(?:alpha|beta|dev|preview|snapshot|nightly|canary|next|[ab])(?:\b|\d|\.)", re.IGNORECASE)


class Parts(Struct, frozen=True):
    """A number taken apart the distribution's way. `added` is what the distribution hung on it."""

    epoch: int
    upstream: str
    revision: str
    added: str
    binary: str


def suggests(old: str, new: str) -> str:
    """Return what a step suggests: none, rebuild, maintenance, function or downgrade; "" when a number is missing.

    >>> suggests("1.4.2", "1.4.3"), suggests("1.4.2", "1.5.0"), suggests("2:1.4-1", "2:1.4-1+b1")
    ('maintenance', 'function', 'rebuild')
    >>> suggests("V100R005C10SPC200", "V100R005C10SPC300"), suggests("1.4.3", "1.4.2")
    ('maintenance', 'downgrade')
    """
    old, new = _bare(old), _bare(new)
    if not old or not new:
        return ""
    if old == new:
        return "none"
    if compare(old, new) > 0:
        return "downgrade"
    before, after = _apart(old), _apart(new)
    if before.epoch != after.epoch:
        return "function"
    steps = [_step(before.upstream, after.upstream)]
    steps += ["rebuild"] * (before.binary != after.binary)
    steps += ["maintenance"] * ((before.revision, before.added) != (after.revision, after.added))
    return max(steps, key=STRENGTH.index)


def compare(old: str, new: str) -> int:
    """Return less than 0, 0 or more than 0, as the old number stands before, beside or behind the new one."""
    old, new = _bare(old), _bare(new)
    if not _debian(old) and not _debian(new):
        if (one := _semantic(old)) and (other := _semantic(new)):
            return (one > other) - (one < other)
        if (first := _python(old)) and (second := _python(new)):
            return (first > second) - (first < second)
    before, after = _apart(old), _apart(new)
    if before.epoch != after.epoch:
        return 1 if before.epoch > after.epoch else -1
    mine, theirs = _rest(old), _rest(new)
    return _order(_FOR.sub("", mine), _FOR.sub("", theirs)) or _order(mine, theirs)


def _bare(text: str) -> str:
    """Return a number without `v`, `release-` and blanks around it."""
    return _LEADING.sub("", text.strip()[:LONGEST])


@lru_cache(maxsize=64)
def _python(text: str) -> Version | None:
    if _LETTERED.search(text):
        return None
    try:
        return Version(text)
    except (InvalidVersion, ValueError):  # a number of more digits than Python turns into one
        return None


def _debian(text: str) -> bool:
    """Tell whether a number is written the distribution's way: an epoch, a revision or what a distribution adds."""
    if _DISTRIBUTION.search(text) or _BINARY_ONLY.search(text) or _PACKING.search(text) or "+really" in text:
        return True
    if _SEMVER.fullmatch(text) or _UNRIPE.search(text):
        return False
    return bool(_SEPARATED.search(text)) and (_python(text) is None or "-" in text)


def _semantic(text: str) -> tuple[object, ...] | None:
    """Return a sort key (semver paragraph 11), None if the number is not a semantic one."""
    found = _SEMVER.fullmatch(text)
    if found is None:
        return None
    names = found[4].split(".") if found[4] else []
    early = tuple((0, int(name), "") if name.isdecimal() else (1, 0, name) for name in names)
    return int(found[1]), int(found[2]), int(found[3]), not names, early


def _apart(text: str) -> Parts:
    """Take a number apart; one that no distribution wrote is all upstream."""
    if not _debian(text):
        return Parts(0, text, "", "", "")
    found = _EPOCH.fullmatch(text)
    epoch, rest = (int(found[1]), found[2]) if found else (0, text)
    binary = _BINARY_ONLY.search(rest)
    rest = rest[: binary.start()] if binary else rest
    added = "".join(_DISTRIBUTION.findall(rest))
    rest = _DISTRIBUTION.sub("", rest)
    split = _REVISION.fullmatch(rest)
    upstream, revision = (split[1], split[2]) if split else (rest, "")
    upstream = upstream.rpartition("+really")[2]  # a step back that must look like one forward
    packing = "".join(_PACKING.findall(upstream))
    return Parts(epoch, _PACKING.sub("", upstream), revision, packing + added, binary[0] if binary else "")


def _rest(text: str) -> str:
    """Return a number without its epoch, `-rc1` and the like as `~rc1`: before the release itself."""
    found = _EPOCH.fullmatch(text)
    return _UNRIPE.sub("~", found[2] if found and _debian(text) else text)


def _order(old: str, new: str) -> int:
    """Compare upstream before revision, each in Debian's order."""
    mine, theirs = (text.rpartition("-") if "-" in text else (text, "", "") for text in (old, new))
    return _debian_order(mine[0], theirs[0]) or _debian_order(mine[2], theirs[2])


def _debian_order(old: str, new: str) -> int:
    """Compare as Debian Policy 5.6.12 does: runs of non-digits, `~` before the end before letters, then numbers."""
    one, other = ([(words, int(digits or 0)) for words, digits in _RUN.findall(text)] for text in (old, new))
    for mine, theirs in zip_longest(one, other, fillvalue=("", 0)):
        weights = [[*map(_weight, words), 0] for words, _ in (mine, theirs)]
        if weights[0] != weights[1]:
            return 1 if weights[0] > weights[1] else -1
        if mine[1] != theirs[1]:
            return 1 if mine[1] > theirs[1] else -1
    return 0


def _weight(letter: str) -> int:
    """Return a letter's place in the order: `~` before the end (0), then letters, then all else."""
    return -1 if letter == "~" else ord(letter) if letter.isalpha() else ord(letter) + 0x110000


def _step(old: str, new: str) -> str:
    """Return what a step of the upstream number suggests."""
    if old == new:
        return "none"
    if _VENDOR.fullmatch(old) and _VENDOR.fullmatch(new):
        return _by_position(old, new)
    one, other = _SEMVER.fullmatch(old), _SEMVER.fullmatch(new)
    if one and other:
        return _semantic_step(one, other)
    first, second = _python(old), _python(new)
    return _python_step(first, second) if first and second else _by_position(old, new)


def _semantic_step(old: re.Match[str], new: re.Match[str]) -> str:
    before, after = ([int(number) for number in found.groups()[:3]] for found in (old, new))
    if before[:2] != after[:2] or (before != after and not any(after[:2])):
        return "function"
    if _early(old[4]) and (old[4], before) != (new[4], after):
        return "function"
    return "maintenance" if before != after or old[4] != new[4] else "rebuild"


def _early(name: str | None) -> bool:
    return bool(name and _EARLY.match(name))


def _python_step(old: Version, new: Version) -> str:
    if old.epoch != new.epoch:
        return "function"
    numbers = list(zip_longest(old.release, new.release, fillvalue=0))
    if any(mine != theirs for mine, theirs in numbers[:2]) or _promises_nothing(old, new):
        return "function"
    unripe = old.is_devrelease or bool(old.pre and old.pre[0] in "ab")
    if unripe and (old.pre, old.dev, old.release) != (new.pre, new.dev, new.release):
        return "function"
    if any(mine != theirs for mine, theirs in numbers) or old.pre != new.pre or old.dev != new.dev:
        return "maintenance"
    return "rebuild" if (old.post, old.local) != (new.post, new.local) else "none"


def _promises_nothing(old: Version, new: Version) -> bool:
    """Tell whether the step is one from 0.0.y to 0.0.z."""
    return old.release != new.release and len(new.release) > 2 and not any(new.release[:2]) and not any(old.release[:2])


def _by_position(old: str, new: str) -> str:
    """Return what the first token that differs says: by its letters where they have a meaning, else by its place."""
    mine, theirs = (_tokens(text) for text in (old, new))
    for place, (one, other) in enumerate(zip_longest(mine, theirs, fillvalue=("", ""))):
        if one != other:
            return _meaning(one[0] or other[0] if one[0] == other[0] or not (one[0] and other[0]) else "", place)
    return "none"


def _tokens(text: str) -> list[tuple[str, str]]:
    return [(word.upper(), digits.lstrip("0")) for word, digits in _WORD.findall(text) if word or digits]


def _meaning(word: str, place: int) -> str:
    if word in _BUILDS:
        return "rebuild"
    if word in _FIXES and place > 0:
        return "maintenance"
    return "function" if place < 2 or (word in _FEATURES and place < 3) else "maintenance"
