"""pip's own configuration, as pip merges it: global, user and site files, PIP_CONFIG_FILE, PIP_* variables."""

import configparser
import os
import sys
from pathlib import Path

from zoll.errors import CannotFetch
from zoll.fetch.defaults import python_index
from zoll.fetch.web import Access

SECTIONS = ("global", "download")  # what `pip download` reads, the weaker first


class PipSettings:
    """The settings of `pip download` on this machine, by pip's long option names."""

    def __init__(self, values: dict[str, str]) -> None:
        self.values = values

    def words(self, name: str) -> tuple[str, ...]:
        """Return a setting that may hold several words."""
        return tuple(self.values.get(name, "").split())

    @property
    def indexes(self) -> tuple[str, ...]:
        """The simple indexes to ask, in pip's order; none with `no-index`."""
        if self.values.get("no-index", "").lower() in ("1", "true", "yes", "on", "y", "t"):
            return ()
        named = (self.values.get("index-url", "").strip() or python_index(), *self.words("extra-index-url"))
        return tuple(dict.fromkeys(url.rstrip("/") for url in named))

    @property
    def links(self) -> tuple[str, ...]:
        """`find-links`: folders, pages or files."""
        return self.words("find-links")

    def access(self) -> Access:
        """How to reach the indexes."""
        certificate, _, key = self.values.get("client-cert", "").partition(os.pathsep)
        timeout = self.values.get("timeout", self.values.get("default-timeout", ""))
        return Access(
            proxy=self.values.get("proxy", ""),
            cafile=self.values.get("cert", ""),
            certificate=certificate,
            key=key,
            unverified=self.words("trusted-host"),
            timeout=float(timeout) if timeout.replace(".", "", 1).isdigit() else 30.0,
            where="pip's configuration (pip config list)",
        )


def load() -> PipSettings:
    """Read pip's configuration files and environment."""
    sections: dict[str, dict[str, str]] = {}
    for path in config_files():
        _merge(path, sections)
    values: dict[str, str] = {}
    for section in SECTIONS:
        values |= sections.get(section, {})
    return PipSettings(values | _environment())


def config_files() -> list[Path]:
    """Return the files that pip reads on this system, the weaker first (pip's manual, "Configuration")."""
    named = os.environ.get("PIP_CONFIG_FILE", "")
    if named == os.devnull:
        return []
    home = Path.home()
    config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    shared = [
        Path(folder) / "pip" / "pip.conf"
        for folder in os.environ.get("XDG_CONFIG_DIRS", "/etc/xdg").split(":")
        if folder
    ]
    mac = [Path("/Library/Application Support/pip/pip.conf"), home / "Library/Application Support/pip/pip.conf"]
    weaker = [*shared, Path("/etc/pip.conf"), *(mac if sys.platform == "darwin" else [])]
    stronger = [home / ".pip" / "pip.conf", config / "pip" / "pip.conf", Path(sys.prefix) / "pip.conf"]
    return [*weaker, *stronger, *([Path(named)] if named else [])]


def _merge(path: Path, sections: dict[str, dict[str, str]]) -> None:
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(path.read_text(encoding="utf-8"))
    except OSError:
        return  # not there, or not for this user: pip passes over it too
    except (configparser.Error, UnicodeDecodeError) as error:
        raise CannotFetch(
            f"{path}: not understood as pip's configuration ({str(error).splitlines()[0]}); mend the file"
        ) from error
    for section in parser.sections():
        named = {name.replace("_", "-"): value for name, value in parser.items(section)}
        sections.setdefault(section, {}).update(named)


def _environment() -> dict[str, str]:
    return {
        name.removeprefix("PIP_").lower().replace("_", "-"): value
        for name, value in os.environ.items()
        if name.startswith("PIP_") and value
    }
