"""Where a call takes what it is given: into a log, onto a screen, into a file, to a peer or to a command.

By its name where everybody knows it, else by its form: a word of logging in the name beside a text with places to fill,
or a level. What neither shows may be a function of the release, whose definition the pipeline looks up.
"""

import re
from functools import lru_cache

from zoll.parse.code import Call, Statement
from zoll.readers.ability import power_of
from zoll.readers.outcomes import call_outcome
from zoll.readers.tables import pattern, table
from zoll.readers.words import split

_INTO = frozenset(["write", "send", "fetch", "resolve", "run", "start"])
_PEER = frozenset(["send", "fetch", "resolve"])
_OUT = re.compile(r"\.(?:write|write_all|writeln|send|send_to|sendto|send_all|sendall|post|emit|publish)\Z")
_PRINTS_INTO = re.compile(r"(?:^|[._])v?f(?:printf|puts|write|putc)\Z")
_SCREEN = re.compile(r"\b(?:stderr|stdout|STDERR|STDOUT|sys\.std(?:err|out)|stdin|os\.Std(?:err|out))\b")
_SHOWS = re.compile(r"(?:print|printf|puts|echo|println!?)\Z")
_LOGGING = frozenset(table("names")["outlets"]["logging"])
_SHOUTED = pattern("outlets", "shouted")
_LEVEL = pattern("outlets", "level")
_DUMPS = pattern("outlets", "dumps")
_RECEIVER = pattern("outlets", "receiver")
_DEBUG = re.compile(
    r"^[^\"'`]{0,40}(?:DEBUG|DBG|TRACE|VERBOSE|DUMP)[\w:]{0,20}$|(?:^|_|\.)v?(?:debug|dbg|trace|verbose)\w{0,3}$|^[a-z]Debug$"
)
_SETS_ENVIRONMENT = re.compile(r"(?:^|[._])(?:setenv|putenv|pam_putenv|set_?env_?var|Setenv|g_setenv)\Z")
_TEXT = re.compile(r"""\s*[rbfuLu8@$]{0,2}["'`(]""")
# The end of a pipe, and what a program that was started reads: `os.write(write_fd, key)`, `gpg.stdin.write(key)`.
_PIPED = re.compile(r"(?:^|[._])(?:stdin|pipe|std_?in_?pipe|write_?(?:fd|end|pipe|file_?descriptor)|w_?fd|wpipe)\b")
_STREAMS = re.compile(r"(?:std::)?(?:w?c(?:out|err|log))\Z")
_HEAD = re.compile(r"[\w:.>()\-]{1,80}(?:\([^()]{0,80}\))?")


def outlet(call: Call, statement: Statement, language: str) -> str:
    """Say whither a call takes what it is given: file, log, screen, peer, command, environment, or "" for nowhere."""
    powers = _INTO.intersection(power_of(call.name, call.args, language))
    if language == "shell":
        return _shell(call, statement, powers)
    if powers & _PEER:
        return "peer"
    if "run" in powers:
        return "command"
    if _SETS_ENVIRONMENT.search(call.name):
        return "environment"
    if _PRINTS_INTO.search(call.name):
        return "screen" if call.args and any(map(_SCREEN.search, (call.args[0], call.args[-1]))) else "file"
    if (powers or _OUT.search(call.name.replace("()", ""))) and _into_a_pipe(call):
        return "command"
    if powers:
        return "file"
    if call_outcome(call.name) == "log":
        return "screen" if _SHOWS.match(call.name) else "log"
    if _OUT.search(call.name.replace("()", "")):
        return "file"
    return "log" if _logs(call, statement) else ""


def _into_a_pipe(call: Call) -> bool:
    """Say whether what is written goes to a program that was started, by the name of what it is written to."""
    holder, _, last = call.name.rpartition(".")
    into = call.args[0] if last in {"write", "fdopen"} and len(call.args) > 1 else holder
    return bool(_PIPED.search(into))


def _shell(call: Call, statement: Statement, powers: frozenset[str]) -> str:
    if powers & _PEER:
        return "peer"
    if call.name == "logger":
        return "log"
    into = re.search(r">>?\s*[\"']?(?!&|/dev/(?:null|std|tty))[\w$/.~{]", statement.text)
    return "file" if call.name in ("echo", "printf", "tee", "cat") and into else ""


def _logs(call: Call, statement: Statement) -> bool:
    """Say whether a call logs by its form: a name of logging with a text or a level, a format with a level, a dump."""
    last = call.name.rsplit(".", 1)[-1].rstrip("()!")
    texts = [argument for argument in call.args if _TEXT.match(argument)]
    if _about_logs(call.name, last):
        return bool(texts) or _levelled(call)
    if _DUMPS.search(last):
        return statement.kind == "call" and statement.text.startswith(last)
    return any("%" in text for text in texts) and _levelled(call)


@lru_cache(maxsize=16384)
def _about_logs(name: str, last: str) -> bool:
    return named(last) or bool(_RECEIVER.search(name))


def _levelled(call: Call) -> bool:
    return any(_LEVEL.fullmatch(argument.strip()) for argument in call.args[:4])


def for_debugging(call: Call) -> bool:
    """Say whether a call logs what only those see who look for a fault: by its name, or by its level.

    >>> for_debugging(Call("zlog_debug", ('"x"',))), for_debugging(Call("LOGP", ("DRR", "LOGL_NOTICE", '"x"')))
    (True, False)
    """
    return any(map(_DEBUG.search, (call.name.rsplit(".", 1)[-1], *call.args[:3])))


@lru_cache(maxsize=8192)
def named(last: str) -> bool:
    """Tell whether the last name of a call or macro speaks of logging.

    >>> named("LOGPLCHAN"), named("zlog_debug"), named("LOGIN"), named("catalog")
    (True, True, False, False)
    """
    return bool(_SHOUTED.match(last[:80])) or any(word in _LOGGING for word in split(last))


def streamed(statement: Statement, files: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    """Return whither a statement of C++ pours values with `<<`, and what; `files` are the streams of files."""
    if statement.kind != "other" or "<<" not in statement.text:
        return "", ()
    head, *poured = (piece.strip() for piece in statement.text.split("<<"))
    if not _HEAD.fullmatch(head):
        return "", ()
    if _STREAMS.match(head):
        return "screen", tuple(poured)
    if head in files:
        return "file", tuple(poured)
    return ("log", tuple(poured)) if named(head.partition("(")[0].rsplit("::", 1)[-1]) else ("", ())
