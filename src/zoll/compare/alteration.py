"""What changed inside statements that were paired, and which statements came or went: facts of kind `altered`.

Neutral, unlike `weaker`: a condition of which a single number changed says nothing by itself, but much where it stands
in authentication, alone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice

from zoll.compare.degrees import of_strength
from zoll.compare.inverted import inverted
from zoll.compare.presence import makes_sure
from zoll.compare.quieted import regraded
from zoll.compare.reshaped import joined, named_now
from zoll.compare.restated import SAME, TIMED, restated
from zoll.compare.strength import belongs
from zoll.compare.stricter import stricter
from zoll.compare.turned import turned_round
from zoll.compare.view import View
from zoll.compare.weakening import Weakening
from zoll.compare.words import compare_words
from zoll.model import Fact
from zoll.parse.code import Statement
from zoll.parse.spacing import bare_return, one_quote

Token = tuple[str, str]

MOST_TOKENS = 400
READABLE = 16  # tokens that are shown as one piece where single ones would tear brackets apart
MOST_CLASSES = 2
FEW = 3
_STRENGTH = frozenset({"algorithm", "strength"})  # less of which is weaker beyond doubt, and so more is stronger
SHOWN = 60
_OF_DAY = re.compile(r"(?i)date\Z|released?\Z")
_DAY = re.compile(r"(?:19|20)\d\d[-/.]?[01]\d[-/.]?[0-3]\d")
_OF_VERSION = re.compile(r"(?i)(?<!tls)(?<!ssl)(?<!tls_)(?<!ssl_)version_{0,2}\Z")
_VERSION = re.compile(r"\d{1,6}(?:\.\d{1,6}){1,3}")
_CALLOC = re.compile(r"(?i)calloc\Z")
TOKEN = re.compile(
    r"(?P<literal>\"(?:[^\"\\]|\\.){0,300}\"|'(?:[^'\\]|\\.){0,300}'|`[^`]{0,300}`"
    r"|\b(?:qr|m)\{(?:[^{}\\]|\\.|\{[\d,]{1,9}\}){0,300}\}\w{0,6}|(?<=~ )/(?:[^/\\\n]|\\.){1,300}/\w{0,6})"
    r"|(?P<number>\b\d[\w.]*)"
    r"|(?P<constant>\b(?:[A-Z][A-Z0-9_]+|true|false|True|False|None|null|nullptr|NULL|nil|undefined)\b)"
    r"|(?P<logic>&&|\|\||\b(?:and|or|not)\b|!(?!=))"
    r"|(?P<comparison>[=!]==?|=~|<=|>=|<(?!<)|>(?!>)|\b(?:is|in|eq|ne|lt|gt|le|ge)\b|-(?:eq|ne|lt|gt|le|ge)\b)"
    r"|(?P<name>[A-Za-z_$@][\w$]*)"
    r"|(?P<operator><<|>>|\+\+|--|[-+*/%&|^~]=?|=)"
    r"|(?P<mark>[^\s\w])"
)
_GROUPED = re.compile(r"(?<=\d)_(?=\d)")  # `10_000` is the same number as `10000`


def alterations(view: View) -> Iterator[Weakening]:
    """Yield how the statements of each run were altered."""
    for index, run in enumerate(view.runs):
        olds, news = joined(view, index)
        for place, other in run.pairs:
            if place in olds and other in news:
                continue
            if turned_round(view, place, other) if view.compiled else inverted(view, place, other):
                continue
            if regraded(view, index, place, other):
                continue
            found = _compared(view.sides[0][place], view.sides[1][other])
            if found and not named_now(view, found):
                if how := _upwards(view, place, other):
                    found = Fact(found.kind, found.value, (f"how:{how}", *found.traits))
                yield Weakening(index, found, view.sides[1][other].line, view.sides[1][other].text[:300])
        for other in view.inserted(index):
            if other in news:
                continue
            statement = view.sides[1][other]
            kind = "presence" if makes_sure(view, other) else statement.kind
            yield Weakening(index, Fact("altered", f"inserted.{kind}"), statement.line, statement.text[:300])
        for place in range(*run.old):
            if place in view.partner or place in olds:
                continue
            statement = view.sides[0][place]
            yield Weakening(index, Fact("altered", f"deleted.{statement.kind}"), 0, statement.text[:300])


def _upwards(view: View, place: int, other: int) -> str:
    """Return in which way an alteration can only protect better, "" where it may be anything."""
    if stricter(view, place, other):
        return "stricter"
    one, two = view.sides[0][place], view.sides[1][other]
    if one.kind != two.kind or any(compare_words(one, two)) or any(of_strength(one, two)):
        return ""
    back = any(weak.value in _STRENGTH for weak in compare_words(two, one)) or any(of_strength(two, one))
    return "stronger" if back else ""


def _compared(one: Statement, two: Statement) -> Fact | None:
    """Return the fact for one pair; of the same question in other words only that it takes constant time now."""
    asked = restated(one, two)
    found = _altered(one, two) if asked != SAME else None
    return Fact("altered", f"{two.kind}.{TIMED}", found.traits) if found and asked == TIMED else found


def _altered(one: Statement, two: Statement) -> Fact | None:
    """Return the fact for one pair: its kind and the classes of the tokens that changed; None when nothing did."""
    before, after = bare_return(one.text), bare_return(two.text)
    old, new = _tokens(one_quote(before)), _tokens(one_quote(after))
    if old == new or len(old) > MOST_TOKENS or len(new) > MOST_TOKENS or _neutral(one, two, old, new):
        return None
    gone, came, shown = _edits(old, new, before, after)
    classes = ["renamed"] if _renamed(gone, came) else _classes(gone, came)
    size = max(len(gone), len(came))
    traits = [
        f"tokens:{size if size <= FEW else 'more'}",
        f"old:{shown[0]}",
        f"new:{shown[1]}",
    ]
    what = "+".join(classes) if len(classes) <= MOST_CLASSES else "mixed"
    return Fact("altered", f"{two.kind}.{what}", tuple(sorted(traits)))


def _neutral(one: Statement, two: Statement, old: Sequence[Token], new: Sequence[Token]) -> bool:
    return _released(one, two) or _transposed(one, two, old, new)


def _released(one: Statement, two: Statement) -> bool:
    """Tell whether a name that says so holds the day or a later version of a release: `LASTDATE=2024-12-10`."""
    if one.kind != two.kind or one.target != two.target or one.target[:3].lower() in {"min", "max"}:
        return False
    before, after = (side.value.strip(" \"';") for side in (one, two))
    if _OF_DAY.search(two.target):
        return bool(_DAY.fullmatch(before) and _DAY.fullmatch(after))
    numbers = [[int(part) for part in side.split(".")] for side in (before, after) if _VERSION.fullmatch(side)]
    return bool(_OF_VERSION.search(two.target)) and len(numbers) == 2 and numbers[0] < numbers[1]


def _transposed(one: Statement, two: Statement, old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Tell whether a statement differs only in which factor comes first of what `calloc` is to make room for."""
    words = [sorted(token for token in side if token[0] != "mark") for side in (old, new)]
    if words[0] != words[1] or not one.calls or len(one.calls) != len(two.calls):
        return False
    allocates = [(before, after) for before, after in zip(one.calls, two.calls, strict=True) if before != after]
    return bool(allocates) and all(
        before.name == after.name
        and _CALLOC.search(before.name)
        and sorted(map(_bare, before.args)) == sorted(map(_bare, after.args))
        for before, after in allocates
    )


def _bare(argument: str) -> str:
    return "".join(argument.split()).replace("(", "").replace(")", "")


def _classes(gone: Iterable[Token], came: Iterable[Token]) -> list[str]:
    return sorted({kind for kind, _ in (*gone, *came)} - {"mark"}) or ["mark"]


def _renamed(gone: Sequence[Token], came: Sequence[Token]) -> bool:
    """Tell whether constants alone changed, and each only in the words that say whose it is."""
    if not gone or len(gone) != len(came):
        return False
    both = zip(gone, came, strict=True)
    return all(one[0] == two[0] == "constant" and belongs(one[1], two[1]) for one, two in both)


def _tokens(text: str) -> list[Token]:
    found = [(one.lastgroup or "", one[0]) for one in TOKEN.finditer(text[:4000])]
    return [(kind, _GROUPED.sub("", word)) if kind == "number" else (kind, word) for kind, word in found]


def _edits(
    old: list[Token], new: list[Token], before: str, after: str
) -> tuple[list[Token], list[Token], tuple[str, str]]:
    """Return the tokens that went and that came, and both as the code has them; a moved one is on both sides."""
    gone: list[Token] = []
    came: list[Token] = []
    spans: list[list[int]] = []
    for a, b, c, d in _differences(old, new):
        gone += old[a:b]
        came += new[c:d]
        if spans and all(kind == "mark" for kind, _ in old[spans[-1][1] : a]):
            spans[-1][1::2] = b, d  # only a dot or bracket in between: one piece
        else:
            spans.append([a, b, c, d])
    shown = _told(spans, before, after)
    first, last = _shared(old, new)
    if len(spans) > 1 and not all(map(_closed, shown)) and max(len(old), len(new)) - first - last <= READABLE:
        shown = _told([[first, len(old) - last, first, len(new) - last]], before, after)  # `x` became `(x / 8)`
    return gone, came, shown


def _told(spans: Sequence[Sequence[int]], before: str, after: str) -> tuple[str, str]:
    return (
        _shown(_between(before, a, b) for a, b, _, _ in spans),
        _shown(_between(after, c, d) for *_, c, d in spans),
    )


def _closed(said: str) -> bool:
    return said.count("(") == said.count(")")


def _differences(old: list[Token], new: list[Token]) -> list[tuple[int, int, int, int]]:
    """Return what differs as spans (from, to) of the old tokens and of the new ones."""
    first, last = _shared(old, new)
    one, two = old[first : len(old) - last], new[first : len(new) - last]
    # The matcher would find just these: every other match would need one of their tokens on the other side.
    if set(one).isdisjoint(new) and set(two).isdisjoint(old) and (first >= last or (one and two)):
        return [(first, len(old) - last, first, len(new) - last)]
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(a, b, c, d) for tag, a, b, c, d in codes if tag != "equal"]


def _shared(old: list[Token], new: list[Token]) -> tuple[int, int]:
    """Return how many tokens both begin with, and with how many of the rest both end."""
    most = min(len(old), len(new))
    first = next((at for at in range(most) if old[at] != new[at]), most)
    last = next((at for at in range(most - first) if old[-1 - at] != new[-1 - at]), most - first)
    return first, last


def _between(text: str, first: int, end: int) -> str:
    """Return the text of a run of tokens, with the blanks that it has between them."""
    found = list(islice(TOKEN.finditer(text[:4000]), first, end))
    return text[found[0].start() : found[-1].end()] if found else ""


def _shown(pieces: Iterable[str]) -> str:
    return " … ".join(" ".join(piece.split()) for piece in pieces if piece)[:SHOWN]
