"""Whether what a run newly asks and does has its like in the old function: one more of a kind, a fact of kind `among`.

One more word of a keyword parser, one more case of a switch, one more option set beside its like. What any statement of
the run does that the old function did nowhere in this form takes the fact away.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from zoll.compare.view import View
from zoll.compare.weakening import Weakening
from zoll.model import Fact
from zoll.parse.code import Statement, Test

_FEW = 3  # of its kind that the old function has at least
_MOST = 60  # statements of a run
_LONG = 600
_MASKED = re.compile(
    r"(?P<text>\"(?:[^\"\\]|\\.){1,300}\"|'(?:[^'\\]|\\.){1,300}')"
    r"|(?P<number>\b(?:0x[0-9a-fA-F]+|[2-9]\d*|[01]\d+)[uUlL]{0,3}\b)"
    r"|(?P<constant>\b(?!(?:TRUE|FALSE|NULL|NONE)\b)[A-Z][A-Z0-9_]+\b)"
    r"|(?P<field>(?:->|(?<=[\w\])])\.)[A-Za-z_]\w*+(?!\s{0,2}\())"
)
_MASKS = {"text": '"…"', "number": "9", "constant": "C", "field": ".f"}
_LINK = re.compile(r"^(?:\}\s?)?(?:else\s?|el)(?=s?if\b)")
_HEADS = frozenset({"condition", "case", "call"})
_PLAIN = frozenset({"jump", "label", "other"})


def likened(view: View) -> Iterator[Weakening]:
    """Yield one fact for each run whose inserted statements all have their like in the old function."""
    forms: _Forms | None = None
    for index in () if view.compiled else range(len(view.runs)):
        inserted, grown = _added(view, index)
        heads = [one for one in inserted if one.kind in _HEADS and _MASKED.search(one.text)]
        if not heads and not grown:
            continue
        forms = forms or _Forms(view)
        if all(forms.known(one) for one in inserted) and all(forms.grew(one, two) for one, two in grown):
            first = (heads or [two for _, two in grown])[0]
            yield Weakening(index, Fact("among", "like"), first.line, first.text[:280])


def _added(view: View, index: int) -> tuple[list[Statement], list[tuple[Statement, Statement]]]:
    """Return what a run inserts and the statements that it lets ask more; nothing where it does anything besides."""
    run = view.runs[index]
    pairs = [(view.sides[0][one], view.sides[1][two]) for one, two in run.pairs[: _MOST + 1]]
    grown = [(one, two) for one, two in pairs if _flat(one.text) != _flat(two.text)]
    if any(not 0 < len(one.tests) < len(two.tests) or one.kind != two.kind for one, two in grown):
        return [], []
    inserted = view.inserted(index)
    if len(inserted) + len(pairs) > _MOST or view.removed(index):
        return [], []
    return [view.sides[1][two] for two in inserted], grown


class _Forms:
    """The forms of the old function's statements and tests, each with the texts that have it."""

    def __init__(self, view: View) -> None:
        self.statements: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self.tests: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        for one in view.sides[0]:
            if len(one.text) <= _LONG:
                self.statements[_form(one)].add(one.text)
            for test in one.tests:
                self.tests[_form_of(test)].add(f"{test.left} {test.right}")

    def known(self, one: Statement) -> bool:
        """Tell whether an inserted statement is one more of its kind, or says what was said before."""
        if one.kind in _PLAIN and not one.calls and not one.literals:
            return True
        met = self.statements.get(_form(one), ()) if len(one.text) <= _LONG else ()
        return len(met) >= _FEW or (one.kind not in _HEADS and one.text in met)

    def grew(self, one: Statement, two: Statement) -> bool:
        """Tell whether a statement asks the same as before and, besides, more of the same kind alone."""
        olds = [(test.op, test.left, test.right) for test in one.tests]
        news = [test for test in two.tests if (test.op, test.left, test.right) not in olds]
        return len(two.tests) - len(news) == len(olds) and all(
            len(self.tests.get(_form_of(test), ())) >= _FEW for test in news
        )


def _form(one: Statement) -> tuple[str, str]:
    return one.kind, _masked(_flat(one.text))


def _form_of(test: Test) -> tuple[str, ...]:
    return test.op, _masked(test.left), _masked(test.right), test.via, str(test.negated)


def _flat(text: str) -> str:
    """Return a statement without what only makes it the next link of a chain."""
    return _LINK.sub("", text)


def _masked(text: str) -> str:
    return _MASKED.sub(lambda found: _MASKS[found.lastgroup or ""], text[:_LONG])
