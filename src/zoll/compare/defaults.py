"""Parameters that a function newly takes and that stand open where a caller says nothing."""

import re
from collections.abc import Iterator

from zoll.compare.conditions import Weak
from zoll.compare.steps import opens_wide
from zoll.parse.code import Statement

# A parameter with its type, where it has one, and what holds where nothing is said.
_OPEN = re.compile(r"(?<![\w.])(\$?[A-Za-z_]\w{2,60})\s?\??(?::\s?[^,=(){}]{1,60})?\s?[=:]\s?(?:True|true|TRUE)\b")


def open_defaults(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield what a function's head newly names and leaves open; what older callers had asked for is not in it."""
    if one.word != "function" or two.word != "function" or one.text == two.text:
        return
    for found in _OPEN.finditer(two.text):
        if opens_wide(found[1]) and not re.search(rf"(?<!\w){re.escape(found[1])}(?!\w)", one.text):
            yield Weak("argument", "", f"{found[1]}=true", how="default")
