"""What was handed on as a copy of its own and is handed on itself: what one caller writes into it others then see.

`"state": event.state.copy()` that became `"state": event.state`; `{...defaults}`, `dict(x)`, `bytes.Clone(x)`.
"""

import re
from collections.abc import Iterator

from zoll.compare.conditions import Weak
from zoll.compare.view import View

_THING = r"([\w.>\-$@\[\]'\"]{1,80}?)"
_COPIES = re.compile(
    rf"{_THING}(?:\.(?:copy|clone|Clone|dup|slice|deep_dup|toMutableMap|toMutableList)(?:\(\)|\b(?!\()))"
    rf"|\b(?:copy\.(?:copy|deepcopy)|deepcopy|structuredClone|_?\.?cloneDeep|(?:slices|maps|bytes|proto)\.Clone|x?strdup|dict"
    rf"|(?:Map|List|Set|Arrays)\.copyOf|new\s?\w{{2,20}}(?:<[\w,\s]*>)?)\(\s*{_THING}\s*\)"
    rf"|[{{\[]\s*(?:\.\.\.|[%@]\$?)\s*{_THING}\s*[}}\]]|\bObject\.assign\(\s*{{}}\s*,\s*{_THING}\s*\)"
)
# What callers must not see of each other.
_HELD = re.compile(
    r"(?i)(?:state|session|scope|context|ctx|user|auth|cred|claim|permission|right|role|grant|polic(?:y|ies)|env|option|setting|config|"
    r"default|header|cookie|token|secret|key|identit|principal|tenant|metadata|allow|acl)"
)
_SPACE = re.compile(r"[\s{}]+")  # an object that is spread loses its braces too
_BY_VALUE = frozenset({"rust", "php", "cpp"})  # what is assigned there is a copy, or nobody else has it any more
_KINDS = frozenset({"assign", "declare", "call", "return", "other"})
_MOST = 1500


def shared(view: View, place: int, other: int) -> Iterator[Weak]:
    """Yield the copy that went, where nothing else of the statement did."""
    one, two = view.sides[0][place], view.sides[1][other]
    if view.language in _BY_VALUE or one.kind not in _KINDS or not len(two.text) < len(one.text) <= _MOST:
        return
    for met in _COPIES.finditer(one.text):
        thing = next(filter(None, met.groups()), "")
        without = one.text[: met.start()] + thing + one.text[met.end() :]
        if _HELD.search(thing) and _SPACE.sub("", without) == _SPACE.sub("", two.text):
            yield Weak("argument", met[0], thing, how="shared")
