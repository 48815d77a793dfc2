"""Commands that a shell takes apart now, and runs every part of: as one text, or through a shell that was not there.

`system('lp', '-d', $queue)` that became `system("lp -d $queue")`; `exec.Command("git", "clone", "--", url)` that became
`exec.Command("sh", "-c", "git clone "+url)`.
"""

import re
from collections.abc import Iterator

from zoll.compare.conditions import Weak
from zoll.compare.view import View, last
from zoll.parse.code import Call, Statement

_STARTS = re.compile(r"(?i)command|exec|spawn|popen|process|subprocess|\brun\b|system")
_SHELL = re.compile(
    r"[\"'](?:/usr)?(?:/bin/)?(?:(?:ba|da|a|z|k)?sh|cmd(?:\.exe)?|/bin/\$SHELL)[\"'].{0,40}?[\"'](?:-l?e?c|/[cC])[\"']"
)
# What stands behind the switch, where it is a fixed text up to its end.
_FIXED = re.compile(r"\)?\s?(?:,|\.args?\()\s?\[?\s?[bf]?[\"'][^\"'{}$%]*[\"']\s?[\])}]*\s?(?:[,;.]|\Z)")
_LONG = 600
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


def shelled(view: View, one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield a shell that reads what a program was handed word by word."""
    if not one.calls or not two.calls or max(len(one.text), len(two.text)) > _LONG:
        return
    found = _SHELL.search(two.text)
    if found is None or _SHELL.search(one.text) or not any(_STARTS.search(call.name) for call in one.calls):
        return
    name = re.escape(found[0].split(found[0][0])[1])
    if any(re.search(rf"[\"']{name}[\"']", each.text) for each in view.sides[0]):
        return  # the shell was there before, in another statement
    if not _FIXED.match(two.text, found.end()):
        yield Weak("argument", one.text, two.text, how="shelled")


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
