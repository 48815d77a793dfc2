"""What kept a program safe in every case and does so only in one now, and what it remembers from one call to the next.

`clean_environment(pw);` that became `if (argc < 3) clean_environment(pw);`, and `int found = 0;` that became
`static int found;`, which holds the yes that somebody else got.
"""

import re
from collections.abc import Iterator, Sequence

from zoll.compare.conditions import Weak
from zoll.compare.view import View, last, names
from zoll.parse.code import Statement

_KEEPS = re.compile(
    r"(?i)(?:clean|clear|sanitiz|scrub|reset|purge)\w{0,10}_?env\w{0,12}|closefrom|setgroups|initgroups|unveil|pledge|umask|"
    r"(?:permanently_)?(?:drop|restore|revoke|relinquish)_?(?:priv\w{0,10}|root|caps?|uid|rights)|restore_uid|setsid|chroot"
)
_NO = frozenset({"0", "false", "FALSE", "NULL"})
_PLACE = re.compile(r"(?:(?:const|volatile|unsigned|signed)\s)*\w+[\s*]+(\w+)")
_LOOPS = frozenset({"for", "while", "do", "until", "?"})


def sometimes(view: View) -> Iterator[tuple[int, Weak, Statement, Statement]]:
    """Yield the run, the weakening and both statements, where a call that protects was put under a condition."""
    old, new = view.sides
    for index in range(len(view.runs)):
        for two in view.inserted(index):
            if new[two].kind != "condition" or new[two].word in _LOOPS:
                continue
            for other in view.under.get(two, ()):
                one = old[view.back[other]]
                call = next((call for call in one.calls if _KEEPS.fullmatch(last(call.name))), None)
                stood = call and one.kind == "call" and view.partner.get(one.within, -1) == new[two].within
                if call and stood and new[other].calls and not _asks_of_it(new[two], new[other]):
                    told = new[two].text.removeprefix("if").strip()
                    yield index, Weak("scope", call.name, told, how="sometimes"), one, new[two]


def _asks_of_it(condition: Statement, done: Statement) -> bool:
    """Tell whether a condition only looks at what the call is handed: whether it is there."""
    asked = {name for test in condition.tests for name in names(f"{test.left} {test.right}")}
    return bool(asked) and asked <= names(" ".join(argument for call in done.calls for argument in call.args))


def remembered(view: View, place: int, other: int) -> Iterator[Weak]:
    """Yield a local of C that began as a no each time and holds what the last call left in it now."""
    one, two = view.sides[0][place], view.sides[1][other]
    if view.language not in {"c", "cpp"} or one.kind != "declare" or two.kind != "declare" or one.target != two.target:
        return
    name = one.target or next((found[1] for found in [_PLACE.match(one.text)] if found), "")
    kept = "static" in two.text.split()[:2] and "static" not in one.text.split()[:2] and "const" not in two.text.split()
    if kept and name and one.value.strip(" ;") in _NO and _given_back(view.sides[1], name):
        yield Weak("return", one.text, two.text, how="remembered")


def _given_back(side: Sequence[Statement], name: str) -> bool:
    return any(one.kind == "return" and one.value.strip("(); ") == name for one in side)
