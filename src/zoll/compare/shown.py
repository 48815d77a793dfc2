"""What was masked where something is written out, and is shown as it is now: `"[redacted]"` became `this.value`."""

import re
from collections.abc import Iterator

from zoll.compare.conditions import Weak
from zoll.compare.view import View
from zoll.parse.code import Statement

_MASK = re.compile(r"\*{3,}|\u2022{3,}|\b(?:redacted|masked|filtered|censored|hidden)\b", re.IGNORECASE)
_MASK_NAME = re.compile(r"\b(?:[A-Z]+_)?(?:REDACTED|MASKED|MASK|FILTERED|CENSORED)\b")
_MASKS = re.compile(
    r"(?i)mask|redact|filter|hid(?:e|den)|obscur|obfusc|saniti[sz]|censor|toString|repr\b|\bstr\(|conceal|\*"
)
_VALUE = re.compile(r"(?:[A-Za-z_$@]\w*(?:\.|->|::)|@|this\.)#?\w+|\A\w+\Z")
_KINDS = frozenset({"return", "assign", "declare"})
_LONG = 400
_MOST = 20


def shown(view: View, index: int) -> Iterator[tuple[Weak, Statement, Statement]]:
    """Yield a masked value of a run for which the value itself stands, where nothing is masked any more."""
    run = view.runs[index]
    olds = [view.sides[0][place] for place in range(*run.old)[:_MOST]]
    news = [view.sides[1][other] for other in range(*run.new)[:_MOST]]
    for one in olds if not any(map(_masked, news)) else ():
        if one.kind in _KINDS and len(one.text) <= _LONG and _masked(one):
            came = (two for two in news if two.kind == one.kind and two.target == one.target and _shows(two))
            for two in came:
                yield Weak("argument", one.value.strip(" ;"), two.value.strip(" ;"), how="shown"), one, two
                return


def _shows(two: Statement) -> bool:
    """Tell whether a value is named or read, and not what another call may mask."""
    return len(two.text) <= _LONG and bool(_VALUE.search(two.value.strip(" ;"))) and not _MASKS.search(two.value)


def _masked(one: Statement) -> bool:
    """Tell whether a statement gives a mask for a value."""
    return any(_MASK.search(literal.text) for literal in one.literals) or _MASK_NAME.search(one.value) is not None
