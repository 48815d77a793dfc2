"""Guards that still decide, in another form: the call leaves early now, or what it says is given back as it is.

`if (verify(c)) { grant(c); return 0; } return -1;` that became `if (!verify(c)) return -1; grant(c); return 0;`, and
`if err := verify(u); err != nil { return err }; return nil` that became `return verify(u)`.
"""

import re
from collections.abc import Iterable, Sequence

from zoll.model import Reading
from zoll.parse.code import Statement

_GIVEN = re.compile(r"return\s(?:await\s)?([\w.:>-]{1,120})\(")
_FAILS, _SUCCEEDS = "failure", "success"


def without_still_deciding(
    gained: Iterable[Reading], lost: Sequence[Reading], new: Iterable[Statement]
) -> list[Reading]:
    """Return what one hunk lost without the guards that decide in another form; `new`: its new statements."""
    guards = [reading for reading in lost if reading.fact.kind == "guard"]
    if not guards:
        return list(lost)
    leaves = {one.fact.value for one in gained if one.fact.kind == "guard" and one.fact.trait("effect") == _FAILS}
    given = {found[1] for one in new if one.kind == "return" and (found := _GIVEN.match(one.text))}
    still = {_SUCCEEDS: leaves, _FAILS: given}
    return [one for one in lost if one not in guards or one.fact.value not in still.get(one.fact.trait("effect"), ())]
