"""The simple repository API: JSON (PEP 691) or HTML (PEP 503, with PEP 592's yanked files)."""

import re
from collections.abc import Iterator
from contextlib import suppress
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import msgspec
from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)
from packaging.version import Version

from zoll.errors import CannotFetch
from zoll.fetch.digests import Digest, strongest
from zoll.fetch.web import Page, shown

ACCEPT = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1"


class Offer(msgspec.Struct, frozen=True):
    """One file that an index offers. `form`: pure (a wheel for any machine), sdist, platform (a wheel for some)."""

    name: str
    url: str
    version: Version
    form: str
    digest: Digest | None = None
    yanked: str | None = None


def offers(page: Page, project: str) -> list[Offer]:
    """Return the files of `project` on an index page; other names, and links into this machine, are passed over."""
    rows = _json(page) if page.kind.endswith("json") else _html(page)
    found = (offer_of(name, url, project, digest, yanked) for name, url, digest, yanked in rows if _remote(url))
    return [offer for offer in found if offer]


def offer_of(
    name: str, url: str, project: str, digest: Digest | None = None, yanked: str | None = None
) -> Offer | None:
    """Return the offer that a file name speaks of, None if it is not a wheel or sdist of `project`.

    >>> offer_of("Zoll_Demo-1.0-py3-none-any.whl", "", "zoll-demo").form
    'pure'
    """
    try:
        if name.endswith(".whl"):
            found, version, _, tags = parse_wheel_filename(name)
            form = "pure" if any(tag.abi == "none" and tag.platform == "any" for tag in tags) else "platform"
        else:
            found, version = parse_sdist_filename(re.sub(r"\.(tar\.bz2|tar\.xz|tgz)$", ".tar.gz", name))
            form = "sdist"
    except (InvalidWheelFilename, InvalidSdistFilename):
        return None
    return Offer(name, url, version, form, digest, yanked) if found == canonicalize_name(project) else None


def _remote(url: str) -> bool:
    """Say whether an address leads elsewhere: a page must not choose files of the reader's own machine."""
    return url.startswith(("https://", "http://"))


Row = tuple[str, str, Digest | None, str | None]


def _json(page: Page) -> Iterator[Row]:
    try:
        files: list[dict[str, Any]] = msgspec.json.decode(page.data)["files"]
        for file in files:
            yanked = file.get("yanked", False)
            reason = None if yanked is False else (yanked if isinstance(yanked, str) else "")
            yield (
                str(file["filename"]),
                urljoin(page.url, str(file["url"])),
                strongest(file.get("hashes") or {}),
                reason,
            )
    except (msgspec.DecodeError, KeyError, TypeError, AttributeError) as error:
        raise CannotFetch(
            f"{shown(page.url)}: not a simple index ({error}); check index-url in pip's configuration"
        ) from error


def _html(page: Page) -> Iterator[Row]:
    anchors = _Anchors()
    with suppress(AssertionError):  # how the parser says that a declaration is broken; the links before it stand
        anchors.feed(page.data.decode("utf-8", "replace"))
    base = urljoin(page.url, anchors.base)
    for link, yanked in anchors.links:
        url, mark = urldefrag(urljoin(base, link))
        algorithm, _, value = mark.partition("=")
        yield unquote(urlsplit(url).path.rsplit("/", 1)[-1]), url, strongest({algorithm: value}), yanked


class _Anchors(HTMLParser):
    """Collects the links of a page, each with its yanked reason (None when it is not yanked)."""

    def __init__(self) -> None:
        super().__init__()
        self.base = ""
        self.links: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "base" and not self.base:
            self.base = named.get("href") or ""
        elif tag == "a" and named.get("href"):
            self.links.append((named["href"] or "", (named["data-yanked"] or "") if "data-yanked" in named else None))
