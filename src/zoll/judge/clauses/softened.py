"""What refused before and is milder now."""

from zoll.judge.clauses.saying import Clause, Makers, quoted
from zoll.model import Fact


def _softened(fact: Fact) -> Clause | None:
    old, new = quoted(fact.trait("old")), quoted(fact.trait("new"))
    match fact.value:
        case "partly":
            return Clause("refuse", f"only in some cases what it always refused there ({old} became {new})")
        case "silent":
            return Clause("leave", f"without a word where it raised an error ({old})")
        case "answered":
            return Clause("return", f"{new} where it raised an error ({old})")
        case "adopted":
            return Clause("take", f"over what differs, which it refused before ({old} is set to {new})")
        case "made":
            return Clause("make", f"what is missing, where it refused before ({old} is set to {new})")
        case "nulled":
            return Clause("choose", f"{new}, which protects nothing, in one case ({old})")
    return None


MAKERS: Makers = {"softened": _softened}
