"""npm's own configuration, as npm merges it: global, user and project `.npmrc`, then `npm_config_*` variables."""

import base64
import binascii
import os
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from zoll.fetch.defaults import npm_registry
from zoll.fetch.web import Access, basic

VARIABLE = re.compile(r"\$\{([^${}]{1,100}?)(\??)\}")


class NpmSettings:
    """npm's settings on this machine, by their names in `.npmrc`."""

    def __init__(self, values: dict[str, str]) -> None:
        self.values = values

    def registry(self, scope: str) -> str:
        """Return the registry of a scope (`@scope` or ""), with a slash at its end."""
        named = self.values.get(f"{scope}:registry") if scope else None
        return (named or self.values.get("registry") or npm_registry()).rstrip("/") + "/"

    def authorization(self, url: str) -> dict[str, str]:
        """Return the header for an address: the credentials of the longest `//host/path/` that it lies under."""
        cut = urlsplit(url)
        path = f"//{cut.netloc.rpartition('@')[2]}{cut.path}"
        while path.count("/") > 2:
            path = path.rpartition("/")[0]
            found = self._credentials(f"{path}/")
            if found:
                return {"Authorization": found}
        return {}

    def _credentials(self, prefix: str) -> str:
        token, pair = self.values.get(f"{prefix}:_authToken"), self.values.get(f"{prefix}:_auth")
        if token:
            return f"Bearer {token}"
        if pair:
            return f"Basic {pair}"
        user, coded = self.values.get(f"{prefix}:username"), self.values.get(f"{prefix}:_password")
        return basic(user, _decoded(coded)) if user and coded else ""

    def access(self, url: str) -> Access:
        """How to reach a registry."""
        secure, host = url.startswith("https:"), urlsplit(url).hostname or ""
        prefix = f"//{urlsplit(url).netloc.rpartition('@')[2]}/"
        proxy = self.values.get("https-proxy") or self.values.get("proxy") if secure else self.values.get("proxy")
        passed = re.split(r"[,\s]+", self.values.get("noproxy", ""))
        return Access(
            proxy=""
            if proxy in (None, "null", "false") or any(name and host.endswith(name) for name in passed)
            else proxy,
            cafile=self.values.get(f"{prefix}:cafile", self.values.get("cafile", "")),
            ca=self.values.get("ca", "").replace("\\n", "\n"),
            certificate=self.values.get(f"{prefix}:certfile", ""),
            key=self.values.get(f"{prefix}:keyfile", ""),
            unverified=("*",) if self.values.get("strict-ssl") == "false" else (),
            where="npm's configuration (npm config list)",
        )


def load() -> NpmSettings:
    """Read npm's configuration files and environment; npm itself need not be there."""
    named = _environment()
    values: dict[str, str] = {}
    for path, trusted in config_files(named):
        values |= parsed(path, trusted)
    return NpmSettings(values | named)


def config_files(named: dict[str, str]) -> list[tuple[Path, bool]]:
    """Return the files, the weaker first, each with whether environment variables in it may be filled in.

    They may not in a project's own `.npmrc`: zoll often stands in a folder that it has reason to distrust, and a line
    like `//host/:_authToken=${TOKEN}` there would hand the user's token to that host.
    """
    program = shutil.which("node") or "/usr/local/bin/node"
    prefix = Path(named.get("prefix") or Path(program).parent.parent)
    shared = Path(named.get("globalconfig") or prefix / "etc" / "npmrc")
    user = Path(named.get("userconfig") or Path.home() / ".npmrc")
    project = _project() / ".npmrc"
    return [(shared, True), (user, True), *([] if project == user else [(project, False)])]


def _project() -> Path:
    """Return npm's local prefix: the nearest folder upwards with a package.json or node_modules, else this one."""
    here = Path.cwd()
    marked = (
        folder
        for folder in (here, *here.parents)
        if (folder / "package.json").exists() or (folder / "node_modules").is_dir()
    )
    return next(marked, here)


def parsed(path: Path, trusted: bool = True) -> dict[str, str]:
    """Read one `.npmrc` (ini lines, `key[] = value` lists joined by commas, `${VARIABLE}`)."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    values: dict[str, str] = {}
    for line in lines:
        name, equals, value = (piece.strip() for piece in line.partition("="))
        if not name or name[0] in "#;[" or (VARIABLE.search(line) and not trusted):
            continue
        key, value = name.strip("\"'"), _filled(value.strip("\"'")) if equals else "true"
        if key.endswith("[]"):
            key, value = key[:-2], ",".join(filter(None, (values.get(key[:-2], ""), value)))
        values[_filled(key)] = value
    return values


def _filled(text: str) -> str:
    """Fill in `${NAME}`; one that is not set stays as written, `${NAME?}` becomes empty."""
    return VARIABLE.sub(lambda found: os.environ.get(found[1], "" if found[2] else found[0]), text)


def _environment() -> dict[str, str]:
    found = {
        name[11:]: value
        for name, value in sorted(os.environ.items())
        if name.lower().startswith("npm_config_") and value
    }
    return {
        name if name.startswith(("//", "@")) else name.lower().replace("_", "-"): value for name, value in found.items()
    }


def _decoded(coded: str) -> str:
    try:
        return base64.b64decode(coded).decode("utf-8", "replace")
    except binascii.Error:
        return ""
