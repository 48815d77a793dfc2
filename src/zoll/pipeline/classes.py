"""The change class: which components there are, what their numbers suggest, what changed in them."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, structs

from zoll.declared.versions import Step, step, step_of
from zoll.judge.nature import Found, Numbers, disputes, natures
from zoll.judge.reasons import Outlook, features
from zoll.model import Change, ChangeClass, Feature, Finding, Pair, Part, Place, Release
from zoll.pairing.files import Pairing
from zoll.pairing.names import unversioned
from zoll.parse.numbering import suggests
from zoll.pipeline.lifting import REBUILT
from zoll.pipeline.spoken import spoken

Read = Callable[[str], bytes]
Hops = tuple[str, ...]
MOST = 24
# Folders that hold programs or packages rather than being one.
HOLDERS = frozenset(
    (
        "apps",
        "bin",
        "cmd",
        "components",
        "contrib",
        "crates",
        "deps",
        "dist-packages",
        "extern",
        "external",
        "internal",
        "lib",
        "lib64",
        "libexec",
        "libs",
        "local",
        "modules",
        "node_modules",
        "opt",
        "packages",
        "pkg",
        "plugins",
        "programs",
        "projects",
        "sbin",
        "services",
        "share",
        "site-packages",
        "source",
        "src",
        "third_party",
        "thirdparty",
        "usr",
        "vendor",
    )
)
# Folders that hold what a component says of itself, not a component.
BESIDE = re.compile(
    r"(?i)(?:\.(?:dist-info|egg-info|data)|^(?:debian|meta-inf|docs?|man|manuals?|tests?|testing|spec|examples?|samples?"
    r"|locales?|po|i18n|m4|\.\w{1,20}))$"
)
NUMBER = re.compile(r"[-_. ]?#")
SMALL = 256_000  # bytes of a file that may hold versions
BINARY = ("data/", "executable/", "container/")


class Novelties(Struct, frozen=True):
    """What is known of the class before anything is judged: the versions of the whole, and what came and went."""

    numbers: Numbers
    features: list[tuple[Feature, ...]]

    @property
    def circumstances(self) -> tuple[str, ...]:
        """What holds of every change of the upgrade."""
        told = (one for some in self.features for one in some)
        return ("numbered:maintenance",) if disputes(self.numbers, told) else ()


def novelties(old: Release, new: Release, changes: Sequence[Change], outlook: Outlook, read: Read) -> Novelties:
    """Return the versions of both releases and what newly came in or went, change by change."""
    return Novelties(numbers_of(step(old, new, read)), features(changes, outlook))


def classes(
    old: Release,
    new: Release,
    pairing: Pairing,
    changes: Sequence[Change],
    findings: Sequence[Finding],
    noise: Mapping[Hops, str],
    fresh: Novelties,
    read: Read,
) -> tuple[ChangeClass, ...]:
    """Return the class of the whole and of each component that changed."""
    homes = Homes((*old.parts, *new.parts), pairing.pairs)
    numbers = {**component_numbers(old.parts, new.parts, homes, read), "": fresh.numbers}
    pairs = [pair for pair in pairing.pairs if _differs(pair)]
    noise = {**dict.fromkeys(_stamped(pairs, noise, fresh.numbers, read), "version"), **noise}
    found = Found(changes, fresh.features, pairs, findings, noise, spoken(pairs, noise, read), _acting(changes))
    return natures(found, homes, numbers)


def _acting(changes: Iterable[Change]) -> frozenset[Hops]:
    """Return the files with functions that do something otherwise; where most differ, the compiler may have."""
    return frozenset(
        change.pair.place.hops for change in changes if change.pair.place.symbol and REBUILT not in change.standing
    )


def _stamped(pairs: Iterable[Pair], noise: Mapping[Hops, str], numbers: Numbers, read: Read) -> Iterator[Hops]:
    """Yield the files in which nothing but the versions of the releases differs."""
    one, other = numbers.old.encode(), numbers.new.encode()
    if not one or one == other:
        return
    for pair in pairs:
        if not pair.old or not pair.new or pair.place.hops in noise or pair.new.kind.startswith(BINARY):
            continue
        small = max(pair.old.size, pair.new.size) <= SMALL
        if small and read(pair.old.digest).replace(one, b"\0") == read(pair.new.digest).replace(other, b"\0"):
            yield pair.place.hops


def _differs(pair: Pair) -> bool:
    return not pair.old or not pair.new or pair.old.digest != pair.new.digest


def numbers_of(one: Step) -> Numbers:
    """Return the versions of a step and what it suggests."""
    return Numbers(one.old.version, one.new.version, suggests(one.old.version, one.new.version))


class Homes:
    """The components of an upgrade: packages inside, and top folders or programs of a tree."""

    def __init__(self, parts: Iterable[Part], pairs: Sequence[Pair]) -> None:
        trails = {part.place.hops: _trail(part.place.hops) for part in parts if not part.place.symbol}
        self._trails = {hops: trail for hops, trail in trails.items() if trail}
        self._names = _components(set(self._trails.values()))
        changed = Counter(self._long(pair.place.hops) for pair in pairs)
        ranked = sorted((name for name in changed if name), key=lambda name: (-changed[name], name))
        self._kept = frozenset(ranked[:MOST])

    def __call__(self, hops: Hops) -> str:
        """Return the component of a place, "" for what stands at the top or in one of very many small ones."""
        name = self._long(hops)
        return name if name in self._kept else ""

    def _long(self, hops: Hops) -> str:
        trail = self._trails.get(hops) or _trail(hops)
        for depth in range(len(trail) - 1, 0, -1):
            if trail[:depth] in self._names:
                return self._names[trail[:depth]]
        return ""

    def kept(self) -> frozenset[str]:
        """Return the names of the components that changed most."""
        return self._kept


def component_numbers(old: Iterable[Part], new: Iterable[Part], homes: Homes, read: Read) -> dict[str, Numbers]:
    """Return the versions of each component that states one, in its own folder or in its folder's name."""
    sides: tuple[dict[str, list[Part]], dict[str, list[Part]]] = (defaultdict(list), defaultdict(list))
    for side, parts in zip(sides, (old, new), strict=True):
        for part in parts:
            name = homes(part.place.hops)
            if name:
                side[name].append(part)
    found = {}
    for name in sorted(sides[0].keys() & sides[1].keys()):
        inner = [_inside(side[name]) for side in sides]
        found[name] = numbers_of(step_of(inner[0][1], inner[1][1], (inner[0][0], inner[1][0]), read))
    return {name: one for name, one in found.items() if one.old and one.new}


def _trail(hops: Hops) -> tuple[str, ...]:
    """Return a place as names from the outermost to the innermost, without versions."""
    return tuple(unversioned(step) for hop in hops for step in hop.split("/"))


def _components(trails: set[tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    """Return the folders that are components, each with its name: below what holds all, below mere holders."""
    below: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for trail in trails:
        for depth in range(1, len(trail)):
            below[trail[: depth - 1]].add(trail[:depth])
    files = {trail[:-1] for trail in trails}
    found: list[tuple[str, ...]] = []
    waiting: list[tuple[tuple[str, ...], bool]] = [((), True)]
    while waiting:
        folder, opens = waiting.pop()
        inner = below.get(folder, set())
        if inner and (opens or folder[-1].lower() in HOLDERS):
            alone = opens and len(inner) == 1 and folder not in files  # the one folder that holds all
            waiting += [(one, alone) for one in sorted(inner)]
        elif folder:
            found.append(folder)
    return {folder: NUMBER.sub("", "/".join(folder)) for folder in found if not BESIDE.search(folder[-1])}


def _inside(parts: Sequence[Part]) -> tuple[str, list[Part]]:
    """Return the name of the folder that holds parts, and the parts as seen from inside it."""
    paths = ["/".join(part.place.hops).split("/") for part in parts]
    depth = 0
    while all(len(path) > depth + 1 for path in paths) and len({path[depth] for path in paths}) == 1:
        depth += 1
    inner = [
        structs.replace(part, place=Place(("/".join(path[depth:]),))) for part, path in zip(parts, paths, strict=True)
    ]
    return paths[0][depth - 1] if depth else "", inner
