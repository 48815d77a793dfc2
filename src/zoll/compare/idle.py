"""Conditions that did something about what they found, and only write a log line now.

`if (!alive(w)) { log("hung"); reset(w); }` that became `if (!alive(w)) log("hung");`.
"""

from collections.abc import Iterator

from zoll.compare.atoms import body
from zoll.compare.lost import Lost
from zoll.compare.strength import says
from zoll.compare.view import View, last
from zoll.parse.code import Statement

_LOOPS = frozenset({"for", "while", "do", "until", "?"})


def idle(view: View) -> Iterator[Lost]:
    """Yield the calls that a condition no longer makes, of which nothing is left but what it logs."""
    for index, run in enumerate(view.runs):
        homes = {view.sides[0][one].within for one in range(*run.old) if one not in view.kept}
        for home in sorted(homes):
            if home < 0 or home not in view.kept or view.sides[0][home].kind != "condition":
                continue
            if view.sides[0][home].word in _LOOPS:
                continue
            left = body(view.sides[1], view.kept[home])
            acted = next((_acts(one) for one in body(view.sides[0], home) if _acts(one)), "")
            if not acted or not left or not all(map(_logs, left)):
                continue
            if view.calls[1][last(acted)] < view.calls[0][last(acted)] and not view.moved_away(f"{last(acted)}("):
                yield Lost(index, "check", view.sides[0][home].text, acted, "idle", "", left[0].line)


def _acts(one: Statement) -> str:
    """Return the call by which a statement stops, shuts out or sets back, "" for none."""
    acts = one.kind == "call" and one.calls and not _logs(one) and says(last(one.calls[0].name), "acts")
    return one.calls[0].name if acts else ""


def _logs(one: Statement) -> bool:
    return one.kind == "call" and any(says(call.name, "log") or says(call.name, "noisy") for call in one.calls[:1])
