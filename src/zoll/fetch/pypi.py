"""`pkg:pypi/name@version`: from the user's own index, as pip is configured; no code of a package runs."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from packageurl import PackageURL
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from zoll.catalogue import Doc
from zoll.errors import BadInput, CannotFetch
from zoll.fetch import pipconf, web
from zoll.fetch.digests import WEAK
from zoll.fetch.nearest import nearest
from zoll.fetch.pipconf import PipSettings
from zoll.fetch.simple import ACCEPT, Offer, offer_of, offers

DOC = Doc(
    title="Python packages, from the indexes that pip is configured with",
    reads=(
        "pkg:pypi/NAME@VERSION",
        "pkg:pypi/NAME@VERSION?file=sdist",
        "pkg:pypi/NAME@VERSION?file=wheel",
        "pkg:pypi/NAME@VERSION?file_name=FILE",
    ),
    yields=("wheel", "sdist"),
    limitations=(
        "without `file=`: the wheel for any machine if there is one, then the sdist, then a wheel for one machine",
        "credentials from the index address, netrc and client-cert; not from a keyring",
        "a file without a hash in the index is refused, and so are two indexes with different bytes for one file name",
        "without a version: the newest final release that is not yanked",
    ),
)
QUALIFIERS = ("file", "file_name")
ORDER = {"": ("pure", "sdist", "platform"), "sdist": ("sdist",), "wheel": ("pure", "platform")}


def origin(_purl: PackageURL) -> str:
    """Return the indexes and links that pip would ask."""
    settings = pipconf.load()
    return "\n".join((*settings.indexes, *settings.links))


def fetch(purl: PackageURL, folder: Path, progress: Callable[[str], None]) -> Path:
    """Fetch one file of the release into `folder`."""
    qualifiers = dict(purl.qualifiers or {})
    wanted, settings = _version(purl), pipconf.load()
    if qualifiers.get("file", "") not in ORDER:
        raise BadInput(f"file={qualifiers['file']}: write file=sdist or file=wheel")
    found = [*_linked(purl.name, settings), *_indexed(purl.name, settings)]
    release = _release(purl, wanted, found)
    chosen = _chosen(purl, qualifiers, release)
    if chosen.yanked is not None:
        progress(f"{chosen.name}: yanked from the index ({chosen.yanked or 'no reason given'})")
    progress(f"{chosen.name}: fetching")
    return _got(chosen, folder, settings, progress)


def _version(purl: PackageURL) -> Version | None:
    try:
        return Version(purl.version) if purl.version else None
    except InvalidVersion as error:
        raise BadInput(f"{purl.to_string()}: {purl.version} is not a version of a Python package (PEP 440)") from error


def _indexed(name: str, settings: PipSettings) -> list[Offer]:
    found: list[Offer] = []
    access, asked = settings.access(), canonicalize_name(name)
    for index in settings.indexes:
        page = web.read(f"{index}/{asked}/", access, {"Accept": ACCEPT, **_login(index)})
        found += [_with_login(offer, index) for offer in offers(page, name)] if page else []
    return found


def _login(index: str) -> dict[str, str]:
    found = web.credentials(index)
    return {"Authorization": found} if found else {}


def _with_login(offer: Offer, index: str) -> Offer:
    """Give a file on the index's own host the credentials of the index's address, as pip does."""
    cut, file = urlsplit(index), urlsplit(offer.url)
    host = cut.netloc.rpartition("@")[2]
    if not cut.username or file.netloc != host:
        return offer
    return Offer(
        offer.name, file._replace(netloc=cut.netloc).geturl(), offer.version, offer.form, offer.digest, offer.yanked
    )


def _linked(name: str, settings: PipSettings) -> list[Offer]:
    """Return what `find-links` offers: files of a folder, or the links of a page."""
    found: list[Offer | None] = []
    for link in settings.links:
        local = Path(unquote(urlsplit(link).path)) if link.startswith("file:") else Path(link).expanduser()
        if "://" in link and not link.startswith("file:"):
            page = web.read(link, settings.access())
            found += offers(page, name) if page else []
        elif local.is_dir():
            found += [offer_of(file.name, file.as_uri(), name) for file in sorted(local.resolve().iterdir())]
    return [offer for offer in found if offer]


def _release(purl: PackageURL, wanted: Version | None, found: list[Offer]) -> list[Offer]:
    if not found:
        raise CannotFetch(
            f"{purl.to_string()}: no package of that name in pip's indexes; check the name and `pip config list`"
        )
    if wanted is None:
        final = [offer.version for offer in found if offer.yanked is None and not offer.version.is_prerelease]
        wanted = max(final or [offer.version for offer in found])
    release = [offer for offer in found if offer.version == wanted]
    if not release:
        near = nearest(str(wanted), [str(version) for version in sorted({offer.version for offer in found})])
        raise CannotFetch(f"{purl.to_string()}: no such version; nearest are {', '.join(near)}")
    return release


def _chosen(purl: PackageURL, qualifiers: dict[str, str], release: list[Offer]) -> Offer:
    named = qualifiers.get("file_name", "")
    for form in ORDER[qualifiers.get("file", "")]:
        of_form = [offer for offer in release if (offer.name == named if named else offer.form == form)]
        names = dict.fromkeys(offer.name for offer in of_form)
        if len(names) > 1 and form == "platform":
            raise CannotFetch(
                f"{purl.to_string()}: {len(names)} wheels; add file_name=, such as {', '.join(sorted(names)[:3])}"
            )
        if of_form:
            return _agreed(min(names), of_form)
    there = ", ".join(sorted({offer.name for offer in release}))
    raise CannotFetch(f"{purl.to_string()}: no such file in this release; there are {there}")


def _agreed(name: str, release: list[Offer]) -> Offer:
    """Return the first offer of a file name, unless two indexes disagree about its bytes."""
    same = [offer for offer in release if offer.name == name]
    digests = {offer.digest.name: set[str]() for offer in same if offer.digest}
    for offer in same:
        if offer.digest:
            digests[offer.digest.name].add(offer.digest.hex)
    if any(len(found) > 1 for found in digests.values()):
        hosts = ", ".join(sorted({urlsplit(offer.url).hostname or "a folder" for offer in same}))
        raise CannotFetch(
            f"{name}: {hosts} offer different bytes under this name; find out why, then fetch the right one yourself"
        )
    return same[0]


def _got(chosen: Offer, folder: Path, settings: PipSettings, progress: Callable[[str], None]) -> Path:
    if chosen.url.startswith("file:"):  # a folder of the user's own
        return Path(unquote(urlsplit(chosen.url).path))
    if chosen.digest is None:
        raise CannotFetch(
            f"{chosen.name}: the index gives no hash to hold it against; download it yourself and give the file"
        )
    if chosen.digest.name in WEAK:
        progress(f"{chosen.name}: the index gives only {chosen.digest.name}, which forgers can match")
    return web.save(chosen.url, settings.access(), folder / chosen.name, chosen.digest)
