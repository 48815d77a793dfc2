"""Commands that configuration, build and packaging files run, read as shell, with their powers."""

import re
from collections.abc import Iterator
from itertools import pairwise

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.shell_words import Simple, simple_commands, unwrapped
from zoll.readers.ability import argument_kind, power_of
from zoll.readers.bounds import bounded
from zoll.readers.entries import calls
from zoll.readers.material import Material
from zoll.readers.runs import Run, runs
from zoll.readers.shapes import endpoints_in
from zoll.readers.tables import table
from zoll.readers.words import shown

FETCHERS = frozenset(
    {
        "curl",
        "wget",
        "fetch",
        "lwp-request",
        "aria2c",
        "nc",
        "ncat",
        "ftp",
        "tftp",
        "scp",
        "base64",
        "xxd",
        "openssl",
        "gunzip",
        "xz",
        "zcat",
    }
)
SHELLS = frozenset(
    {"sh", "bash", "ash", "dash", "zsh", "ksh", "python", "python3", "perl", "node", "ruby", "php", "eval", "source"}
)
LINE_SHELLS = frozenset({"sh", "bash", "ash", "dash", "zsh", "ksh"})
QUIET = frozenset(
    {
        "echo",
        "printf",
        "true",
        "false",
        "test",
        "[",
        ":",
        "cd",
        "exit",
        "set",
        "export",
        "return",
        "shift",
        "local",
        "[[",
        "break",
        "continue",
        "fi",
        "}",
        "done",
    }
)
# Package managers that take what they are asked for from their usual place; where building is done, that is what is
# expected of them. An address among the words, or another index, makes it a fetch like any other.
MANAGERS = frozenset(table("commands")["managers"]["words"].split())
BUILDING = re.compile(
    r"ci |docker RUN|make |tox |project |devcontainer|meson |cmake |pre-commit|npm (?!\w*(?:install|prepare))"
)
ELSEWHERE = re.compile(
    r"://|git\+|git@|github:|(?:^|\s)-[if]\s"
    r"|--(?:index-url|extra-index-url|find-links|registry|source|repository|git|repo|url)\b"
)
# What says nothing where it stands: builds run the tools that build, and pipelines' machines are anybody's root.
USUAL = (
    (BUILDING, frozenset(("make", "gmake", "ninja", "cmake", "meson", "ctest")), ("run",)),
    (re.compile(r"ci |docker RUN"), frozenset(("sudo", "doas")), ("identity",)),
    (re.compile(r"ci |docker RUN"), frozenset(("rm", "mkdir", "tar", "unzip")), ("delete", "write")),
)
INTERACTIVE = re.compile(r"-(?:[li]{1,2}|-login|-interactive)")  # a shell for who comes in, not for a text
SERVICE = re.compile(r"systemd|cron|udev|init|autostart|profile")  # there a shell is one more program that runs
PLAIN_LINE = re.compile(r"\s*[\w./\[({!:-]")  # no variable or substitution that becomes the command
LINE = re.compile(r"-[a-z]{0,4}c")
NAMED_SHELL = "task shell"  # which shell runs the step's other words, where it is a bare name
BARE = re.compile(r"[a-z0-9][\w*.-]{0,40}")
OWN = re.compile(r"(?:https?://)?(?:localhost|127\.0\.0\.1|\[?::1\]?)(?:[:/]\S*)?")
CHECKED = frozenset({"EXPECTED_HASH", "EXPECTED_MD5"})
MACRO_WORD = re.compile(r"[A-Z][A-Z0-9_]*+")
STEPS = re.compile(r"configure|make |cmake |meson |ci |docker RUN|rpm ")
# What a manifest offers under a name of its own; nobody who installs the package runs it.
OFFERED = re.compile(
    r"npm (?!(?:pre|post)?(?:install|uninstall|prepare)\Z|prepublish\Z|prepack\Z)|composer (?!pre-|post-)|tox |project "
)
INTERPRETERS = {
    **dict.fromkeys(("shell", "config_shell", "sh", "posix_shell", "bash"), "sh"),
    **dict.fromkeys(("python", "python3", "python_for_build"), "python"),
    "perl": "perl",
    "ruby": "ruby",
}
TESTDATA = re.compile(
    r"(?:^|[/}]|\$\w{1,40}/)(?:tests?|testdata|test-data|fixtures?|testsuite|vectors)/[\w./${}-]{0,200}\.\w+\"?\Z"
)
PLAIN_END = re.compile(r"(?:exit|return) \d{1,3}|\w{1,40}=\w{0,40}|true|false|:")
SOURCE = re.compile(
    r"\.(?:sh|bash|py|pl|t|tcl|js|mjs|ts|rb|php|lua|go|rs|c|cc|cpp|h|hpp|java|am|in|at|cjs|mts|tsx|jsx|m4|ac|mk|cmake|ya?ml|toml|ini|cfg"
    r"|json|md|log|o|lo|exe|gcda|gcno|info|build|bats|txt|xml|html)\"?\Z"
)
DOC = Doc(
    title="Commands run by make, containers, services, pipelines, package scripts, cron, CMake, Meson and configure",
    reads=("config/*", "text/*"),
    yields=("command", "power", "endpoint"),
    limitations=("variables are not expanded", "maintainer scripts are source and read as such"),
)


def read(material: Material) -> Iterator[Reading]:
    """Yield each simple command of each command line, its powers and the addresses in it."""
    yield from bounded(_all(material))


def _all(material: Material) -> Iterator[Reading]:
    for run in runs(material):
        before = Simple(("",), 0)
        for command in simple_commands(run.text):
            line = min(run.line + command.line, max(run.end, run.line))
            for inner in unwrapped(command):
                yield from _command(material, run, inner, line, before)
                before = inner
        yield from _endpoints(material, run)
    if material.kind == "config/cmake":
        yield from _included(material)


def _included(material: Material) -> Iterator[Reading]:
    """Yield what CMake downloads while configuring and, held against no digest, then reads in as its own script."""
    fetched: set[str] = set()
    for call in calls(material):
        name = call.name.lower()
        if name == "file" and call.args[:1] == ("DOWNLOAD",) and len(call.args) > 2:
            said = {"name": shown(call.args[1]), "call": "file(DOWNLOAD)", "arg": "fixed"}
            yield material.say("power", "fetch", call.line, call.end, " ".join(call.args), **said)
            if not CHECKED.intersection(call.args):
                fetched.add(call.args[2])
        elif name in ("include", "add_subdirectory") and call.args and call.args[0] in fetched:
            said = {"name": shown(call.args[0]), "call": name, "arg": "fixed"}
            yield material.say("power", "evaluate", call.line, call.end, " ".join(call.args), **said)


def _command(material: Material, run: Run, command: Simple, line: int, before: Simple) -> Iterator[Reading]:
    words = shown(command.text)
    name = _interpreter(shown(command.name))
    if name.startswith("-") or (run.when == "configure" and MACRO_WORD.fullmatch(command.text.strip())):
        return  # an option or a name in a list that a macro takes is no program
    if run.when == "configure" and len(command.words) == 1 and BARE.fullmatch(name) and not command.into:
        return  # a case, an answer: `[x86_64], [simd=yes]`
    args = (*command.words[1:], *command.into)
    usual = next((powers for steps, tools, powers in USUAL if steps.match(run.when) and name in tools), ())
    line_of = _handed(command) if name in SHELLS else ""
    if line_of and not (SERVICE.match(run.when) and _does(line_of)):
        return  # what the line does is told by its commands
    if name in SHELLS and _waits(run.when, args, command.after):
        return
    powers = dict.fromkeys(
        power for power in (*power_of(name, args, "shell"), *_written(command)) if power not in usual
    )
    if line_of or (name == "eval" and _settled(run.text, command)):
        powers.pop("evaluate", None)
    if (name in QUIET and not powers) or (len(command.words) == 1 and name in SHELLS and run.when == NAMED_SHELL):
        return
    asked = {value for _, value, _, _ in endpoints_in(words[:4000])} if name in FETCHERS else set()
    own = bool(asked) and all(map(OWN.fullmatch, asked))  # whether what runs here is well
    if own:
        powers.pop("fetch", None)
    yield material.say(
        "command",
        name,
        line,
        0,
        words,
        words_=words,
        when=run.when,
        reads=_reads(run.when, args),
        to="self" if own else "",
    )
    kind = argument_kind(args, "shell")
    named = next((arg for arg in args if not arg.startswith("-")), "")[:60] if kind == "fixed" else ""
    fed = command.after == "|" and name in SHELLS and not any(word.strip("-s") for word in command.words[1:])
    if fed:
        powers.pop("run", None)
    piped = fed or (command.after == "|" and name in SHELLS and before.name in FETCHERS)
    for power in powers | dict.fromkeys(["evaluate"] if piped else []):
        shell = "yes" if piped and power == "evaluate" else ""
        call = f"{before.name}|{name}" if shell else name
        said = "install" if power == "fetch" and _installs(name, words, run.when) else power
        where = "offered" if OFFERED.match(run.when) else ""
        yield material.say(
            "power", said, line, 0, words, call=call, arg=kind, shell=shell, name=shown(named), in_=where
        )


def _settled(text: str, command: Simple) -> bool:
    """Say whether `eval` is given a variable that the same script only sets to `exit 1`, `fail=yes` and their like."""
    words = command.words[1:]
    name = words[0].strip("\"'").lstrip("$").strip("{}()") if len(words) == 1 and "$" in words[0] else ""
    if not re.fullmatch(r"\w{1,40}", name):
        return False
    given = re.findall(rf"(?<![\w$]){name}=('[^'\n]{{0,80}}'|\"[^\"\n]{{0,80}}\"|[^\s;]{{0,80}})", text)
    return bool(given) and all(PLAIN_END.fullmatch(value.strip("\"'")) for value in given)


def _waits(when: str, args: tuple[str, ...], after: str) -> bool:
    """Say whether an interpreter only waits for somebody: what a container starts where nobody says otherwise."""
    return when in ("docker CMD", "docker ENTRYPOINT") and after != "|" and all(map(INTERACTIVE.fullmatch, args))


def _handed(command: Simple) -> str:
    """Return the line that a shell is handed where its commands are told one by one anyway: `sh -c 'a; b'`."""
    line = next((word for before, word in pairwise(command.words) if LINE.fullmatch(before)), "")
    return line if command.name in LINE_SHELLS and PLAIN_LINE.match(line) else ""


def _does(line: str) -> bool:
    """Say whether any command of a line has a power; of its own programs nobody can tell."""
    return any(power_of(shown(one.name), (*one.words[1:], *one.into), "shell") for one in simple_commands(line))


def _interpreter(name: str) -> str:
    """Return the shell or language that a variable of the build stands for: `$SHELL` is a shell."""
    bare = name.strip('${}()"').lower()
    return INTERPRETERS.get(bare, name) if name.startswith("$") else name


def _reads(when: str, args: tuple[str, ...]) -> str:
    """Return `tests` where a step of a build is handed test data: not a test to run, but what nobody reads."""
    if not STEPS.match(when):
        return ""
    return "tests" if any(TESTDATA.search(arg) and not SOURCE.search(arg) for arg in args) else ""


def _installs(name: str, words: str, when: str) -> bool:
    """Say whether a package manager takes packages from its usual place, where building is done."""
    return name in MANAGERS and bool(BUILDING.match(when)) and not ELSEWHERE.search(words)


def _written(command: Simple) -> Iterator[str]:
    """Yield the powers of writing to what the output is sent to, as if `tee` had written it."""
    for target in command.into:
        path = target.lstrip("0123456789&>|")
        if ">" in target and path.startswith(("/", "~", "$", "%")) and path != "/dev/null":
            yield from power_of("tee", (path,), "shell")


def _endpoints(material: Material, run: Run) -> Iterator[Reading]:
    if "." not in run.text and ":" not in run.text:
        return
    for number, line in enumerate(run.text.split("\n")):
        if "." in line or ":" in line:
            at = min(run.line + number, max(run.end, run.line))
            for kind, value, scheme, reach in endpoints_in(line[:4000]):
                yield material.say("endpoint", value, at, 0, line.strip(), type=kind, scheme=scheme, range=reach)
