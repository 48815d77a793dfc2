"""What a release depends on, and where each dependency comes from."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse import stanzas
from zoll.parse.entry import Entry
from zoll.readers.bounds import aside, bounded
from zoll.readers.entries import calls, entries
from zoll.readers.material import Material
from zoll.readers.tables import table
from zoll.readers.words import shown

REQUIREMENT = re.compile(r"\s*([A-Za-z0-9@][\w.@/+-]*)\s*(\[[^\]]{0,200}\])?\s*(.*)\Z", re.DOTALL)
GIT = re.compile(r"git(?:\+|@|:)|\.git(?:[#@?]|\Z)|^(?:github|gitlab|bitbucket|gist):|^[\w.-]+/[\w.-]+(?:#.+)?\Z")
URL = re.compile(r"(?:https?|ftp|s3)://|@\s{0,9}https?://")
PATH = re.compile(r"(?:file|link|portal|workspace):|^\.{0,2}/|^[A-Za-z]:\\")
GOMOD = re.compile(
    r"(?:require[ \t]+)?([\w.~-]+(?:/[\w.~-]+)+|[\w-]+\.[\w.-]+)[ \t]+(v[\w.+-]+)[ \t]*(//[ \t]*indirect)?"
)
GOREPLACE = re.compile(r"(?:replace[ \t]+)?(\S+)(?:[ \t]+v\S+)?[ \t]+=>[ \t]+(\S+)(?:[ \t]+(v\S+))?")
GEM = re.compile(r"""^[ \t]*(gem|\w+\.add_(?:runtime_|development_)?dependency)[ \t(]+['"]([\w.-]+)['"](.{0,300})""")
SETUP = re.compile(r"\b(install_requires|setup_requires|tests_require|extras_require|requires)\b['\"]?\s*[=:]")
QUOTED = re.compile(
    r"""['"]([A-Za-z][\w.-]{0,80}(?:\[[\w, -]{0,80}\])?\s*(?:(?:[<>=!~]=?|===)[^'"]{0,80}|@\s*\S{1,200}|"""
    r""";[^'"]{0,80})?)['"]"""
)
GRADLE = re.compile(
    r"\b(implementation|api|compile|compileOnly|runtimeOnly|testImplementation|testCompile|"
    r"annotationProcessor|kapt|ksp|classpath|provided|androidTestImplementation|debugImplementation|"
    r"id)\b[ \t(]+(?:platform\()?['\"]([\w.-]+(?::[\w.-]+)?)(?::([^'\"]{1,80}))?['\"](?:\)?[ \t]+version[ "
    r"\t]+['\"]([^'\"]+)['\"])?"
)
DEBIAN = {
    "Depends": "runtime",
    "Pre-Depends": "runtime",
    "Recommends": "optional",
    "Suggests": "optional",
    "Build-Depends": "build",
    "Build-Depends-Indep": "build",
    "Build-Depends-Arch": "build",
}
METADATA = re.compile(r"(?:PKG-INFO|METADATA)\Z")
REQUIREMENTS = re.compile(
    r"(?:^|/)(?:[\w.-]*requirements[\w.-]*|constraints[\w.-]*|requires)\.(?:txt|in|pip)\Z|(?:^|"
    r"/)requirements/[\w.-]+\.(?:txt|in)\Z"
)
HOST = re.compile(r"([a-z][a-z0-9+.-]{1,15})://(?:[^/@\s]{0,100}@)?([^/:\s\"']+)", re.IGNORECASE)
DOC = Doc(
    title="Dependencies of manifests, lock files and package metadata",
    reads=("*",),
    yields=("dependency",),
    limitations=(
        "lock files give their packages, and a place of origin where it differs from most others",
        "requirements computed at build time are not seen",
    ),
)


def read(material: Material) -> Iterator[Reading]:
    """Yield the dependencies that this part's name and content declare."""
    if not aside(material) and not material.kind.startswith(("executable/", "container/", "data/")):
        yield from bounded(_all(material))


def _all(material: Material) -> Iterator[Reading]:
    name, path = material.part.place.name, material.part.place.path.replace("!/", "/")
    if name.lower() in LOCKS:
        yield from LOCKS[name.lower()](material)
    elif REQUIREMENTS.search(path):
        yield from _requirements(material)
    elif name in ("go.mod", "go.work"):
        yield from _gomod(material)
    elif METADATA.search(name):
        yield from _metadata(material)
    elif name == "setup.py":
        yield from _setup(material)
    elif name == "Gemfile" or name.endswith(".gemspec"):
        yield from _gems(material)
    elif name.endswith((".gradle", ".gradle.kts")):
        yield from _gradle(material)
    elif name == "pom.xml" or name.endswith(".pom"):
        yield from _maven(material)
    elif name.endswith((".csproj", ".vbproj", ".fsproj", ".nuspec", ".props", ".targets")) or name == "packages.config":
        yield from _nuget(material)
    elif material.kind == "config/deb-control":
        yield from _debian(material)
    elif material.kind in ("config/cmake", "config/meson", "config/m4"):
        yield from _build(material)
    elif material.kind.startswith("config/"):
        yield from _manifest(material, path)


@cache
def _rows() -> list[tuple[dict[str, Any], re.Pattern[str], re.Pattern[str]]]:
    return [(row, re.compile(row["file"]), re.compile(row["path"])) for row in table("dependencies")["row"]]


def declares(path: str, entry: Entry) -> bool:
    """Say whether an entry of the file at `path` declares a dependency, and so is no plain setting."""
    return any(file.search(path) and pattern.search(entry.path) for _, file, pattern in _rows())


def _manifest(material: Material, path: str) -> Iterator[Reading]:
    rows = [row for row in _rows() if row[1].search(path)]
    if not rows:
        return
    for entry in entries(material):
        for row, _, pattern in rows:
            found = pattern.search(entry.path)
            if not found:
                continue
            group = row.get("groups", {}).get(found["group"], "runtime")
            if "keyed" in row:
                yield from _keyed(material, entry, row["keyed"], group)
            else:
                yield from _requirement(material, entry.value, entry.line, group)
            break


def _keyed(material: Material, entry: Entry, at: int, group: str) -> Iterator[Reading]:
    """Yield the dependency whose name is the key at `at`; a table (`version`, `git`, `path`) is told by its keys."""
    if len(entry.keys) <= at:
        if entry.keys[-1].endswith("[]"):
            yield from _requirement(material, entry.value, entry.line, group)
        return
    name, inner = entry.keys[at].rstrip("[]"), entry.keys[at + 1 :]
    if not inner:
        yield _say(material, name, entry.value, entry.line, group)
    elif inner[-1] in ("git", "url", "path", "file", "registry", "ref", "rev", "branch", "tag", "version"):
        value = entry.value
        origin = {"git": "git", "url": "url", "path": "path", "file": "path"}.get(inner[-1], "")
        if inner[-1] in ("ref", "rev", "branch", "tag"):
            value, origin = f"{inner[-1]} {value}", "git"
        yield _say(material, name, value, entry.line, group, origin)


def _requirement(material: Material, text: str, line: int, group: str) -> Iterator[Reading]:
    body = text.split(" #", 1)[0].strip()
    if re.match(r"(?:git|hg|svn|bzr)\+|https?:|file:|\.{0,2}/", body):
        egg = re.search(r"[#&]egg=([\w.-]+)", body)
        yield _say(material, egg[1] if egg else body, body, line, group)
        return
    found = REQUIREMENT.match(body)
    if found and found[1]:
        yield _say(material, found[1], found[3].split(";", 1)[0].strip(), line, group)


def origin_of(version: str) -> str:
    """Return where a dependency with this version text comes from: registry, git, url or path.

    >>> origin_of("^1.2"), origin_of("git+ssh://h/x"), origin_of("file:../x")
    ('registry', 'git', 'path')
    """
    text = version.strip()
    if PATH.search(text):
        return "path"
    if GIT.search(text):
        return "git"
    return "url" if URL.search(text) else "registry"


def _say(material: Material, name: str, version: str, line: int, group: str = "runtime", origin: str = "") -> Reading:
    shown_version = shown(" ".join(version.split()))
    return material.say(
        "dependency",
        shown(name.strip()),
        line,
        0,
        f"{name} {version}",
        from_=origin or origin_of(version),
        version=shown_version,
        group=group,
    )


def _requirements(material: Material) -> Iterator[Reading]:
    path = material.part.place.path
    group = "dev" if re.search(r"dev|test|lint|doc|ci", path.rsplit("/", 2)[-1]) else "runtime"
    for number, line in enumerate(material.lines, 1):
        body = line.strip()
        section = re.match(r"\[([^\]]*)\]", body)
        if section:
            group = "optional" if section[1] and not section[1].startswith(":") else group
        elif body.startswith(("-e ", "--editable ")):
            yield from _requirement(material, body.split(" ", 1)[1], number, group)
        elif body and body[0] not in "#-":
            yield from _requirement(material, body.split(" --hash")[0].rstrip("\\"), number, group)


def _gomod(material: Material) -> Iterator[Reading]:
    block = ""
    for number, line in enumerate(material.lines, 1):
        body = line.strip()
        opened = re.match(r"(require|replace|exclude|retract|use)[ \t]*\(", body)
        if opened or body == ")":
            block = opened[1] if opened else ""
        elif body.startswith("replace") or block == "replace":
            if found := GOREPLACE.match(body):
                origin = "path" if found[2].startswith((".", "/")) else "git"
                yield _say(material, found[1], f"=> {found[2]} {found[3] or ''}", number, "runtime", origin)
        elif (body.startswith("require") or block == "require") and (found := GOMOD.match(body)):
            yield _say(material, found[1], found[2], number, "optional" if found[3] else "runtime", "registry")


def _metadata(material: Material) -> Iterator[Reading]:
    for entry in stanzas.entries(material.text):
        if entry.key == "Requires-Dist":
            yield from _requirement(
                material, entry.value, entry.line, "optional" if "extra ==" in entry.value else "runtime"
            )


def _setup(material: Material) -> Iterator[Reading]:
    left, group = 0, "runtime"
    for number, line in enumerate(material.lines, 1):
        if found := SETUP.search(line):
            left, group = (
                40,
                {
                    "install_requires": "runtime",
                    "requires": "runtime",
                    "setup_requires": "build",
                    "extras_require": "optional",
                }.get(found[1], "dev"),
            )
        rest = line[found.end() :] if found else line
        if left:
            for text in QUOTED.findall(rest):
                yield from _requirement(material, text, number, group)
            left = 0 if re.match(r"\s*[\])}],?\s*$|.*\]\s*,?\s*$", rest) and group != "optional" else left - 1


def _gems(material: Material) -> Iterator[Reading]:
    for number, line in enumerate(material.lines, 1):
        if found := GEM.match(line):
            rest = found[3]
            origin = next(
                (
                    kind
                    for kind, mark in (
                        ("git", r"\b(?:git|github|gist):|:git\s*=>"),
                        ("path", r"\bpath:|:path\s*=>"),
                        ("url", r"\bsource:"),
                    )
                    if re.search(mark, rest)
                ),
                "registry",
            )
            group = "dev" if "development" in found[1] or "development" in rest or ":test" in rest else "runtime"
            yield _say(material, found[2], rest.strip(" ,)'\""), number, group, origin)


def _gradle(material: Material) -> Iterator[Reading]:
    for number, line in enumerate(material.lines, 1):
        for found in GRADLE.finditer(line):
            kind = found[1]
            group = (
                "build"
                if kind in ("classpath", "id", "annotationProcessor", "kapt", "ksp")
                else "dev"
                if "est" in kind
                else "runtime"
            )
            yield _say(material, found[2], found[3] or found[4] or "", number, group, "registry")


def _maven(material: Material) -> Iterator[Reading]:
    groups: dict[int, dict[str, Entry]] = {}
    for entry in entries(material):
        if len(entry.keys) > 1 and entry.keys[-2] in ("dependency", "plugin", "parent", "extension"):
            groups.setdefault(entry.group, {})[entry.keys[-1]] = entry
    for held in groups.values():
        artifact = held.get("artifactId")
        if artifact:
            words = {key: entry.value for key, entry in held.items()}
            kind = artifact.keys[-2]
            group = "dev" if words.get("scope") == "test" else "runtime" if kind == "dependency" else "build"
            origin = "path" if words.get("scope") == "system" or "systemPath" in words else "registry"
            yield _say(
                material,
                f"{words.get('groupId', '')}:{artifact.value}",
                words.get("version", ""),
                artifact.line,
                group,
                origin,
            )


def _nuget(material: Material) -> Iterator[Reading]:
    groups: dict[int, dict[str, Entry]] = {}
    for entry in entries(material):
        if len(entry.keys) > 1 and entry.keys[-2] in (
            "PackageReference",
            "package",
            "dependency",
            "ProjectReference",
            "PackageVersion",
            "Reference",
        ):
            groups.setdefault(entry.group, {})[entry.keys[-1].lower()] = entry
    for held in groups.values():
        named = held.get("@include") or held.get("@id") or held.get("@update")
        if named:
            version = held["@version"].value if "@version" in held else ""
            yield _say(
                material,
                named.value,
                version,
                named.line,
                "runtime",
                "path" if named.keys[-2] in ("ProjectReference", "Reference") else "registry",
            )


def _debian(material: Material) -> Iterator[Reading]:
    for entry in entries(material):
        group = DEBIAN.get(entry.key)
        if not group:
            continue
        for offset, row in enumerate(entry.value.split("\n")):
            for text in re.split(r"[,|]", row):
                found = re.match(r"\s*([a-z0-9][a-z0-9+.:-]+|\$\{[\w:-]+\})\s*(\([^)]{0,80}\))?", text)
                if found:
                    yield _say(
                        material,
                        found[1],
                        (found[2] or "").strip("()"),
                        min(entry.line + offset, entry.end),
                        group,
                        "registry",
                    )


def _build(material: Material) -> Iterator[Reading]:
    """Yield what CMake, Meson and configure look for, and what they fetch."""
    for call in calls(material):
        name, args = call.name.lower(), call.args
        if not args:
            continue
        first = " ".join(args[0].split())
        if name in ("find_package", "find_library", "pkg_check_modules", "pkg_search_module"):
            yield _say(
                material,
                first,
                args[1] if len(args) > 1 and args[1][:1].isdigit() else "",
                call.line,
                "build",
                "registry",
            )
        elif name in ("fetchcontent_declare", "externalproject_add", "cpmaddpackage"):
            words = dict(pairwise(args))
            where = words.get("GIT_REPOSITORY") or words.get("URL") or words.get("SOURCE_DIR") or ""
            yield _say(
                material,
                first,
                f"{where} {words.get('GIT_TAG', '')}",
                call.line,
                "build",
                "git" if "GIT_REPOSITORY" in words else "url" if where else "path",
            )
        elif (name in ("dependency", "subproject") and material.kind == "config/meson") or call.name in (
            "PKG_CHECK_MODULES",
            "AC_CHECK_LIB",
            "AC_SEARCH_LIBS",
        ):
            target = args[1] if call.name == "PKG_CHECK_MODULES" and len(args) > 1 else first
            yield _say(
                material,
                " ".join(target.split())[:80],
                "",
                call.line,
                "build",
                "path" if name == "subproject" else "registry",
            )


def _from_common(material: Material, found: list[tuple[str, str, str, int, bool]]) -> Iterator[Reading]:
    """Yield packages (name, version, address, line, has integrity); an address is told where its host is uncommon."""
    hosts = Counter(host[2].lower() for _, _, address, _, _ in found if (host := HOST.match(address)))
    common = hosts.most_common(1)[0][0] if hosts else ""
    checked = sum(intact for *_, intact in found) * 2 > len(found)
    for name, version, address, line, intact in found:
        host = HOST.match(address)
        foreign = bool(host) and host is not None and host[2].lower() != common
        origin = (
            "git"
            if address and GIT.search(address) and "/-/" not in address
            else "path"
            if PATH.search(address)
            else "url"
            if foreign
            else "registry"
        )
        told = f"{version} from {address}" if foreign or origin in ("git", "path") else version
        if checked and not intact and origin != "path":
            told += " without integrity"
        if name:
            yield _say(material, name, told, line, "locked", origin)


def _lock_json(material: Material) -> Iterator[Reading]:
    held: dict[int, dict[str, Entry]] = {}
    for entry in entries(material):
        if entry.keys[-1] in ("version", "resolved", "integrity", "link", "name") and len(entry.keys) > 2:
            held.setdefault(entry.group, {})[entry.keys[-1]] = entry
        elif entry.keys[-1] in ("hashes[]", "url", "shasum", "reference") and len(entry.keys) > 1:
            held.setdefault(entry.group, {}).setdefault(entry.keys[-1], entry)
    found = []
    for words in held.values():
        some = words.get("version") or words.get("resolved")
        if not some:
            continue
        name = (
            words["name"].value
            if "name" in words and "packages[]" in some.keys[0]
            else some.keys[-2].rsplit("node_modules/", 1)[-1]
        )
        address = words["resolved"].value if "resolved" in words else ""
        intact = any(key in words for key in ("integrity", "hashes[]", "shasum"))
        found.append((name, words["version"].value if "version" in words else "", address, some.line, intact))
    yield from _from_common(material, found)


def _lock_toml(material: Material) -> Iterator[Reading]:
    held: dict[int, dict[str, Entry]] = {}
    for entry in entries(material):
        if len(entry.keys) == 2 and entry.keys[0] == "package[]":
            held.setdefault(entry.group, {})[entry.keys[1]] = entry
    found = []
    for words in held.values():
        if "name" in words:
            address = (
                words["source"].value.removeprefix("registry+").removeprefix("sparse+") if "source" in words else ""
            )
            intact = "checksum" in words or "source" not in words
            found.append(
                (
                    words["name"].value,
                    words["version"].value if "version" in words else "",
                    address,
                    words["name"].line,
                    intact,
                )
            )
    yield from _from_common(material, found)


YARN = re.compile(r'"?(@?[\w.-]+(?:/[\w.-]+)?)@[^\n]{1,800}:\Z')
PNPM = re.compile(r"  ['\"]?/?(@?[\w.-]+(?:/[\w.-]+)?)[@/](\d[^:'\"(]{0,60})[^:]{0,300}['\"]?:\Z")


def _lock_lines(material: Material) -> Iterator[Reading]:
    """Read yarn's and pnpm's lock files by their lines: a header per package, its fields indented."""
    found: list[tuple[str, str, str, int, bool]] = []
    name, version, address, line, intact = "", "", "", 0, False
    for number, text in enumerate([*material.lines, "end@1:"], 1):
        header = YARN.match(text) or PNPM.match(text)
        if header:
            if name:
                found.append((name, version, address, line, intact))
            name, version, address, line, intact = header[1], header[2] if header.re is PNPM else "", "", number, False
        elif text[:1] == " " and name:
            key, _, value = text.strip().replace(": ", " ", 1).partition(" ")
            value = value.strip().strip("\"'")
            version = value if key == "version" else version
            address = value if key in ("resolved", "resolution") and "://" in value else address
            intact = intact or key in ("integrity", "checksum") or "integrity" in value
    yield from _from_common(material, found)


GEMLOCK = re.compile(r"    ([\w.-]+) \(([^)]+)\)\Z")


def _lock_gems(material: Material) -> Iterator[Reading]:
    remote, section = "", ""
    found = []
    for number, text in enumerate(material.lines, 1):
        if text and text[0] != " ":
            section, remote = text.strip(), ""
        elif text.startswith("  remote: "):
            remote = text[10:].strip()
        elif row := GEMLOCK.match(text):
            found.append(
                (
                    row[1],
                    row[2],
                    f"git+{remote}" if section == "GIT" else f"file:{remote}" if section == "PATH" else remote,
                    number,
                    True,
                )
            )
    yield from _from_common(material, found)


def _lock_go(material: Material) -> Iterator[Reading]:
    for number, text in enumerate(material.lines, 1):
        words = text.split()
        if len(words) == 3 and not words[1].endswith("/go.mod"):
            yield _say(material, words[0], words[1], number, "locked", "registry")


LOCKS = {
    "package-lock.json": _lock_json,
    "npm-shrinkwrap.json": _lock_json,
    "composer.lock": _lock_json,
    "pipfile.lock": _lock_json,
    "packages.lock.json": _lock_json,
    "poetry.lock": _lock_toml,
    "uv.lock": _lock_toml,
    "pdm.lock": _lock_toml,
    "cargo.lock": _lock_toml,
    "yarn.lock": _lock_lines,
    "pnpm-lock.yaml": _lock_lines,
    "gemfile.lock": _lock_gems,
    "go.sum": _lock_go,
}
