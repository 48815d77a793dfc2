"""`pkg:npm/[%40scope/]name@version`: from the user's own registry, as npm is configured; no script of it runs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import msgspec
from packageurl import PackageURL

from zoll.catalogue import Doc
from zoll.errors import BadInput, CannotFetch
from zoll.fetch import npmrc, web
from zoll.fetch.defaults import npm_registry
from zoll.fetch.digests import WEAK, Digest, from_integrity
from zoll.fetch.nearest import nearest
from zoll.fetch.npmrc import NpmSettings

DOC = Doc(
    title="npm packages, from the registries that npm is configured with",
    reads=("pkg:npm/NAME@VERSION", "pkg:npm/%40SCOPE/NAME@VERSION", "pkg:npm/NAME@TAG"),
    yields=("tgz",),
    limitations=(
        "a project's own .npmrc is read, but lines of it that name environment variables are not",
        "a version without an integrity or shasum in the registry is refused",
        "without a version: the one tagged latest",
    ),
)
QUALIFIERS: tuple[str, ...] = ()
ACCEPT = "application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8"


class Dist(msgspec.Struct, frozen=True):
    """Where a version's archive lies and what its bytes must be."""

    tarball: str
    integrity: str = ""
    shasum: str = ""


class Version(msgspec.Struct, frozen=True):
    """One version in a packument."""

    dist: Dist
    deprecated: Any = ""


class Packument(msgspec.Struct, frozen=True):
    """What a registry says of a package (npm's "package metadata", abbreviated form)."""

    versions: dict[str, Version] = {}
    tags: dict[str, str] = msgspec.field(default_factory=dict, name="dist-tags")


def origin(purl: PackageURL) -> str:
    """Return the registry that npm would ask."""
    return npmrc.load().registry(purl.namespace or "")


def fetch(purl: PackageURL, folder: Path, progress: Callable[[str], None]) -> Path:
    """Fetch a version's archive into `folder`."""
    if purl.namespace and not purl.namespace.startswith("@"):
        raise BadInput(f"{purl.to_string()}: an npm scope starts with @; write pkg:npm/%40{purl.namespace}/{purl.name}")
    settings = npmrc.load()
    registry = settings.registry(purl.namespace or "")
    packument = _packument(purl, settings, registry)
    number = _number(purl, packument)
    dist = packument.versions[number].dist
    digest = _digest(dist, f"{purl.name}@{number}", progress)
    url = _tarball(urljoin(registry, dist.tarball), registry)
    name = f"{purl.name}-{number}.tgz".replace("/", "_")
    progress(f"{name}: fetching")
    return web.save(url, settings.access(url), folder / name, digest, settings.authorization(url))


def _packument(purl: PackageURL, settings: NpmSettings, registry: str) -> Packument:
    name = f"{purl.namespace}/{purl.name}" if purl.namespace else purl.name
    url = registry + quote(name, safe="@")
    page = web.read(url, settings.access(url), {"Accept": ACCEPT, **settings.authorization(url)})
    if page is None:
        raise CannotFetch(
            f"{purl.to_string()}: not in {web.shown(registry)}; check the name and `npm config get registry`"
        )
    try:
        return msgspec.json.decode(page.data, type=Packument)
    except msgspec.DecodeError as error:
        raise CannotFetch(
            f"{web.shown(url)}: not an npm registry ({error}); check `npm config get registry`"
        ) from error


def _number(purl: PackageURL, packument: Packument) -> str:
    wanted = purl.version or "latest"
    number = wanted if wanted in packument.versions else packument.tags.get(wanted, "")
    if number in packument.versions:
        return number
    near = nearest(wanted, list(packument.versions))
    raise CannotFetch(f"{purl.to_string()}: no such version; nearest are {', '.join(near)}")


def _digest(dist: Dist, name: str, progress: Callable[[str], None]) -> Digest:
    digest = from_integrity(dist.integrity) or (Digest("sha1", dist.shasum.lower()) if dist.shasum else None)
    if digest is None:
        raise CannotFetch(
            f"{name}: the registry gives no integrity to hold it against; run `npm pack` yourself and give the file"
        )
    if digest.name in WEAK:
        progress(f"{name}: the registry gives only {digest.name}, which forgers can match")
    return digest


def _tarball(url: str, registry: str) -> str:
    """Return the archive's address; the mirror in use is asked for one on the default one (replace-registry-host)."""
    default, cut, own = urlsplit(npm_registry()), urlsplit(url), urlsplit(registry)
    if cut.netloc != default.netloc or own.netloc == default.netloc:
        return url
    path = own.path.rstrip("/") + cut.path
    return cut._replace(scheme=own.scheme, netloc=own.netloc, path=path).geturl()
