"""A supervised pool of forked workers.

Workers are forked when `run` starts and end when it ends, so that the work may be a closure over anything the parent
holds and jobs need no wire at all: a worker is told a job's number. Answers come back as msgpack, decoded with the
declared type, since a worker that hostile bytes have taken over must not be able to send more than plain values.
"""

import faulthandler
import gc
import os
import selectors
import signal
import socket
import struct
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Generic, NoReturn, Self, TypeVar, cast

import msgspec

from zoll.sandbox.confine import allow_cpu, confine
from zoll.sandbox.limits import Failure, Limits

J = TypeVar("J")
A = TypeVar("A")

JOB = struct.Struct("=I")
FRAME = struct.Struct("=BQ")
ANSWERED, RAISED, STARVED = 0, 1, 2
LARGEST_ANSWER = 1 << 30
CHUNK = 1 << 20
TRIES = 2
COLLECT = (50_000, 20, 20)  # a worker makes many small things and few circles: collect seldom
GRACE = 30.0  # seconds beyond its time that a worker may spend on sending an answer, while the parent is busy elsewhere


class _Worker:
    """One forked child as the parent sees it; `job` is the number of the job in its hands, -1 when idle."""

    def __init__(self, pid: int, line: socket.socket) -> None:
        self.pid = pid
        self.line = line
        self.job = -1
        self.due = 0.0
        self.last = 0.0
        self.heard = bytearray()

    def give(self, job: int, seconds: float) -> bool:
        """Hand over a job; False when nobody listens any more."""
        self.job = job
        self.due = time.monotonic() + seconds
        self.last = self.due + GRACE
        try:
            self.line.sendall(JOB.pack(job))
        except OSError:
            return False
        return True

    def listen(self) -> tuple[int, bytes] | None:
        """Take what has come; return a whole answer, or None. Raise EOFError when the worker is gone."""
        with suppress(BlockingIOError):
            while piece := self.line.recv(CHUNK, socket.MSG_DONTWAIT):
                self.heard += piece
                if len(piece) < CHUNK:
                    break
            if not piece:
                raise EOFError
        return self._answer()

    def _answer(self) -> tuple[int, bytes] | None:
        if len(self.heard) < FRAME.size:
            return None
        status, size = FRAME.unpack_from(self.heard)
        if size > LARGEST_ANSWER:
            raise EOFError
        if len(self.heard) < FRAME.size + size:
            return None
        body = bytes(memoryview(self.heard)[FRAME.size : FRAME.size + size])
        self.heard = bytearray()
        return status, body

    def end(self) -> str:
        """Kill the worker and all that it started; return how it had died."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self.line.close()
        with suppress(ChildProcessError):
            status = os.waitpid(self.pid, 0)[1]
            if os.WIFSIGNALED(status):
                return signal.Signals(os.WTERMSIG(status)).name
            return f"exit status {os.waitstatus_to_exitcode(status)}"
        return "gone"


class Pool:
    """A number of workers (0 or less: one per core) with limits; `scratch` is the only folder they may write beneath.

    With `strict`, an exception of the work is raised in the parent with the child's traceback; else it is a Failure.
    """

    def __init__(self, jobs: int, limits: Limits, scratch: Path, *, strict: bool = False) -> None:
        self.jobs = jobs if jobs > 0 else len(os.sched_getaffinity(0))
        self.limits = limits
        self.scratch = scratch
        self.strict = strict
        self._runs: list[_Run[object, object]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Kill every worker that still lives."""
        while self._runs:
            self._runs.pop().close()

    def run(
        self, work: Callable[[J], A], tasks: Iterable[J], answer: type[A], weigh: Callable[[J], int] = lambda _: 0
    ) -> Iterator[tuple[J, A | Failure]]:
        """Do `work` on every task and yield (task, answer) as they complete; `weigh` gives a task's bytes."""
        jobs = list(tasks)
        run = _Run(self, work, jobs, answer, [weigh(job) for job in jobs])
        self._runs.append(cast("_Run[object, object]", run))
        try:
            yield from run.results()
        finally:
            run.close()
            with suppress(ValueError):
                self._runs.remove(cast("_Run[object, object]", run))


class _Run(Generic[J, A]):
    """One call of `run`: who works on what, what waits, what is tried again."""

    def __init__(
        self, pool: Pool, work: Callable[[J], A], jobs: Sequence[J], answer: type[A], weights: Sequence[int]
    ) -> None:
        self.pool = pool
        self.work = work
        self.jobs = jobs
        self.seconds = [pool.limits.seconds(weight) for weight in weights]
        self.processor = [pool.limits.processor(weight) for weight in weights]
        self.decoder = msgspec.msgpack.Decoder(answer)
        self.waiting = deque(range(len(jobs)))
        self.again: deque[int] = deque()
        self.tries = [0] * len(jobs)
        self.workers: set[_Worker] = set()
        self.watch = selectors.DefaultSelector()

    def results(self) -> Iterator[tuple[J, A | Failure]]:
        gc.freeze()  # the collector must not touch, and so copy, the pages that workers share
        try:
            for _ in range(min(self.pool.jobs, len(self.jobs))):
                self._busy(self._hire())
            while self.workers:
                yield from self._step()
        finally:
            gc.unfreeze()

    def close(self) -> None:
        while self.workers:
            self.workers.pop().end()
        self.watch.close()

    def _step(self) -> Iterator[tuple[J, A | Failure]]:
        due = min(worker.due for worker in self.workers)
        for key, _ in self.watch.select(max(0.0, due - time.monotonic())):
            yield from self._hear(cast("_Worker", key.data))
        for worker in self._late():
            yield from self._fell(worker, "timeout", f"{self.seconds[worker.job]:.0f} s")

    def _late(self) -> list[_Worker]:
        """Return the workers whose time is over and who have said nothing that still waits to be heard."""
        now = time.monotonic()
        if all(worker.due > now for worker in self.workers):
            return []
        speaking = {key.fd for key, _ in self.watch.select(0)}
        return [worker for worker in self.workers if worker.due <= now and worker.line.fileno() not in speaking]

    def _hear(self, worker: _Worker) -> Iterator[tuple[J, A | Failure]]:
        try:
            heard = worker.listen()
        except (EOFError, OSError):
            yield from self._fell(worker, "crash", "")
            return
        if heard is None:
            worker.due = max(worker.due, min(time.monotonic() + 1.0, worker.last))
            return
        status, body = heard
        if status == STARVED:
            yield from self._fell(worker, "memory", "out of memory")
        else:
            job, result = worker.job, self._result(status, body)
            self._busy(worker)
            yield self.jobs[job], result

    def _result(self, status: int, body: bytes) -> A | Failure:
        if status == ANSWERED:
            try:
                return self.decoder.decode(body)
            except (msgspec.DecodeError, RecursionError, MemoryError, UnicodeDecodeError) as error:
                return Failure("crash", f"answer of the wrong type: {error}")
        text = body.decode("utf-8", "replace")
        if self.pool.strict:
            raise RuntimeError(text)
        return Failure("crash", text.strip().rsplit("\n", 1)[-1])

    def _fell(self, worker: _Worker, reason: str, detail: str) -> Iterator[tuple[J, A | Failure]]:
        """End a worker; its job is tried once more in a fresh worker, or given up."""
        job = worker.job
        self.watch.unregister(worker.line)
        self.workers.remove(worker)
        how = worker.end()
        self.tries[job] += TRIES if how == "SIGXCPU" else 1  # what takes too long would take as long again
        if self.tries[job] < TRIES:
            self.again.append(job)
        if self.again or self.waiting:
            self._busy(self._hire())
        if self.tries[job] >= TRIES:
            if how == "SIGXCPU":
                reason = "timeout"
            yield self.jobs[job], Failure(reason, detail or how)

    def _busy(self, worker: _Worker) -> None:
        """Give the worker its next job, or let it go."""
        queue = self.again or self.waiting
        if not queue:
            self.watch.unregister(worker.line)
            self.workers.discard(worker)
            worker.end()
            return
        job = queue.popleft()
        worker.give(job, self.seconds[job])  # one that does not listen is noticed at its end of file

    def _hire(self) -> _Worker:
        """Fork a worker. An interrupt waits meanwhile: raised in what Python does at a fork, it would be lost."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return self._forked()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _forked(self) -> _Worker:
        ours, theirs = socket.socketpair()
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            ours.close()
            for other in self.workers:
                other.line.close()
            self._live(theirs, parent)
        theirs.close()
        with suppress(PermissionError, ProcessLookupError):
            os.setpgid(pid, pid)
        worker = _Worker(pid, ours)
        self.workers.add(worker)
        self.watch.register(ours, selectors.EVENT_READ, worker)
        return worker

    def _live(self, line: socket.socket, parent: int) -> NoReturn:
        """Be a worker: whatever happens, never return into the parent's code."""
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            os.setpgid(0, 0)
            faulthandler.disable()  # a crash is told by the parent
            nothing = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nothing, stream)
            confine(self.pool.limits, self.pool.scratch, parent)
            gc.set_threshold(*COLLECT)
            self._serve(line)
        finally:
            os._exit(1)

    def _serve(self, line: socket.socket) -> None:
        while request := line.recv(JOB.size, socket.MSG_WAITALL):
            (job,) = JOB.unpack(request)
            allow_cpu(self.processor[job])
            status, body = self._attempt(self.jobs[job])
            line.sendall(FRAME.pack(status, len(body)))
            line.sendall(body)

    def _attempt(self, job: J) -> tuple[int, bytes]:
        body = b""
        with _Raised() as raised:
            body = msgspec.msgpack.encode(self.work(job))
        if raised.error is None:
            return ANSWERED, body
        status = STARVED if isinstance(raised.error, MemoryError) else RAISED
        return status, "".join(traceback.format_exception(raised.error)).encode("utf-8", "replace")


class _Raised:
    """Keeps whatever is raised within, even an exit: the parent judges it."""

    error: BaseException | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> bool:
        self.error = error
        return True
