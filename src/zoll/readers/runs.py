"""The command lines that a configuration, build or packaging file runs, and when; collected once for all readers."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from msgspec import Struct

from zoll.parse import crontab, dockerfile, makefile
from zoll.parse.entry import Entry
from zoll.parse.invocations import Invocation
from zoll.readers.entries import calls, entries, is_lock
from zoll.readers.material import Material
from zoll.readers.tables import table

EXEC = re.compile(r"Exec\w*\Z")
CMAKE_FOLDER = re.compile(r"\$\{(?:CMAKE_(?:CURRENT_)?(?:SOURCE|BINARY|LIST)|PROJECT_(?:SOURCE|BINARY))_DIR\}")
CMAKE_FOUND = re.compile(r"\$\{([A-Z][A-Za-z]{1,20}\d?)_EXECUTABLE\}")
CMAKE = frozenset(
    {
        "execute_process",
        "add_custom_command",
        "add_custom_target",
        "exec_program",
        "install",
        "add_test",
        "externalproject_add",
    }
)
CMAKE_WORDS = frozenset(
    [
        "COMMAND",
        "OUTPUT",
        "DEPENDS",
        "WORKING_DIRECTORY",
        "RESULT_VARIABLE",
        "OUTPUT_VARIABLE",
        "ERROR_VARIABLE",
        "COMMENT",
        "VERBATIM",
        "BYPRODUCTS",
        "TARGET",
        "ALL",
        "TIMEOUT",
        "OUTPUT_QUIET",
        "ERROR_QUIET",
        "OUTPUT_STRIP_TRAILING_WHITESPACE",
        "ERROR_STRIP_TRAILING_WHITESPACE",
        "INPUT_FILE",
        "OUTPUT_FILE",
        "ERROR_FILE",
        "NAME",
        "CONFIGURATIONS",
        "USES_TERMINAL",
        "COMMAND_EXPAND_LISTS",
        "PRE_BUILD",
        "PRE_LINK",
        "POST_BUILD",
        "MAIN_DEPENDENCY",
        "COMMAND_ECHO",
        "COMMAND_ERROR_IS_FATAL",
        "SOURCES",
    ]
)
M4_NOTE = re.compile(r"\bdnl\b.*|^[ \t]*#.*")
M4_MACRO = re.compile(r"\b(?:A[CMUXTSH]|LT|PKG|m4|_A[CM]|GL|gl|GTK|GLIB|IT)_\w+\(|^[ \t]*A[CMS]_[A-Z_]+[ \t]*$")
M4_QUOTE = re.compile(r"^[ \t]*[\[\](),]+|[\[\](),]+[ \t]*$|\][ \t]*,[ \t]*\[?|,[ \t]*\[|\(\[|\]\)|(?<=; )\[")
M4_PLAIN = re.compile(
    r"[ \t]*(?:A[CMXUH]_(?:INIT|CHECK|SEARCH|DEFINE|SUBST|ARG|PREREQ|MSG|LANG|PROG|REQUIRE|COPYRIGHT|"
    r"REVISION|CONDITIONAL|HELP|PATH|CONFIG_(?:SRCDIR|AUX|MACRO|HEADER|FILE|SUBDIRS)|"
    r"MAINTAINER|SILENT|USE|CANONICAL|GNU|TYPE|FUNC|HEADER|C_|OUTPUT)\w*|PKG_\w+|AS_HELP_STRING|LT_\w+)\b"
)
CMAKE_STARTS = frozenset(
    {
        "COMMAND",
        "CONFIGURE_COMMAND",
        "BUILD_COMMAND",
        "INSTALL_COMMAND",
        "PATCH_COMMAND",
        "UPDATE_COMMAND",
        "TEST_COMMAND",
        "DOWNLOAD_COMMAND",
        "CODE",
        "SCRIPT",
    }
)
MESON = re.compile(
    r"(?:\w+\.)*(?:run_command|custom_target|generator|run_target|add_install_script|add_postconf_script|"
    r"add_dist_script|find_program|vcs_tag|test)\Z"
)
UDEV = re.compile(r"""\b(RUN|PROGRAM|IMPORT)(?:\{\w+\})?[ \t]*(?:\+=|:=|==|=)[ \t]*"((?:[^"\\]|\\.)*+)\"""")
INITTAB = re.compile(r"[\w.~/-]{0,12}:[\w]{0,12}:(\w{2,12}):(\S.*)\Z")
MODPROBE = re.compile(r"[ \t]*(install|remove)[ \t]+\S+[ \t]+(\S.*)\Z")
APT = re.compile(
    r"\b((?:DPkg|APT)::(?:Pre|Post)-\w+(?:::\w+)?|(?:Pre|Post)-Invoke(?:-Success)?)"
    r"(?:::)?[ \t]*\{?[ \t]*\"([^\"\n]{1,2000}+)\"",
    re.IGNORECASE,
)
# What node-gyp runs for a value, but for where headers lie: `<!(node prep.js)`.
GYP = re.compile(r"<!@?\(((?!\s*node\s+(?:-[pe]{1,2}|--print|--eval)\s)(?:[^()\n]|\([^()\n]{0,200}\)){1,400})\)")
SPEC = re.compile(
    r"%(pre|post|preun|postun|pretrans|posttrans|prep|build|install|check|triggerin|triggerun|"
    r"verifyscript|filetriggerin)\b(.*)\Z"
)


class Run(Struct, frozen=True):
    """A command line or script. `line` is where its text starts."""

    text: str
    line: int
    end: int
    when: str


class Row(Struct, frozen=True):
    """Where configuration holds commands: see tables/commands.toml."""

    path: re.Pattern[str]
    when: str
    file: re.Pattern[str] | None
    words: bool


def runs(material: Material) -> tuple[Run, ...]:
    """Return what a part runs, in order."""
    return _all(material)[0]


def claimed(material: Material) -> frozenset[tuple[int, tuple[str, ...]]]:
    """Return line and keys of the settings that are command lines, and so are no plain settings."""
    return _all(material)[1]


@lru_cache(maxsize=2)
def _all(material: Material) -> tuple[tuple[Run, ...], frozenset[tuple[int, tuple[str, ...]]]]:
    taken: set[tuple[int, tuple[str, ...]]] = set()
    found = [*_of_entries(material, taken), *_of_format(material)]
    return tuple(sorted(found, key=lambda run: run.line)), frozenset(taken)


@cache
def _rows() -> tuple[Row, ...]:
    return tuple(
        Row(
            re.compile(row["path"]),
            row["when"],
            re.compile(row["file"]) if "file" in row else None,
            row.get("words", False),
        )
        for row in table("commands")["row"]
    )


def _of_entries(material: Material, taken: set[tuple[int, tuple[str, ...]]]) -> Iterator[Run]:
    if material.kind in (
        "config/make",
        "config/dockerfile",
        "config/cmake",
        "config/meson",
        "config/m4",
        "config/gradle",
        "config/deb-control",
    ):
        return
    if is_lock(material):
        return
    path = material.part.place.path
    rows = tuple(row for row in _rows() if row.file is None or row.file.search(path))
    held: list[Entry] = []
    when = ""
    for entry in entries(material):
        if held and (held[0].keys != entry.keys or held[0].group != entry.group):
            yield _joined(held, when)
            held = []
        if material.kind in ("config/systemd", "config/desktop"):
            if EXEC.match(entry.key):
                taken.add((entry.line, entry.keys))
                format_ = material.kind.removeprefix("config/")
                yield Run(entry.value.lstrip("-@:+!|"), entry.first, entry.end, f"{format_} {entry.key}")
            continue
        row = _row_of(entry, rows)
        if row is None:
            continue
        taken.add((entry.line, entry.keys))
        if row[1] and entry.keys[-1].endswith("[]"):
            held.append(entry)
            when = row[0]
            continue
        yield Run(entry.value, entry.first or entry.line, max(entry.end, entry.line), row[0])
    if held:
        yield _joined(held, when)


def _row_of(entry: Entry, rows: tuple[Row, ...]) -> tuple[str, bool] | None:
    if not entry.value or entry.value in ("{}", "[]") or entry.type != "text":
        return None
    when = _when(entry.path, rows)
    return when if when and not entry.value.startswith(("{", "*")) else None


@lru_cache(maxsize=16384)
def _when(path: str, rows: tuple[Row, ...]) -> tuple[str, bool] | None:
    for row in rows:
        found = row.path.search(path)
        if found:
            return found.expand(row.when)[:60], row.words
    return None


def _joined(held: list[Entry], when: str) -> Run:
    """Return the words of a list as one command line; items whose first holds blanks stay lines of their own."""
    values = [entry.value for entry in held]
    if len(values) > 1 and " " in values[0].strip():
        text = "\n".join(values)
    else:
        text = " ".join(dockerfile.quoted(value) for value in values if value not in ("CMD", "CMD-SHELL"))
    return Run(text, held[0].line, held[-1].end, when)


def _of_format(material: Material) -> Iterator[Run]:
    kind = material.kind
    if kind == "config/make":
        yield from _make(material.text)
    elif kind == "config/dockerfile":
        yield from _dockerfile(material.text)
    elif kind == "config/cron" or "/cron." in f"/{material.part.place.path}":
        users = "spool" not in material.part.place.path
        for job in crontab.jobs(material.text, users=users):
            yield Run(job.command, job.line, job.line, "cron")
    elif kind in ("config/cmake", "config/meson"):
        for call in calls(material):
            yield from _cmake(call) if kind == "config/cmake" else _meson(call)
    elif kind == "config/m4":
        yield from _m4(material)
    elif material.part.place.name.endswith((".gyp", ".gypi")):
        for number, line in enumerate(material.lines, 1):
            yield from (Run(found[1], number, number, "npm install") for found in GYP.finditer(line))
    elif kind in ("config/udev", "config/conf", "config/rpm-spec", "text/plain"):
        yield from _by_line(material)


def _make(text: str) -> Iterator[Run]:
    for found in makefile.lines(text):
        if found.kind == "recipe":
            yield Run(_opened(found.value), found.line, found.end, f"make {found.name[:40]}")
        elif "$(shell" in found.value or "${shell" in found.value:
            for command in makefile.shell_calls(found.value):
                yield Run(command, found.line, found.end, "make shell")


def _opened(text: str) -> str:
    """Return a recipe with make's variables in braces, so that the shell's rule for parentheses does not part them."""
    return re.sub(r"\$\(([\w.@<^*?%+/:,=-]{1,80})\)", r"${\1}", text.replace("$$", "$"))


def _dockerfile(text: str) -> Iterator[Run]:
    for found in dockerfile.instructions(text):
        word = found.word.removeprefix("ONBUILD ")
        if word in ("RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK", "SHELL"):
            rest = re.sub(r"\A(?:--\S+\s+){1,9}", lambda flags: " " * 0 + "\n" * flags[0].count("\n"), found.rest)
            rest = rest.removeprefix("CMD ") if word == "HEALTHCHECK" else rest
            yield Run(dockerfile.words_of(rest), found.line, found.end, f"docker {found.word}")


def _cmake(call: Invocation) -> Iterator[Run]:
    if call.name.lower() not in CMAKE:
        return
    held: list[str] | None = None
    for arg in (*call.args, "COMMAND"):
        if arg in CMAKE_STARTS or arg in CMAKE_WORDS:
            if held:
                yield Run(
                    " ".join(word if " " not in word else dockerfile.quoted(word) for word in map(_plain, held)),
                    call.line,
                    call.end,
                    f"cmake {call.name}",
                )
            held = [] if arg in CMAKE_STARTS else None
        elif held is not None:
            held.append(arg)


def _plain(word: str) -> str:
    """Return a word with what CMake sets by itself in place: its own folders, and programs that it found.

    >>> _plain("${CMAKE_SOURCE_DIR}/version.sh"), _plain("${GIT_EXECUTABLE} describe"), _plain("${PAYLOAD}")
    ('./version.sh', 'git describe', '${PAYLOAD}')
    """
    return CMAKE_FOUND.sub(lambda found: found[1].lower(), CMAKE_FOLDER.sub(".", word)) if "${" in word else word


def _meson(call: Invocation) -> Iterator[Run]:
    if not MESON.match(call.name):
        return
    plain = [arg for arg in call.args if not re.match(r"\w+[ \t]*:", arg)]
    command = next((arg.split(":", 1)[1] for arg in call.args if re.match(r"command[ \t]*:", arg)), "")
    index = next((at for at, arg in enumerate(call.args) if re.match(r"command[ \t]*:", arg)), -1)
    if command:
        rest = [arg for arg in call.args[index + 1 :] if not re.match(r"\w+[ \t]*:", arg)]
        words = [command.strip(" []"), *(arg.strip(" []") for arg in rest)]
    else:
        words = [arg.strip(" []") for arg in plain]
    if words and words[0]:
        yield Run(" ".join(words), call.line, call.end, f"meson {call.name}")


def _m4(material: Material) -> Iterator[Run]:
    """Yield the shell text of a configure script's source; macro names and m4 quotes are blanked, lines stay."""
    kept = []
    for line in material.lines:
        bare = "" if M4_PLAIN.match(line) else M4_QUOTE.sub(" ; ", M4_MACRO.sub(" ; ", M4_NOTE.sub("", line)))
        kept.append(bare)
    yield Run("\n".join(kept), 1, len(material.lines), "configure")


def _by_line(material: Material) -> Iterator[Run]:
    name = material.part.place.name
    if name.endswith(".spec"):
        yield from _spec(material)
        return
    for number, line in enumerate(material.lines, 1):
        if not line or line.lstrip()[:1] == "#":
            continue
        for found in UDEV.finditer(line) if material.kind == "config/udev" else ():
            yield Run(found[2], number, number, f"udev {found[1]}")
        for found in APT.finditer(line) if "nvoke" in line else ():
            yield Run(found[2], number, number, "apt hook")
        if name == "inittab" and (row := INITTAB.match(line)):
            yield Run(row[2], number, number, f"inittab {row[1]}")
        elif "modprobe" in material.part.place.path and (row := MODPROBE.match(line)):
            yield Run(row[2], number, number, f"modprobe {row[1]}")


def _spec(material: Material) -> Iterator[Run]:
    section, start, held = "", 0, list[str]()
    for number, line in enumerate([*material.lines, "%end"], 1):
        if (
            line.startswith("%")
            and re.match(r"%[a-z]+\b", line)
            and not line.startswith(("%if", "%else", "%endif", "%define", "%global", "%{"))
        ):
            if section and held:
                yield Run("\n".join(held), start, number - 1, f"rpm {section}")
            found = SPEC.match(line)
            section, start, held = (found[1] if found else ""), number + 1, []
        elif section:
            held.append(line)
