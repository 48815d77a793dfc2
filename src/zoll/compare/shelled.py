"""Programs that were started with their arguments and are started through a shell, which reads what is in them.

`exec.Command("git", "clone", "--", url)` that became `exec.Command("sh", "-c", "git clone "+url)`.
"""

import re
from collections.abc import Iterator

from zoll.compare.conditions import Weak
from zoll.compare.view import View
from zoll.parse.code import Statement

_STARTS = re.compile(r"(?i)command|exec|spawn|popen|process|subprocess|\brun\b|system")
_SHELL = re.compile(
    r"[\"'](?:/usr)?(?:/bin/)?(?:(?:ba|da|a|z|k)?sh|cmd(?:\.exe)?|/bin/\$SHELL)[\"'].{0,40}?[\"'](?:-l?e?c|/[cC])[\"']"
)
# What stands behind the switch, where it is a fixed text up to its end.
_FIXED = re.compile(r"\)?\s?(?:,|\.args?\()\s?\[?\s?[bf]?[\"'][^\"'{}$%]*[\"']\s?[\])}]*\s?(?:[,;.]|\Z)")
_LONG = 600


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
