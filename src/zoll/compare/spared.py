"""Protection that is asked for in fewer cases: `if (use_auth)` that became `if (use_auth && peer != self)`.

Nothing is refused and nothing granted there, so neither side of the condition says who is let past; what the flag is
called does. A flag that tells of what was done (`authenticated`, `is_secure`) lets in, and asking for more of it
lets in less.
"""

import re
from collections.abc import Iterator

from zoll.compare.atoms import RESULTS, Atom, atoms, body, rejects
from zoll.compare.conditions import Weak
from zoll.compare.strength import named, number, words_of
from zoll.compare.view import View, last
from zoll.parse.code import Statement

_STEMS = re.compile(
    r"auth(?!or(?!i[sz]))|secur|verif|encrypt|integrit|protect|privileg|sandbox|seccomp|strict|restrict|enforce|harden|"
    r"(?:tls|ssl|mac|hmac|acl|sec|permissions?|validate|inhibit|sanitize|drop)\Z"
)
_DONE = re.compile(r"(?:is|has|can|was|no|not|non|un\w+|\w+(?:ed|able))\Z")
_NAME = re.compile(r"[A-Za-z_]\w*+(?!\s{0,2}\()")
_NOTHING = frozenset({"", "NULL", "nullptr", "nil", "None", "null"})
_LOOPS = frozenset({"for", "while", "do", "until"})
_GUARDS = re.compile(
    r"(?i)(?:\w{1,20}_)?(?:verif|authenticat|check_?(?:pass|pw|auth|cred|sig|cert|perm|access)|authori[sz])"
)
_NEAR = 24
_CLIP = 300


def spared(view: View, place: int, other: int) -> Iterator[Weak]:
    """Yield what newly spares a protection, for a condition that neither refuses nor leads to a success."""
    one, two = view.sides[0][place], view.sides[1][other]
    if one.kind != "condition" or two.kind != "condition" or two.word in _LOOPS or view.compiled:
        return
    if _narrowness(two) <= _narrowness(one) or rejects(view.sides[0], place) or rejects(view.sides[1], other):
        return
    olds, news = (atoms(side, rejecting=False)[0] for side in (one, two))
    keys = {atom.key for atom in olds}
    more = [atom for atom in news if atom.key not in keys]
    asked = any(_asks(atom) for atom in olds) or _holds_a_check(view, place)
    if asked and more and keys <= {atom.key for atom in news} and _does(view, other):
        told = " ".join(child.text[:_CLIP] for child in body(view.sides[1], other)[:6])
        rest = f"{told} {' '.join(f'{atom.left} {atom.right}' for atom in olds)}"
        yield from (Weak("scope", "", atom.text) for atom in more if not _makes_sure(atom, rest))


def _narrowness(statement: Statement) -> int:
    """Return how many things must hold together, far below nought where one of several will do."""
    return statement.joins.count("&&") - 100 * statement.joins.count("||")


def _asks(atom: Atom) -> bool:
    """Tell whether an atom is a flag that asks for protection."""
    if atom.op not in {"truth", "==", "!="} or not atom.holds or atom.test.call:
        return False
    return any(_protects(words_of(name)) for name in _NAME.findall(f"{atom.left} {atom.right}"[:_CLIP]))


def _protects(words: tuple[str, ...]) -> bool:
    return any(_STEMS.match(word) for word in words) and not any(_DONE.match(word) for word in words)


def _does(view: View, other: int) -> bool:
    """Tell whether something is done under the condition that is more than a line in a log."""
    own = body(view.sides[1], other)
    return any(not one.calls or not all(named(last(call.name), "log") for call in one.calls) for one in own)


def _holds_a_check(view: View, place: int) -> bool:
    """Tell whether under a condition, and nowhere else, a guard is asked that turns somebody away."""
    old = view.sides[0]
    for at in range(place + 1, min(place + 1 + _NEAR, len(old))):
        calls = [last(test.call) for test in old[at].tests if test.call] if old[at].within == place else []
        if any(_GUARDS.match(call) for call in calls) and rejects(old, at):
            return True
    return False


def _makes_sure(atom: Atom, rest: str) -> bool:
    """Tell whether an atom only makes sure that what is used there is there, or that nothing failed before."""
    name = _NAME.findall(atom.left)
    if not name or name[-1].lower() in RESULTS:
        return True
    bare = atom.op == "truth" or atom.right in _NOTHING or number(atom.right) == 0
    return bare and re.search(rf"(?<!\w){re.escape(name[-1])}(?!\w)", rest) is not None
