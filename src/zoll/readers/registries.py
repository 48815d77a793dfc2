"""Where packages, updates, actions and base images come from, and how firmly they are pinned."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse import dockerfile
from zoll.parse.entry import Entry
from zoll.readers.bounds import aside, bounded
from zoll.readers.entries import calls, entries, is_lock, told
from zoll.readers.material import Material
from zoll.readers.words import shown

DIGEST = re.compile(r"@sha256:[0-9a-f]{32,64}\b|@[0-9a-f]{40}\b|\A[0-9a-f]{40}\Z")
BRANCHES = frozenset(
    {
        "main",
        "master",
        "develop",
        "dev",
        "trunk",
        "head",
        "HEAD",
        "latest",
        "edge",
        "nightly",
        "stable",
        "next",
        "rolling",
        "unstable",
        "testing",
    }
)
# What cargo takes crates from anyway; a list of what is allowed (cargo-deny) brings nothing by naming it.
CRATES = "https://github.com/rust-lang/crates.io-index"
USES = re.compile(r"(?:^|\.)uses\Z")
# Where a manifest tells people to find its source; package managers take nothing from there.
SOURCE = re.compile(r"(?:package\.)?(?:repository|scm)(?:\.(?:url|type|directory|connection))?\Z")
MANIFESTS = frozenset(("package.json", "composer.json", "Cargo.toml", "bower.json", "pom.xml", "project.xml"))
# Who keeps the forge's own actions; anybody else's run with what the job is given.
FORGE = re.compile(r"(?:https?://[\w.]{3,60}/)?(?:actions|github|docker://ghcr\.io/actions)/")
TOKEN = re.compile(r"secrets\.\w|github\.token")
WRITES = re.compile(
    r"(?:^|\.)permissions(?:\.(?:contents|packages|actions|id-token|deployments|pages|security-events|checks))?\Z"
)
IMAGE = re.compile(
    r"(?:^|\.)(?:[\w-]*image(?:\.name)?|docker\[\]\.image|container|baseImage|from_image)\Z", re.IGNORECASE
)
IMAGE_TEXT = re.compile(r"[\w.-]+(?::\d+)?(?:/[\w.-]+)*(?::[\w.${}-]+)?(?:@sha256:[0-9a-f]+)?\Z")
PLACE = re.compile(
    r"(?:^|\.)(?:[\w-]*registry|[\w-]*registries[^.]*|@?[\w-]+:registry|index[-_]?url|"
    r"extra[-_]index[-_]url|find[-_]links|trusted[-_]host|repository_url|repo(?:sitory)?[-_]?url"
    r"|baseurl|mirrorlist|metalink|mirror\w*|update[-_]?(?:url|server|host|uri|source|address|feed)s?|"
    r"\w*update\w*\.(?:url|host|server|address|feed)s?|firmware[-_]?(?:url|server)|ota[-_]?\w*"
    r"|download[-_]?(?:url|server|host|base)s?|feed[-_]?url|appcast|SUFeedURL|package[-_]?source|"
    r"binary\.(?:host|remote_path)|uris|GOPROXY|GOSUMDB|GONOSUMCHECK|GONOSUMDB|GOFLAGS|GOINSECURE|"
    r"PIP_[A-Z_]*(?:URL|HOST|LINKS)"
    r"|NPM_CONFIG_REGISTRY|npm_config_registry|helmRepo|repositories(?:\[\])?(?:\.\w+)?\.url|"
    r"repository(?:\.url)?|source(?:\[\])?\.\w*\.?(?:url|registry|replace-with)|source_url|"
    r"source_fallback_url|patch_url|wrapdb_version|publishConfig\.registry|repoURL|chart_repo|"
    r"apt_repository|Server|signed-by)(?:\[\])?\Z",
    re.IGNORECASE,
)
SECTIONS = re.compile(
    r"^(?:registries|source|tool\.(?:poetry\.source|uv\.(?:index|sources)|pdm\.source)|repos|"
    r"repositories)(?:\[\])?\b.*\b(?:url|registry|index|name|replace-with|repo|rev)(?:\[\])?\Z"
)
APT = re.compile(r"[ \t]*(deb(?:-src)?)[ \t]+(?:\[([^\]]{0,300})\][ \t]*)?(\S+)[ \t]+(\S+)(.{0,200})")
APK = re.compile(r"(?:@\w+[ \t]+)?(https?://\S+)[ \t]*\Z")
LINED = re.compile(r"^\s*(?:--(index-url|extra-index-url|find-links|trusted-host)[ =]+|-([if])[ =]+)(\S+)")
GEMS = re.compile(
    r"""^[ \t]*(?:source[ \t(]+|git_source\b.*?|maven[ \t]*\{?[ \t]*(?:url|setUrl)?[ \t=(]*(?:uri\()?|url[ """
    r"""\t=(]+(?:uri\()?)['"](https?://[^'"]{3,300})['"]"""
)
SHARED = re.compile(r"""@Library\(['"]([^'"]+)['"]|library[ \t(]+['"]([^'"]+@[^'"]+)['"]""")
PLAIN = re.compile(r"https?://|^[\w.-]+\.[a-z]{2,}(?:[:/]|\Z)", re.IGNORECASE)
DOC = Doc(
    title="Registries, update addresses, actions and images, with their pins",
    reads=("*",),
    yields=("registry", "image"),
    limitations=("a tag counts as a pin of its own kind: it may move",),
)


def pin_of(reference: str) -> str:
    """Return how firmly a reference is pinned: digest, tag, branch or none.

    >>> pin_of("a/b@v4"), pin_of("a/b@main"), pin_of("debian"), pin_of("x@sha256:" + "0" * 64)
    ('tag', 'branch', 'none', 'digest')
    """
    if DIGEST.search(reference):
        return "digest"
    tail = reference.rsplit("/", 1)[-1]
    mark = "@" if "@" in reference else ":" if ":" in tail else ""
    if not mark:
        return "none"
    pin = (reference if mark == "@" else tail).rsplit(mark, 1)[1]
    return "branch" if pin in BRANCHES or not re.search(r"\d", pin) else "tag"


def read(material: Material) -> Iterator[Reading]:
    """Yield sources of packages and images."""
    if not aside(material) and material.kind.startswith(("config/", "text/", "code/ruby", "document/text")):
        yield from bounded(_all(material))


def _all(material: Material) -> Iterator[Reading]:
    kind, name = material.kind, material.part.place.name
    if kind == "config/dockerfile":
        yield from _dockerfile(material)
    elif kind in ("config/cmake", "config/meson"):
        yield from _fetched(material)
    elif kind.startswith("config/") and not is_lock(material) and kind not in ("config/make", "config/m4"):
        yield from _settings(material)
    if name.endswith((".list", ".txt", ".in", ".pip", ".gradle", ".kts")) or name in (
        "repositories",
        "Gemfile",
        "Jenkinsfile",
        "sources.list",
    ):
        yield from _lines(material)


def _say(material: Material, kind: str, value: str, line: int, pin: str, words: str = "", type_: str = "") -> Reading:
    type_ = type_ or ("own" if value == CRATES and material.part.place.name == "deny.toml" else "")
    return material.say(kind, shown(" ".join(value.split())), line, 0, words or value, pinned=pin, type_=type_)


def _action(material: Material, value: str, line: int) -> str:
    """Return whose action it is: the forge's own, another's, or another's that may write or is handed a secret."""
    if FORGE.match(value):
        return "own"
    return "other-writes" if _writes(material) or line in _handed(material) else "other"


def _writes(material: Material) -> bool:
    return any(WRITES.search(entry.path) and entry.value.startswith("write") for entry in entries(material))


@lru_cache(maxsize=2)
def _handed(material: Material) -> frozenset[int]:
    """Return the lines of actions that are handed the workflow's token or a secret."""
    found, line = set(), 0
    for entry in entries(material):
        if USES.search(entry.path):
            line = entry.line
        elif line and TOKEN.search(entry.value) and (".with." in entry.path or ".env." in entry.path):
            found.add(line)
    return frozenset(found)


def _dockerfile(material: Material) -> Iterator[Reading]:
    stages: set[str] = set()
    for found in dockerfile.instructions(material.text):
        words = [word for word in found.rest.split() if not word.startswith("--")]
        image = ""
        if found.word in ("FROM", "#syntax") and words:
            image = words[0]
            if len(words) > 2 and words[1].upper() == "AS":
                stages.add(words[2].lower())
        elif found.word in ("COPY", "ADD"):
            image = next((word[7:] for word in found.rest.split() if word.startswith("--from=")), "")
            if found.word == "ADD" and words and "://" in words[0]:
                yield _say(
                    material,
                    "registry",
                    words[0],
                    found.line,
                    pin_of(words[0]) if "@" in words[0] else "none",
                    found.rest,
                )
        if image and image.lower() not in stages and image != "scratch" and not image.isdigit():
            yield _say(
                material,
                "image",
                image,
                found.line,
                "none" if image.startswith("$") else pin_of(image),
                f"{found.word} {found.rest}",
            )


def _fetched(material: Material) -> Iterator[Reading]:
    for call in calls(material):
        if call.name.lower() not in ("fetchcontent_declare", "externalproject_add", "cpmaddpackage", "file"):
            continue
        words = dict(pairwise(call.args))
        where = words.get("GIT_REPOSITORY") or words.get("URL") or words.get("DOWNLOAD")
        if where:
            tag = words.get("GIT_TAG", "")
            pin = (
                "digest"
                if {"URL_HASH", "EXPECTED_HASH", "URL_MD5"} & set(call.args)
                else pin_of(f"x@{tag}")
                if tag
                else "none"
            )
            yield _say(material, "registry", where, call.line, pin, " ".join(call.args))


def _settings(material: Material) -> Iterator[Reading]:
    revisions = {
        entry.group: entry.value
        for entry in entries(material)
        if entry.key in ("rev", "ref", "targetRevision", "revision", "tag")
    }
    for entry in told(material):
        yield from _setting(material, entry, revisions)


def _setting(material: Material, entry: Entry, revisions: dict[int, str]) -> Iterator[Reading]:
    value, path = entry.value.strip(), entry.path
    if not value or len(value) > 500 or (SOURCE.match(path) and material.part.place.name in MANIFESTS):
        return
    if USES.search(path):
        if not value.startswith(("./", "../")):
            kind = "image" if value.startswith("docker://") else "registry"
            bare = value.removeprefix("docker://")
            yield _say(material, kind, bare, entry.line, pin_of(bare), type_=_action(material, value, entry.line))
    elif re.search(
        r"(?:^|\.)repos\[\]\.repo\Z|^orbs\.|(?:^|\.)include\[\]\.(?:project|remote)\Z|(?:^|\.)repoURL\Z", path
    ) and value not in ("local", "meta"):
        revision = revisions.get(entry.group, "")
        shown_value = f"{value}@{revision}" if revision else value
        yield _say(
            material, "registry", shown_value, entry.line, pin_of(f"x@{revision}") if revision else pin_of(value)
        )
    elif (
        IMAGE.search(path)
        and IMAGE_TEXT.match(value)
        and ("image" in entry.key.lower() or ":" in value or "/" in value)
        and not value.endswith((".png", ".svg", ".jpg", ".ico", ".gif"))
    ):
        if entry.type == "text":
            yield _say(material, "image", value, entry.line, pin_of(value))
    elif (
        (PLACE.search(path) or SECTIONS.search(path))
        and (PLAIN.search(value) or entry.key.isupper() or entry.key in ("trusted-host", "replace-with", "signed-by"))
    ) or (
        material.part.place.name
        in ("sources.list", "pip.conf", ".npmrc", ".yarnrc.yml", "nuget.config", "NuGet.Config", "settings.xml")
        and PLAIN.search(value)
        and not re.search("token|password", path, re.IGNORECASE)
    ):
        yield _say(material, "registry", value, entry.line, "", f"{path}={value}")


def _lines(material: Material) -> Iterator[Reading]:
    for number, line in enumerate(material.lines, 1):
        if found := APT.match(line):
            trusted = " trusted=yes" if "trusted=yes" in (found[2] or "") else ""
            yield _say(material, "registry", f"{found[3]} {found[4]}{trusted}", number, "", line)
        elif found := LINED.match(line):
            yield _say(material, "registry", found[3], number, "", line)
        elif found := GEMS.match(line) or APK.match(line):
            yield _say(material, "registry", found[1], number, "", line)
        elif found := SHARED.search(line):
            value = found[1] or found[2]
            yield _say(material, "registry", value, number, pin_of(value), line)
