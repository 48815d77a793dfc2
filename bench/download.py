"""Fetch releases through the machine's own package clients; each client verifies what it fetched.

No package is installed and no package code runs: wheels, `npm pack` without scripts, `apt-get --download-only`.
"""

import fcntl
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from pairs import RealPair

DIGESTS = Path(__file__).parent / "digests.txt"
SOURCE_SUITES = ("bookworm", "trixie")
PATIENCE = 900  # seconds for one release


class FetchError(Exception):
    """The index no longer has this release, or has different bytes than the recipe was written for."""


def fetch(pair: RealPair, side: str, store: Path) -> Path:
    """Give the downloaded artifact (for Debian sources, the .dsc) of one side, from the store if it is there."""
    version = getattr(pair, side)
    folder = store / pair.kind / pair.name / version.replace(":", "%3a")
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        FETCHERS[pair.kind](pair.name, version, folder, store)
        check_digests(pair, version, folder)
        (folder / "done").touch()
    return artifact_in(folder)


def artifact_in(folder: Path) -> Path:
    """Find the file that stands for the release."""
    files = sorted(f for f in folder.iterdir() if f.name != "done")
    return next((f for f in files if f.suffix == ".dsc"), files[0])


def fetch_wheel(name: str, version: str, into: Path, _store: Path) -> None:
    """Fetch a wheel with pip, which verifies it against the index, whatever Python it asks for: it is never run."""
    asked = ["--quiet", "--no-deps", "--ignore-requires-python", "--only-binary", ":all:", "--dest", str(into)]
    run([sys.executable, "-m", "pip", "download", *asked, f"{name}=={version}"])


def fetch_npm(name: str, version: str, into: Path, _store: Path) -> None:
    """Fetch a package with npm, which verifies its integrity word."""
    run(["npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", str(into), f"{name}@{version}"])


def fetch_source(name: str, version: str, into: Path, store: Path) -> None:
    """Fetch a Debian source package with apt, which verifies it against the signed lists."""
    run(["apt-get", *apt_state(store), "source", "--quiet", "--download-only", f"{name}={version}"], into)


def fetch_orig(name: str, version: str, into: Path, store: Path) -> None:
    """Fetch only the upstream archive of a Debian source package, without Debian's own changes."""
    run(["apt-get", *apt_state(store), "source", "--quiet", "--download-only", "--tar-only", f"{name}={version}"], into)


def fetch_deb(name: str, version: str, into: Path, store: Path) -> None:
    """Fetch a Debian binary package with apt, `name:arm64` from the lists of that processor."""
    package, _, processor = name.partition(":")
    run(["apt-get", *apt_state(store, processor), "download", "--quiet", f"{package}={version}"], into)


def fetch_sources_jar(name: str, version: str, into: Path, _store: Path) -> None:
    """Fetch the archive of sources of a Java library with Maven, which verifies its checksum."""
    plugin = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"
    run(["mvn", "-q", "-B", plugin, f"-Dartifact={name}:{version}:jar:sources", f"-DoutputDirectory={into}"])


FETCHERS = {
    "pypi": fetch_wheel,
    "npm": fetch_npm,
    "maven": fetch_sources_jar,
    "debian": fetch_source,
    "orig": fetch_orig,
    "deb": fetch_deb,
}


def run(command: list[str], folder: Path | None = None) -> None:
    """Run a package client; its last words become the error."""
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        raise FetchError(f"{' '.join(command[:2])} ... {command[-1]}: nothing within {PATIENCE} s") from None
    if done.returncode:
        words = (done.stderr or done.stdout).strip().splitlines()
        raise FetchError(f"{' '.join(command[:2])} ... {command[-1]}: {words[-1] if words else 'failed'}")


def apt_state(store: Path, processor: str = "") -> list[str]:
    """Options for a private apt state: the machine's own archive, asked for sources of both suites as well.

    That of another processor is a state of its own, with lists of packages alone.
    """
    root = store / (f"apt-{processor}" if processor else "apt")
    for folder in ("lists/partial", "cache/archives/partial", "parts"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    options = {
        "Dir::Etc::sourcelist": "/dev/null",
        "Dir::Etc::sourceparts": root / "parts",
        "Dir::State::lists": root / "lists",
        "Dir::Cache": root / "cache",
        "APT::Sandbox::User": "root",
    }
    if processor:
        options |= {"APT::Architecture": processor, "APT::Architectures": processor, "Dir::State::status": "/dev/null"}
        options |= {"Acquire::Languages": "none", "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled": "false"}
    words = [word for key, value in options.items() for word in ("-o", f"{key}={value}")]
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "updated").exists():
            update(root, words, "deb" if processor else "deb deb-src")
    return words


def update(root: Path, words: list[str], types: str) -> None:
    """Fetch the lists; where one cannot be had, the releases in it will be missed one by one."""
    text = widened_sources(Path("/etc/apt")).replace("Types: deb deb-src", f"Types: {types}")
    (root / "parts" / "corpus.sources").write_text(text, encoding="utf-8")
    try:
        run(["apt-get", *words, "update", "--quiet"])
    except FetchError as trouble:
        if not list((root / "lists").glob("*Packages*")):
            raise
        print(f"apt: {trouble}", flush=True)
    (root / "updated").touch()


def widened_sources(etc: Path) -> str:
    """Rewrite the machine's own entries so that they offer sources, and both suites of the corpus."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(etc.glob("sources.list.d/*.sources"))]
    stanzas = [stanza for text in texts for stanza in re.split(r"\n\s*\n", text)]
    ours = [widen(s) for s in stanzas if re.search(r"^Suites:.*\b(?:bookworm|trixie)", s, re.MULTILINE)]
    return "\n\n".join(ours) + "\n"


def widen(stanza: str) -> str:
    """Ask one deb822 stanza for binaries and sources of both suites (and their updates or security)."""
    ending = "-security" if "-security" in stanza else ""
    suites = " ".join(f"{suite}{ending}" for suite in SOURCE_SUITES)
    stanza = re.sub(r"^Types:.*$", "Types: deb deb-src", stanza, flags=re.MULTILINE)
    return re.sub(r"^Suites:.*$", f"Suites: {suites}", stanza, flags=re.MULTILINE)


def check_digests(pair: RealPair, version: str, folder: Path) -> None:
    """Compare with the digests that the recipes were written for; a release not seen before is recorded."""
    key = f"{pair.kind}/{pair.name}@{version}"
    found = {f"{key} {f.name} {sha256(f.read_bytes()).hexdigest()}\n" for f in folder.iterdir()}
    with DIGESTS.open("r+", encoding="utf-8") as listing:
        fcntl.flock(listing, fcntl.LOCK_EX)
        lines = set(listing)
        known = {line for line in lines if line.startswith(f"{key} ")}
        if known and known != found:
            raise FetchError(f"{key}: not the bytes this corpus was made from")
        if not known:
            listing.seek(0)
            listing.writelines(sorted(lines | found))
