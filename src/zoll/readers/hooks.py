"""What runs by itself: on install, at build, at boot, at login, at import, on a schedule or by a pipeline's trigger."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.shell_words import simple_commands
from zoll.readers.bounds import aside, bounded
from zoll.readers.entries import calls, entries
from zoll.readers.material import Material
from zoll.readers.tables import table
from zoll.readers.words import clipped, shown

PTH = re.compile(r"import[ \t;]")
CMDCLASS = re.compile(r"\bcmdclass\s{0,9}=|\bcmdclass\[|\.cmdclass\b|['\"]cmdclass['\"]")
ENTRY = re.compile(
    r"\bentry_points\s{0,9}=|console_scripts|\bscripts\s{0,9}=\s{0,9}\[|\bext_modules\s{0,9}=|\bsetup_requires\s{0,9}="
)
COMMAND_CLASS = re.compile(
    r"^[ \t]*class[ \t]+\w+\([^)\n]{0,200}\b(install|develop|build|build_py|build_ext|egg_info|sdist|"
    r"bdist_egg|easy_install|bdist_wheel|editable_wheel|install_lib|install_scripts|build_scripts)\b"
)
IMPORT_TIME = re.compile(
    r"\b(os\.(?:system|popen|exec\w+|spawn\w+)|subprocess\.\w+|urllib\.[\w.]+|urlopen|urlretrieve|"
    r"requests\.\w+|socket\.\w+|exec|eval|compile|__import__|base64\.\w+|ctypes\.\w+|marshal\.\w+|"
    r"zlib\.\w+)[ \t]{0,9}\("
)
GENERATE = re.compile(r"//go:generate[ \t]+(.+)")
ALWAYS = re.compile(
    r"(?:all|install|build|check|test|clean|dist|default)(?:-(?:local|hook|am|exec-hook|data-hook|data-local))?\Z"
)
TRIGGER = re.compile(r"\b(interest|activate)(?:-(?:no)?await)?[ \t]+(\S+)")
GEM = re.compile(
    r"\b(?:spec|s|gem|\w+)\.(extensions|post_install_message|executables|bindir|require_paths?)[ \t]*(?:=|"
    r"<<|\+=)[ \t]*(.{1,200})"
)
RPM = re.compile(
    r"%(pre|post|preun|postun|pretrans|posttrans|triggerin|triggerun|triggerpostun|filetriggerin|"
    r"transfiletriggerin)\b(.*)"
)
ASKING = frozenset({"execute_process", "run_command", "m4_esyscmd", "m4_esyscmd_s"})
# What asks for a version, a time or a name of the machine, and does nothing.
QUIET = re.compile(
    r"(?:COMMAND )?(?:sh -c )?[\"']?(?:\$\{GIT_EXECUTABLE\}|git(?: -C \S+)?) "
    r"(?:describe|rev-parse|rev-list|log|show|status|branch|config --get|symbolic-ref)\b[^|;&`$]*|"
    r"(?:COMMAND )?(?:date|uname|hostname|whoami|pwd|cat \S*(?:VERSION|version)\S*)\b[^|;&`]*"
)
OPENING = re.compile(r"\A\s{0,40}AC_CONFIG_COMMANDS(?:\([^,()]{0,200},|_P(?:RE|OST)\()")
ARRANGING = re.compile(
    r"ln|cp|mv|mkdir|rm|sed|cat|chmod|touch|echo|test|\[|cmp|true|exit|cd|:|if|then|else|fi|for|do|done|case|esac|dirname|"
    r"AS_MKDIR_P|AC_MSG_NOTICE|,|\w{1,40}=\S*"
)
DOC = Doc(
    title="Hooks: what runs by itself",
    reads=("*",),
    yields=("hook",),
    limitations=(
        "constructors of executables are told by their own reader",
        "hooks that a run-time configuration adds are not seen",
    ),
)


def read(material: Material) -> Iterator[Reading]:
    """Yield hooks by the part's name, then by what it says."""
    if aside(material) or material.kind.startswith("container/"):
        return
    path = material.part.place.path
    hook = _of_path(path)
    if hook:
        yield material.say("hook", hook)
    if not material.kind.startswith(("data/", "executable/")):
        yield from bounded(_said(material, path.replace("!/", "/")))


@lru_cache(maxsize=8)  # both sides of a file bear one name
def _of_path(path: str) -> str:
    for pattern, hook in _files():
        found = pattern.search(path)
        if found:
            return found.expand(hook) if "\\" in hook else hook
    return ""


@cache
def _files() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(row["path"]), row["hook"]) for row in table("hooks")["file"]]


@cache
def _settings() -> list[tuple[dict[str, Any], re.Pattern[str], re.Pattern[str], re.Pattern[str]]]:
    return [
        (row, re.compile(row.get("file", "")), re.compile(row["path"]), re.compile(row.get("value", "")))
        for row in table("hooks")["setting"]
    ]


def _said(material: Material, path: str) -> Iterator[Reading]:
    name = material.part.place.name
    if material.kind.startswith("config/"):
        yield from _of_settings(material, path)
        yield from _of_builds(material)
    if name.endswith(".pth"):
        yield from _lines(material, PTH, "pth", match=True)
    elif name in ("setup.py", "conftest.py", "sitecustomize.py", "usercustomize.py"):
        yield from _python(material, name)
    elif material.kind == "code/go" or name.endswith(".go"):
        yield from _lines(material, GENERATE, "go generate")
    elif name.endswith((".gemspec", "Gemfile")):
        yield from _lines(material, GEM, "gem {}")
    elif name.endswith(".spec"):
        yield from _lines(material, RPM, "rpm {}", match=True)
    elif name == "triggers" or name.endswith(".triggers"):
        yield from _lines(material, TRIGGER, "deb trigger {}")
    elif name == "ld.so.preload":
        yield from _lines(material, re.compile(r"[^\s#]\S*"), "ld.so.preload")
    elif "META-INF/services/" in path:
        yield from _lines(material, re.compile(r"[\w$][\w.$]+"), "java service loader", match=True)


def _lines(material: Material, pattern: re.Pattern[str], hook: str, *, match: bool = False) -> Iterator[Reading]:
    for number, line in enumerate(material.lines, 1):
        found = pattern.match(line) if match else pattern.search(line)
        if found:
            said = hook.format(found[1]) if "{}" in hook else hook
            yield material.say("hook", said, number, 0, line, words_=clipped(line.strip()))


def _python(material: Material, name: str) -> Iterator[Reading]:
    for number, line in enumerate(material.lines, 1):
        if CMDCLASS.search(line):
            yield material.say("hook", "setup.py cmdclass", number, 0, line, words_=clipped(line.strip()))
        if (found := COMMAND_CLASS.search(line)) and name == "setup.py":
            yield material.say("hook", f"setup.py cmdclass {found[1]}", number, 0, line, words_=clipped(line.strip()))
        if ENTRY.search(line):
            yield material.say("hook", "entry point", number, 0, line, words_=clipped(line.strip()))
        if found := IMPORT_TIME.search(line):
            yield material.say("hook", "import time", number, 0, line, words_=found[1])


def _of_settings(material: Material, path: str) -> Iterator[Reading]:
    rows = [row for row in _settings() if row[1].search(path)]
    triggers: set[str] = set()
    for entry in entries(material) if rows else ():
        for row, _, pattern, value in rows:
            found = pattern.search(entry.path)
            if not found or not value.search(entry.value) or not re.search(row.get("section", ""), entry.path):
                continue
            hook = found.expand(row["hook"])
            if hook == "ci workflow":
                hook = f"ci workflow {found[1] or entry.value}"[:60]
                if hook in triggers:
                    break
                triggers.add(hook)
            yield material.say(
                "hook",
                hook,
                entry.line,
                entry.end,
                f"{entry.path}={entry.value}",
                words_=clipped(f"{entry.key}={entry.value}"),
            )
            break


def _of_builds(material: Material) -> Iterator[Reading]:
    """Yield targets that every build runs, and CMake or Meson steps that run while configuring."""
    if material.kind == "config/make":
        for entry in entries(material):
            if entry.key == "prerequisites" and any(ALWAYS.match(target) for target in entry.keys[0].split()):
                yield material.say(
                    "hook",
                    f"make {shown(entry.keys[0])[:60]}",
                    entry.line,
                    entry.end,
                    entry.value,
                    words_=clipped(entry.value),
                )
        return
    for call in calls(material):
        words = clipped(" ".join(call.args))
        name = call.name.lower()
        if name in ASKING and QUIET.fullmatch(" ".join(" ".join(call.args).split())):
            continue
        if name == "execute_process" or call.name.endswith(
            ("run_command", "add_install_script", "add_postconf_script", "add_dist_script")
        ):
            yield material.say("hook", f"configure {name}", call.line, call.end, words, words_=words)
        elif name in ("add_custom_target", "add_custom_command") and {
            "ALL",
            "POST_BUILD",
            "PRE_BUILD",
            "PRE_LINK",
        } & set(call.args):
            yield material.say("hook", f"build {name}", call.line, call.end, words, words_=words)
        elif name == "install" and {"CODE", "SCRIPT"} & set(call.args):
            yield material.say("hook", "install script", call.line, call.end, words, words_=words)
        elif name.startswith("ac_config_commands"):
            for command in _steps(material.lines[call.line - 1 : call.end]):
                yield material.say("hook", f"configure {name}", call.line, call.end, words, words_=clipped(command))
        elif name in ("m4_esyscmd", "m4_syscmd", "m4_esyscmd_s"):
            yield material.say("hook", f"configure {name}", call.line, call.end, words, words_=words)


def _steps(lines: Sequence[str]) -> Iterator[str]:
    """Yield what the last step of configure runs, one by one, but for what only arranges files."""
    body = OPENING.sub("", "\n".join(lines)).rstrip(" )\n").replace("[", " ").replace("]", " ")
    for command in simple_commands(body):
        if command.words and not ARRANGING.fullmatch(command.words[0]):
            yield " ".join(command.text.split())
