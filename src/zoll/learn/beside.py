"""Pieces of work that take minutes together, side by side, each in a worker forked from this process."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from zoll.errors import BadInput
from zoll.sandbox.limits import Failure, Limits
from zoll.sandbox.pool import Pool

HOUR = 3600.0
BOUNDS = Limits(memory=64 << 30, cpu=8 * HOUR, wall=24 * HOUR)  # what is learned from is as large as its user likes


class _Told(Struct):
    answer: bytes
    wrong: str = ""


def beside(pieces: int, work: Callable[[int], bytes]) -> Iterator[bytes]:
    """Yield what `work` gives for 0, 1, ... `pieces` - 1, in order.

    Raises BadInput where a piece does, or where its worker fell.
    """

    def told(piece: int) -> _Told:
        try:
            return _Told(work(piece))
        except BadInput as error:
            return _Told(b"", str(error))

    found: dict[int, bytes] = {}
    due = 0
    with TemporaryDirectory() as scratch, Pool(0, BOUNDS, Path(scratch), strict=True) as pool:
        for piece, answer in pool.run(told, range(pieces), _Told):
            if isinstance(answer, Failure):
                raise BadInput(f"learning stopped: {answer.reason} {answer.detail}")
            if answer.wrong:
                raise BadInput(answer.wrong)
            found[piece] = answer.answer
            while due in found:
                yield found.pop(due)
                due += 1
