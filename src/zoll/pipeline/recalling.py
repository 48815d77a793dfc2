"""What workers answered before about the very same parts is taken from where it was kept."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from zoll.model import Gap
from zoll.parse.source import SLOW
from zoll.pipeline.reading import Answer
from zoll.sandbox.limits import Failure
from zoll.sandbox.pool import Pool
from zoll.store.answers import Answers, key_of

J = TypeVar("J")
# Gaps that are told of the bytes and of bounds that count them; `time` is also said where so much code is not read.
LASTING = frozenset({"depth", "limit", "malformed", "parts", "syntax", "time", "truncated"})


def recalled(
    answers: Answers,
    pool: Pool,
    work: Callable[[J], Answer],
    tasks: Iterable[J],
    weigh: Callable[[J], int],
    made_of: Callable[[J], object],
) -> Iterator[tuple[J, Answer | Failure]]:
    """Yield (task, answer) as the pool does, kept answers first; `made_of` is all that the answer to a task hangs on.

    An answer that ran out of time is not kept, nor one to a part that was gone: another time it may be another one.
    """
    if not answers:
        yield from pool.run(work, tasks, Answer, weigh)
        return
    waiting: list[tuple[bytes, J]] = []
    for task in tasks:
        key = key_of(made_of(task))
        kept = answers.find(key, Answer)
        if kept is None:
            waiting.append((key, task))
        else:
            yield task, kept
    jobs = pool.run(lambda job: work(job[1]), waiting, Answer, lambda job: weigh(job[1]))
    for (key, task), made in jobs:
        if not isinstance(made, Failure) and all(map(_lasts, made.gaps)):
            answers.keep(key, made)
        yield task, made


def _lasts(gap: Gap) -> bool:
    """Say whether the same bytes leave this gap again, however fast the machine is."""
    return gap.reason in LASTING and gap.detail != SLOW
