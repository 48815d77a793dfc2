"""What could not be seen is a part as well, and one that could be seen before is a change."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import structs

from zoll.errors import CannotRead
from zoll.model import Change, Fact, Gap, Hunk, Pair, Part, Place, Reading, Release, Tally
from zoll.pairing.files import Pairing
from zoll.reports.summary import contents
from zoll.store.vault import EMPTY

UNSEEN = "unseen"
Hops = tuple[str, ...]
Read = Callable[[str], bytes]


def with_unseen(release: Release) -> Release:
    """Return the release with a part (kind `unseen`, no digest) at each place where it has a gap and no bytes."""
    nothing = {part.place.hops for part in release.parts if part.digest == EMPTY}
    there = {part.place.hops for part in release.parts} - nothing
    sizes: dict[Hops, int] = {}
    for gap in release.gaps:
        if gap.at.hops not in there:
            sizes[gap.at.hops] = max(sizes.get(gap.at.hops, 0), gap.size)
    # of a release that is one broken archive the digest is known
    whole: dict[Hops, str] = {(release.name,): release.digest}
    unseen = [Part(Place(hops), UNSEEN, whole.get(hops, ""), size) for hops, size in sizes.items()]
    seen = (part for part in release.parts if part.place.hops not in sizes)
    parts = sorted((*seen, *unseen), key=lambda part: part.place)
    return _weighed(release, structs.replace(release, parts=tuple(parts))) if unseen else release


def _weighed(before: Release, after: Release) -> Release:
    """Return the release with what is unseen counted as unpacked: its container says how big it is."""
    less, more, unpacked = contents(before), contents(after), before.unpacked
    parts, size = more.parts - less.parts, more.bytes - less.bytes
    return structs.replace(after, unpacked=Tally(unpacked.parts + parts, unpacked.bytes + size))


def readable(read: Read) -> Read:
    """Return a `read` that gives nothing for bytes that are gone: whoever compares them tells the gap."""

    def attempt(digest: str) -> bytes:
        try:
            return read(digest)
        except CannotRead:
            return b""

    return attempt


def with_gaps(changes: Sequence[Change], pairing: Pairing, gaps: Iterable[Gap]) -> list[Change]:
    """Return the changes with a gained `gap` at every part of the new release that could not be seen and may differ."""
    reasons: dict[str, dict[Hops, dict[str, str]]] = {"old": defaultdict(dict), "new": defaultdict(dict)}
    for gap in sorted(gaps):
        if gap.side in reasons:
            reasons[gap.side][gap.at.hops].setdefault(gap.reason, gap.stage)
    known = {(change.pair.place, change.pair.new is None): change for change in changes}
    for pair in pairing.pairs:
        if pair.new and (found := reasons["new"].get(pair.new.place.hops)):
            before = reasons["old"].get(pair.old.place.hops, {}) if pair.old else {}
            gained = tuple(_gained(pair, found, before))
            if gained:
                key = pair.place, False
                known[key] = _grown(known.get(key), pair, gained)
    return [known[key] for key in sorted(known)]


def _gained(pair: Pair, now: dict[str, str], before: dict[str, str]) -> Iterator[Reading]:
    """Yield the gaps that are new, and those of containers whose bytes changed unseen."""
    for reason, stage in sorted(now.items()):
        was = "gap" if reason in before else "readable" if pair.old else "absent"
        if pair.new and (was != "gap" or (stage == "open" and _may_differ(pair))):
            yield Reading(Fact("gap", reason, (f"was:{was}",)), Place(pair.new.place.hops), pair.new.kind)


def _may_differ(pair: Pair) -> bool:
    """Tell whether the bytes of two unseen parts differ, as far as their digests or told sizes say."""
    old, new = pair.old, pair.new
    return not old or not new or old.digest != new.digest or old.size != new.size


def _grown(change: Change | None, pair: Pair, gained: tuple[Reading, ...]) -> Change:
    """Return the change with a gap in it; one hunk without lines holds what is said of the part as a whole."""
    hunks = list(change.hunks) if change else []
    for number, hunk in enumerate(hunks):
        if not hunk.old[0] and not hunk.new[0]:
            hunks[number] = structs.replace(hunk, gained=tuple(sorted((*hunk.gained, *gained))))
            break
    else:
        hunks.append(Hunk(gained=gained))
    return structs.replace(change, hunks=tuple(hunks)) if change else Change(pair, tuple(hunks))
