"""Commands that were told word by word, and that a shell is now given as one text, of which it runs every part."""

import re
from collections.abc import Iterator

from zoll.compare.conditions import Weak
from zoll.compare.view import last
from zoll.parse.code import Call, Statement

_RUNS = frozenset(
    {"system", "exec", "popen", "proc_open", "run", "call", "check_call", "check_output", "Popen", "spawn"}
    | {"open2", "open3", "capture2", "capture2e", "capture3", "readpipe", "execute"}
)
_WORDS = re.compile(r"\s?(?:@[\w{$]|\[|\(?(?:\*|\.\.\.)\w)")  # a list, or what is spread from one
_JOINED = re.compile(
    r"\(?(?:join|implode)\b[\s(]{0,2}['\"] ['\"]|['\"] ['\"]\.join\(|\w{1,40}\.join\(['\"] ['\"]\)|"
    r"\"[^\"]{1,300}(?:[$@#]\{?\w|\{\w)|f[\"']|['\"][^'\"]{1,200}['\"]\s?(?:\.|\+|%)\s?[\w$@]"
)
_QUOTED = re.compile(r"(?i)quote|escape|shellwords|shlex|quotemeta")
_LONG = 600


def as_one_text(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield what a command was told, and the text that a shell takes apart in its place."""
    if not one.calls or not two.calls or len(two.text) > _LONG or _QUOTED.search(two.text):
        return
    before = {last(call.name): call for call in one.calls if last(call.name) in _RUNS}
    for call in two.calls:
        old = before.get(last(call.name))
        if old is not None and _told_apart(old) and call.args and _JOINED.match(call.args[0].strip()):
            given = [argument for argument in call.args[1:] if "=" not in argument and ":" not in argument]
            if not given and not _told_apart(call):
                yield Weak("argument", ", ".join(old.args)[:80], call.args[0][:80], how="spliced")


def _told_apart(call: Call) -> bool:
    """Tell whether a call is given the words of a command one by one."""
    plain = [argument for argument in call.args if "=" not in argument and not argument.startswith("{")]
    return bool(call.args) and (len(plain) > 1 or bool(_WORDS.match(call.args[0])))
