"""What workers answered before about the very same parts is taken from where it was kept."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from zoll.pipeline.reading import Answer
from zoll.sandbox.limits import Failure
from zoll.sandbox.pool import Pool
from zoll.store.answers import Answers, key_of

J = TypeVar("J")


def recalled(
    answers: Answers,
    pool: Pool,
    work: Callable[[J], Answer],
    tasks: Iterable[J],
    weigh: Callable[[J], int],
    made_of: Callable[[J], object],
) -> Iterator[tuple[J, Answer | Failure]]:
    """Yield (task, answer) as the pool does, kept answers first; `made_of` is all that the answer to a task hangs on.

    An answer that tells a gap is not kept: with more time or memory it may be another one.
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
        if not isinstance(made, Failure) and not made.gaps:
            answers.keep(key, made)
        yield task, made
