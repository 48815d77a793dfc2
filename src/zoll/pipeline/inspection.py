"""The order of the rooms."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import structs

from zoll import __version__
from zoll.components.delta import own_of
from zoll.components.touched import reworked
from zoll.declared.descriptions import MARKS
from zoll.declared.index import Index
from zoll.declared.lookup import declare
from zoll.declared.mention import Said
from zoll.declared.versions import step
from zoll.errors import BadInput
from zoll.judge.counts import read_counts
from zoll.judge.findings import judge
from zoll.model import Change, Gap, Part, Place, Release, Report
from zoll.openers.release import open_releases
from zoll.pairing.files import Pairing, pair_files
from zoll.pipeline.account import account
from zoll.pipeline.bills import hold_bills, read_advisories, read_bills
from zoll.pipeline.claiming import weigh_claims
from zoll.pipeline.classes import classes, novelties
from zoll.pipeline.comparing import Compared, compare_pairs
from zoll.pipeline.components import find_components
from zoll.pipeline.declaring import explained, read_notes
from zoll.pipeline.describing import find_interface
from zoll.pipeline.disputed import of_bills, of_claims, with_components
from zoll.pipeline.handed_on import with_handed_on
from zoll.pipeline.looking import find_words, words_of
from zoll.pipeline.peers import with_peers
from zoll.pipeline.phantoms import find_phantoms, open_source, with_phantoms
from zoll.pipeline.settings import Progress, Settings, Silence
from zoll.pipeline.stamps import stamps
from zoll.pipeline.unseen import readable, with_gaps, with_unseen
from zoll.pipeline.wrappers import follow
from zoll.sandbox.pool import Pool
from zoll.store.vault import Vault

COLLECT = (100_000, 50, 100)


def inspect(old: Path, new: Path, settings: Settings | None = None, progress: Progress | None = None) -> Report:
    """Return the report on the upgrade from `old` to `new`; raises ZollError where the caller can act."""
    settings, progress = settings or Settings(), progress or Silence()
    with (
        seldom_collected(),
        Vault() as vault,
        Pool(settings.jobs, settings.workers, vault.scratch, strict=settings.strict) as pool,
    ):
        return _inspect(old, new, settings, progress, pool, vault)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for garbage seldom: the work makes many small things that stay and few circles."""
    before = gc.get_threshold()
    gc.set_threshold(*COLLECT)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _inspect(old: Path, new: Path, settings: Settings, progress: Progress, pool: Pool, vault: Vault) -> Report:
    progress.stage("opening", 0)
    learned = read_counts(Path(settings.counts)) if settings.counts else None
    added, bills = _given(settings.notes, "notes", settings, pool, vault), read_bills(settings.sboms, pool)
    said_so = (*added, *_given(settings.sboms, "sbom", settings, pool, vault))
    advised = read_advisories(settings.advisories, pool)
    before, after = _opened(old, new, settings, progress, pool, vault)
    read = readable(vault.bytes)
    pairing = pair_files(before.parts, after.parts, read)
    versions = stamps(before, after, pairing, read)
    compared = compare_pairs(pairing.pairs, vault.bytes, pool, progress, versions, settings.keep)
    progress.stage("following calls", 0)
    changes = _followed(compared, pairing, after, read, pool)
    progress.stage("looking words up", 0)
    wanted = sorted({*words_of(changes), *MARKS})
    everywhere = (*before.parts, *after.parts, *said_so)
    found = find_words(wanted, everywhere, read, pool, settings.keep, before.digest)
    interface = find_interface((*after.parts, *said_so), found, read, pool)
    stated = step(before, after, read).old.version
    logged, unheard = read_notes(before.parts, after.parts, added, read, pool, stated)
    notes = (*logged, *advised)
    source, unopened = open_source(settings.source, settings.limits, pool, vault)
    inside = find_components(before, after, read, pool, source)
    components = reworked(inside.changes, changes)
    inventory = hold_bills(bills, after, components, read, pool)
    everything = (*pairing.unchanged, *pairing.moved, *pairing.pairs)
    phantoms = find_phantoms(after, source, everything, versions, read, pool)
    progress.stage("judging", 0)
    gaps = sorted({*_sided(before, "old"), *_sided(after, "new"), *compared.gaps, *inside.gaps, *unopened, *unheard})
    changes = with_phantoms(with_gaps(changes, pairing, gaps), phantoms)
    changes = with_components(changes, components, own_of(components, after.name), inventory)
    told = (*after.parts, *added)
    claims = weigh_claims(
        notes, before.parts, told, pairing.pairs, changes, read, pool, noise=compared.noise, components=components
    )
    disputed = (*of_claims(claims, after.parts), *of_bills(inventory, after.parts))
    said = Said(note for note in notes if note.fresh)
    index = Index(before.parts, (*after.parts, *said_so), found, read, said, interface)
    fresh = novelties(before, after, changes, index, read)
    judged = (*changes, *disputed)
    findings = judge(judged, index, fresh.circumstances, learned)
    return Report(
        old=before,
        new=after,
        account=account(before, after, pairing, judged, gaps, compared.noise, findings),
        findings=findings,
        gaps=tuple(gaps),
        made_by=f"zoll {__version__}",
        notes=notes,
        source=tuple(Path(path).name for path in settings.source),
        phantoms=phantoms,
        functions=tuple(compared.functions),
        classes=classes(before, after, pairing, changes, findings, compared.noise, fresh, read),
        claims=claims,
        components=components,
        inventory=inventory,
        declared=explained(declare(changes, index, said), told, read, pool),
    )


def _followed(
    compared: Compared, pairing: Pairing, after: Release, read: Callable[[str], bytes], pool: Pool
) -> list[Change]:
    """Return the changes with what the rest of the new release says of the functions they call."""
    seen = {pair.new.digest for pair in pairing.pairs if pair.new}
    unread = [part for part in after.parts if part.digest not in seen]
    changes = follow(compared.changes, compared.defined, unread, read, pool)
    return with_peers(with_handed_on(changes, after.parts, read, pool), after.parts, read, pool)


def _opened(
    old: Path, new: Path, settings: Settings, progress: Progress, pool: Pool, vault: Vault
) -> tuple[Release, ...]:
    seen = 0

    def tell(parts: int) -> None:
        nonlocal seen
        progress.step(max(parts - seen, 0))
        seen = max(parts, seen)

    return tuple(map(with_unseen, open_releases((old, new), pool, vault, settings.limits, tell)))


def _given(paths: Sequence[str], what: str, settings: Settings, pool: Pool, vault: Vault) -> tuple[Part, ...]:
    """Return the parts of what the user adds; they count as the new release's own when its words are looked up."""
    if not paths:
        return ()
    missing = [path for path in paths if not Path(path).exists()]
    if missing:
        raise BadInput(f"cannot read {missing[0]}: no such file; name a file after --{what}")
    opened = open_releases([Path(path) for path in paths], pool, vault, settings.limits)
    return tuple(
        structs.replace(part, place=Place((what, *part.place.hops))) for release in opened for part in release.parts
    )


def _sided(release: Release, side: str) -> list[Gap]:
    return [structs.replace(gap, side=side) for gap in release.gaps]
