"""Gets pages and files from an index with the user's own proxies, certificates and credentials.

Credentials never follow a redirect to another host, and no redirect leads from https to http.
"""

import hashlib
import http.client
import netrc
import os
import ssl
import tempfile
import time
from base64 import b64encode
from pathlib import Path
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit, urlunsplit
from urllib.request import (
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
    getproxies,
)

from msgspec import Struct

from zoll.errors import CannotFetch
from zoll.fetch.digests import Digest

MOST_PAGE = 256 * 2**20  # bytes of an index page
MOST_FILE = 16 * 2**30  # bytes of a package
PIECE = 2**20
TRIES = 3
GONE = (404, 410)
DENIED = (401, 403, 407)


class Access(Struct, frozen=True):
    """How to reach an index. `unverified`: hosts (or host:port, or *) whose certificate nobody checks."""

    proxy: str = ""
    cafile: str = ""
    ca: str = ""
    certificate: str = ""
    key: str = ""
    unverified: tuple[str, ...] = ()
    timeout: float = 30.0
    where: str = "your index's configuration"


class Page(Struct, frozen=True):
    """An answer: the address it came from in the end, its media type, its bytes."""

    url: str
    kind: str
    data: bytes


def shown(url: str) -> str:
    """Return the address without credentials, as messages show it.

    >>> shown("https://me:secret@index.example/simple/?x=1")
    'https://index.example/simple/'
    """
    cut = urlsplit(url)
    return urlunsplit((cut.scheme, cut.netloc.rpartition("@")[2], cut.path, "", ""))


def basic(user: str, password: str) -> str:
    """Return the value of an Authorization header (RFC 7617)."""
    return "Basic " + b64encode(f"{user}:{password}".encode()).decode()


def credentials(url: str) -> str:
    """Return the Authorization that the address itself or the user's netrc gives, else ""."""
    cut = urlsplit(url)
    if cut.username:
        return basic(unquote(cut.username), unquote(cut.password or ""))
    file = os.environ.get("NETRC") or str(Path.home() / ".netrc")
    try:
        found = netrc.netrc(file).authenticators(cut.hostname or "")
    except (OSError, netrc.NetrcParseError):
        return ""
    return basic(found[0], found[2] or "") if found else ""


def read(url: str, access: Access, headers: dict[str, str] | None = None) -> Page | None:
    """Return the page at `url`, None where there is none; raise CannotFetch for everything else."""
    with _asked(url, access, headers or {}) as answer:
        if answer.status in GONE:
            return None
        data = answer.read(MOST_PAGE + 1)
        if len(data) > MOST_PAGE:
            raise CannotFetch(f"{shown(url)}: the index's page is over {MOST_PAGE >> 20} MiB; check {access.where}")
        return Page(answer.url, answer.headers.get_content_type(), data)


def save(url: str, access: Access, into: Path, expected: Digest, headers: dict[str, str] | None = None) -> Path:
    """Write the file at `url` to `into`, only if its bytes have the digest that the index gave."""
    with _asked(url, access, headers or {}) as answer:
        if answer.status in GONE:
            raise CannotFetch(f"{shown(url)}: named by the index, but not there; the mirror may be behind, try another")
        _written(answer, into, expected, shown(url))
    return into


def _written(answer: IO[bytes], into: Path, expected: Digest, name: str) -> None:
    """Copy to a file beside `into` and move it there once the digest is right; leave nothing behind otherwise."""
    into.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=into.parent, prefix=".partial-")
    try:
        with os.fdopen(handle, "wb") as file:
            found = _copied(answer, file, expected.name, name)
        if found != expected.hex:
            raise CannotFetch(
                f"{name}: its {expected.name} is {found[:16]}..., the index says {expected.hex[:16]}...; "
                "not used: the file was changed on the way or the index is wrong"
            )
        Path(temporary).replace(into)
    except OSError as error:
        raise CannotFetch(f"{name}: {error}; try again, or check the space in {into.parent}") from error
    finally:
        Path(temporary).unlink(missing_ok=True)


def _copied(answer: IO[bytes], file: IO[bytes], algorithm: str, name: str) -> str:
    digest, size = hashlib.new(algorithm, usedforsecurity=False), 0
    while piece := answer.read(PIECE):
        size += len(piece)
        if size > MOST_FILE:
            raise CannotFetch(f"{name}: over {MOST_FILE >> 30} GiB; download it yourself and give the file")
        digest.update(piece)
        file.write(piece)
    return digest.hexdigest()


def _asked(url: str, access: Access, headers: dict[str, str]) -> http.client.HTTPResponse:
    """Open `url`, trying again when the line or the server fails; credentials in it go into a header."""
    cut = urlsplit(url)
    if cut.scheme not in ("http", "https"):
        raise CannotFetch(f"{shown(url)}: zoll fetches http and https addresses only; check {access.where}")
    sent = {"User-Agent": "zoll", "Accept": "*/*", **headers}
    if "Authorization" not in sent and (found := credentials(url)):
        sent["Authorization"] = found
    bare = urlunsplit((cut.scheme, cut.netloc.rpartition("@")[2], cut.path or "/", cut.query, ""))
    opener = _opener(access, cut.hostname or "", cut.port)
    for wait in (0.5, 1.5, None):
        try:
            answer: http.client.HTTPResponse = opener.open(Request(bare, headers=sent), timeout=access.timeout)
        except HTTPError as error:
            if error.code in GONE:
                return _gone(error)
            if wait is None or error.code < 500:
                raise _refused(error, access) from error
        except (URLError, OSError, http.client.HTTPException) as error:
            if wait is None or _hopeless(error):
                raise _unreachable(url, error, access) from error
        else:
            return answer
        time.sleep(wait)
    raise AssertionError("the last try either answers or raises")


def _gone(error: HTTPError) -> http.client.HTTPResponse:
    """Return the error as the answer that it is: it reads, closes and has a status."""
    return error  # type: ignore[return-value]  # urllib's own documentation: HTTPError "can also function as a response"


def _hopeless(error: Exception) -> bool:
    reason = getattr(error, "reason", error)
    return isinstance(reason, (ssl.SSLCertVerificationError, ConnectionRefusedError))


def _refused(error: HTTPError, access: Access) -> CannotFetch:
    hint = (
        f"check the credentials in {access.where}" if error.code in DENIED else "try again later or use another mirror"
    )
    return CannotFetch(f"{shown(error.url)}: the server answers {error.code} {error.reason}; {hint}")


def _unreachable(url: str, error: Exception, access: Access) -> CannotFetch:
    reason = getattr(error, "reason", error)
    return CannotFetch(f"{shown(url)}: {reason}; check the network, the proxy and {access.where}")


def _opener(access: Access, host: str, port: int | None) -> OpenerDirector:
    proxies = {"http": access.proxy, "https": access.proxy} if access.proxy else getproxies()
    return build_opener(ProxyHandler(proxies), HTTPSHandler(context=_context(access, host, port)), _Redirects())


def _context(access: Access, host: str, port: int | None) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=access.cafile or None, cadata=access.ca or None)
        if access.certificate:
            context.load_cert_chain(access.certificate, access.key or None)
    except (OSError, ssl.SSLError) as error:
        raise CannotFetch(
            f"{access.cafile or access.certificate}: no usable certificates ({error}); check {access.where}"
        ) from error
    if {host, f"{host}:{port}", "*"} & set(
        access.unverified
    ):  # the user's own setting: pip's trusted-host, npm's strict-ssl
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


class _Redirects(HTTPRedirectHandler):
    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage, newurl: str
    ) -> Request | None:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if old.scheme == "https" and new.scheme != "https":
            raise URLError(f"the server redirects from https to {new.scheme}, which is refused")
        following = super().redirect_request(req, fp, code, msg, headers, newurl)
        if following is not None and old.netloc != new.netloc:
            following.remove_header("Authorization")
        return following
