"""A refusal by itself that became only the condition of another one: what it refused is let through now.

`if (n < 0) return -1; if (n != own) return -1;` that became `if (n >= 0 && n != own) return -1;` takes what could not
be read for what is right.
"""

from collections.abc import Iterator

from zoll.compare.atoms import atoms, rejects
from zoll.compare.conditions import Weak
from zoll.compare.view import View
from zoll.parse.code import Statement

_MOST = 60  # statements of a run, and pairs, that are looked at


def let_through(view: View, index: int) -> Iterator[tuple[Weak, Statement, Statement]]:
    """Yield what was refused and is now let past the refusal that stood behind it, with both statements."""
    run = view.runs[index]
    alone = [at for at in range(*run.old)[:_MOST] if at not in view.partner and _refuses_each(view, at)]
    for place, other in run.pairs[:_MOST] if alone else ():
        one, two = view.sides[0][place], view.sides[1][other]
        if two.kind != "condition" or set(two.joins) != {"&&"} or not rejects(view.sides[1], other):
            continue
        if not rejects(view.sides[0], place):
            continue
        known = {atom.key for atom in atoms(one, rejecting=False)[0]}
        fresh = [atom for atom in atoms(two, rejecting=False)[0] if atom.key not in known]
        for at in alone:
            passing = {atom.key for atom in atoms(view.sides[0][at], rejecting=True)[0]}
            found = next((atom for atom in fresh if atom.key in passing), None)
            if found and not _asked_elsewhere(view, other, found.stem):
                yield Weak("joint", view.sides[0][at].text, two.text, how="merged"), one, two


def _refuses_each(view: View, at: int) -> bool:
    """Tell whether an old condition refuses where any of its tests holds."""
    one = view.sides[0][at]
    return one.kind == "condition" and bool(one.tests) and set(one.joins) <= {"||"} and rejects(view.sides[0], at)


def _asked_elsewhere(view: View, other: int, stem: tuple[str, ...]) -> bool:
    """Tell whether another new statement asks the same, so that what is let through may be refused there."""
    own = sum(atom.stem == stem for atom in atoms(view.sides[1][other], rejecting=False)[0])
    return view.stems[1][stem] > own
