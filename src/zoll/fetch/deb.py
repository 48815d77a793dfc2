"""`pkg:deb/debian/name@version`: through apt's own configuration, in a state folder of zoll's own.

The system never changes. apt keeps verifying Release signatures with the user's keyrings, and files by the lists.
Nothing is unpacked or installed.
"""

import fcntl
import hashlib
import os
import re
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from packageurl import PackageURL

from zoll.catalogue import Doc
from zoll.errors import BadInput, CannotFetch
from zoll.fetch import sources
from zoll.fetch.nearest import nearest

DOC = Doc(
    title="Debian and Ubuntu packages, from the archives that apt is configured with",
    reads=(
        "pkg:deb/debian/NAME@VERSION?distro=bookworm&arch=arm64",
        "pkg:deb/debian/SOURCE@VERSION?distro=trixie&arch=source",
    ),
    yields=("deb", "dsc"),
    limitations=(
        "needs apt-get; an archive holds only the versions that it has today, a snapshot those of its day",
        "distro= turns the suites of the configured archives (bookworm-updates becomes trixie-updates)",
        "without distro=: the suites that are configured; without arch=: this machine's; without a version: the newest",
        "the private lists are refreshed when older than a day or when a version is missing",
    ),
)
QUALIFIERS = ("arch", "distro")
DAY = 86400
ALLOWED = {
    "name": re.compile(r"[a-z0-9][a-z0-9+.-]*"),
    "version": re.compile(r"[0-9A-Za-z][0-9A-Za-z.+:~-]*"),
    "arch": re.compile(r"[a-z0-9][a-z0-9-]*"),
    "distro": re.compile(r"[a-z0-9][a-z0-9.-]*"),
}
# Hooks of the user's configuration would touch the system; translations and component lists are not read.
SETTINGS = """#clear APT::Architectures;
#clear APT::Update;
#clear DPkg::Pre-Install-Pkgs;
#clear DPkg::Post-Invoke;
#clear Acquire::IndexTargets::deb::DEP-11;
#clear Acquire::IndexTargets::deb::CNF;
APT::Architecture "{arch}";
APT::Architectures {{ "{arch}"; }};
Acquire::Languages "none";
Acquire::GzipIndexes "true";
Dir::State "{state}";
Dir::State::lists "{state}/lists";
Dir::State::status "{state}/status";
Dir::Cache "{state}/cache";
Dir::Cache::pkgcache "pkgcache.bin";
Dir::Cache::srcpkgcache "srcpkgcache.bin";
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "{state}/sources";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
"""


def origin(purl: PackageURL) -> str:
    """Return the archives that apt would ask."""
    return sources.written(_archives(purl), "deb")


def fetch(purl: PackageURL, folder: Path, progress: Callable[[str], None]) -> Path:
    """Fetch the package, or its source as .dsc with the archives beside it, into `folder`."""
    for name, value in {"name": purl.name, "version": purl.version or "", **(purl.qualifiers or {})}.items():
        if value and name in ALLOWED and not ALLOWED[name].fullmatch(value):
            raise BadInput(f"{purl.to_string()}: {value!r} is not a {name} that Debian knows")
    with _private_apt(purl, folder.parent / "archives") as apt:
        if not apt.fresh():
            apt.refresh(progress)
        if not apt.has(purl) and not apt.just_refreshed:
            apt.refresh(progress)
        if not apt.has(purl):
            raise _missing(purl, apt.versions(purl), apt.trouble)
        progress(f"{purl.name}: fetching")
        return apt.download(purl, folder)


class _Apt:
    """apt's tools with a state folder of their own."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self.just_refreshed = False
        self.trouble = ""

    def run(self, *words: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
        program = _program(words[0])
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            [program, "-q", "-c", str(self.state / "apt.conf"), *words[1:]],
            cwd=folder or self.state,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )

    def fresh(self) -> bool:
        stamp = self.state / "refreshed"
        return stamp.exists() and time.time() - stamp.stat().st_mtime < DAY

    def refresh(self, progress: Callable[[str], None]) -> None:
        """Fetch the lists. One archive that fails (a suite without security updates) does not spoil the others."""
        progress("apt: fetching the archive's lists")
        done = self.run("apt-get", "update")
        self.just_refreshed = True
        self.trouble = _complaint(done.stderr)
        lists = list((self.state / "lists").glob("*_Packages*")) + list((self.state / "lists").glob("*_Sources*"))
        if not lists:
            raise CannotFetch(
                f"apt-get update: {self.trouble or 'gave no lists'}; check the network and apt's sources and keyrings"
            )
        (self.state / "refreshed").touch()

    def versions(self, purl: PackageURL) -> list[str]:
        """Return the versions at hand, oldest first as apt sorts them the other way round."""
        table = self.run("apt-cache", "madison", purl.name).stdout
        rows = [[cell.strip() for cell in row.split("|")] for row in table.splitlines()]
        wanted = "Sources" if _source(purl) else "Packages"
        found = [row[1] for row in rows if len(row) == 3 and row[0] == purl.name and row[2].endswith(wanted)]
        return list(dict.fromkeys(reversed(found)))

    def has(self, purl: PackageURL) -> bool:
        there = self.versions(purl)
        return purl.version in there if purl.version else bool(there)

    def download(self, purl: PackageURL, folder: Path) -> Path:
        """Download into a folder beside and move the files over when all are there."""
        wanted = f"{purl.name}={purl.version}" if purl.version else purl.name
        how = ("source", "--only-source", "--download-only") if _source(purl) else ("download",)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".partial-") as partial:
            done = self.run("apt-get", *how, wanted, folder=Path(partial))
            found = sorted(Path(partial).glob("*.dsc" if _source(purl) else "*.deb"))
            if done.returncode or not found:
                raise CannotFetch(
                    f"{purl.to_string()}: {_complaint(done.stderr) or 'apt gave no file'}; try again later"
                )
            for file in Path(partial).iterdir():
                file.replace(folder / file.name)
            return folder / found[0].name


def _source(purl: PackageURL) -> bool:
    return bool((purl.qualifiers or {}).get("arch") == "source")


def _archives(purl: PackageURL) -> list[sources.Archive]:
    distro, vendor = (purl.qualifiers or {}).get("distro", ""), purl.namespace or ""
    words = ("shell", "LIST", "Dir::Etc::sourcelist/f", "PARTS", "Dir::Etc::sourceparts/d")
    named = _answers(words)
    parts = Path(named.get("PARTS", "/etc/apt/sources.list.d"))
    files = sorted(file for file in parts.glob("*") if file.suffix in (".list", ".sources"))
    found = sources.configured([Path(named.get("LIST", "/etc/apt/sources.list")), *files])
    found = sources.retargeted(found, vendor, distro) if distro else found
    if not found:
        raise CannotFetch(
            f"{purl.to_string()}: apt's sources name no archive of {vendor or 'Debian'}; add one with {distro or 'it'}"
        )
    return found


def _answers(words: tuple[str, ...]) -> dict[str, str]:
    """Ask apt-config for settings."""
    done = subprocess.run([_program("apt-config"), *words], capture_output=True, text=True, check=False)
    pairs = (word.partition("=") for word in shlex.split(done.stdout))
    return {name: value for name, _, value in pairs}


def _program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise CannotFetch(
            f"{name}: not on this machine; pkg:deb is fetched with apt, so download the package and give the file"
        )
    return found


@contextmanager
def _private_apt(purl: PackageURL, root: Path) -> Iterator[_Apt]:
    """Make the state folder of these archives and architecture, and hold it against a second zoll."""
    arch = (purl.qualifiers or {}).get("arch", "")
    if arch in ("", "all", "source"):
        arch = _answers(("shell", "ARCH", "APT::Architecture")).get("ARCH", "amd64")
    text = sources.written(_archives(purl), "deb-src" if _source(purl) else "deb")
    state = root / hashlib.sha256(f"{text}\n{arch}".encode()).hexdigest()[:24]
    for name in ("lists/partial", "cache/archives/partial", "sources"):
        (state / name).mkdir(parents=True, exist_ok=True)
    (state / "status").touch()
    (state / "sources" / "zoll.sources").write_text(text, encoding="utf-8")
    (state / "apt.conf").write_text(SETTINGS.format(arch=arch, state=state.resolve()), encoding="utf-8")
    with (state / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield _Apt(state)


def _complaint(text: str) -> str:
    """Return apt's first error, else its first warning, without its mark."""
    lines = [line for line in text.splitlines() if line.startswith(("E: ", "W: ")) and "unsandboxed" not in line]
    return next((line[3:] for mark in "EW" for line in lines if line[0] == mark), "").rstrip(".")


def _missing(purl: PackageURL, there: list[str], trouble: str) -> CannotFetch:
    if not there:
        kind = "source package" if _source(purl) else "package"
        aside = f" (apt says: {trouble})" if trouble else ""
        return CannotFetch(
            f"{purl.to_string()}: no {kind} of that name in apt's archives{aside}; check the name, distro= and arch="
        )
    near = ", ".join(nearest(purl.version or "", there))
    return CannotFetch(f"{purl.to_string()}: not in apt's archives; they have {near}. Give one of these, or the file")
