"""What a release depends on, and where each dependency comes from."""

import re
from collections.abc import Iterator
from itertools import pairwise

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse import stanzas
from zoll.parse.entry import Entry
from zoll.readers.bounds import aside, bounded
from zoll.readers.entries import calls, entries
from zoll.readers.locks import LOCKS
from zoll.readers.material import Material
from zoll.readers.origins import renamed, rows_of, said

REQUIREMENT = re.compile(r"\s*([A-Za-z0-9@][\w.@/+-]*)\s*(\[[^\]]{0,200}\])?\s*(.*)\Z", re.DOTALL)
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


def _manifest(material: Material, path: str) -> Iterator[Reading]:
    rows = [row for row in rows_of() if row[1].search(path)]
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
        yield said(material, name, entry.value, entry.line, group)
    elif inner[-1] in ("git", "url", "path", "file", "registry", "ref", "rev", "branch", "tag", "version"):
        value = entry.value
        origin = {"git": "git", "url": "url", "path": "path", "file": "path"}.get(inner[-1], "")
        if inner[-1] in ("ref", "rev", "branch", "tag"):
            value, origin = f"{inner[-1]} {value}", "git"
        yield said(material, name, value, entry.line, group, origin)
    elif inner[-1] == "package" and renamed(name, entry.value):
        yield said(material, name, entry.value, entry.line, group, "alias")


def _requirement(material: Material, text: str, line: int, group: str) -> Iterator[Reading]:
    body = text.split(" #", 1)[0].strip()
    if re.match(r"(?:git|hg|svn|bzr)\+|https?:|file:|\.{0,2}/", body):
        egg = re.search(r"[#&]egg=([\w.-]+)", body)
        yield said(material, egg[1] if egg else body, body, line, group)
        return
    found = REQUIREMENT.match(body)
    if found and found[1]:
        yield said(material, found[1], found[3].split(";", 1)[0].strip(), line, group)


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
                if found[2].startswith((".", "/")):
                    yield said(material, found[1], f"=> {found[2]}", number, "runtime", "path")
                elif found[2] != found[1]:
                    yield said(material, found[1], found[2], number, "runtime", "alias")
                else:
                    yield said(material, found[1], found[3] or "", number, "runtime", "registry")
        elif (body.startswith("require") or block == "require") and (found := GOMOD.match(body)):
            yield said(material, found[1], found[2], number, "optional" if found[3] else "runtime", "registry")


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
            yield said(material, found[2], rest.strip(" ,)'\""), number, group, origin)


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
            yield said(material, found[2], found[3] or found[4] or "", number, group, "registry")


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
            yield said(
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
            yield said(
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
                    yield said(
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
            yield said(
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
            yield said(
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
            yield said(
                material,
                " ".join(target.split())[:80],
                "",
                call.line,
                "build",
                "path" if name == "subproject" else "registry",
            )
