"""What nobody should be able to guess and is made of less: keys, nonces, numbers, ports."""

from collections.abc import Callable

from zoll.judge.clauses.saying import Clause, became, quoted
from zoll.model import Fact

GUESSED: dict[str, Callable[[Fact], Clause]] = {
    "tellable": lambda fact: Clause("make", "a key, token or nonce of what others can tell" + became(fact)),
    "fallback": lambda fact: Clause("take", f"a fixed key or secret where it has none ({quoted(fact.trait('new'))})"),
    "once": lambda fact: Clause("use", "again and again what it drew anew each time" + became(fact)),
    "unfilled": lambda fact: Clause(
        "draw", f"{quoted(fact.trait('new'))} at random ({quoted(fact.trait('old'))}), and still uses it", gone=True
    ),
    "undrawn": lambda fact: Clause("draw", f"a part of a secret at random ({quoted(fact.trait('old'))})", gone=True),
    "shortened": lambda fact: Clause(
        "take", "only a part of what nobody should guess or must not repeat" + became(fact)
    ),
    "counted": lambda fact: Clause("count", "up what it drew at random" + became(fact)),
    "seeded": lambda fact: Clause(
        "draw", "from a generator that is seeded, and no more from the system's" + became(fact)
    ),
    "seldom": lambda fact: Clause(
        "draw",
        f"at random only in one case what it always drew ({quoted(fact.trait('old'))}: {quoted(fact.trait('new'))})",
    ),
}
