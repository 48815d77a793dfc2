import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import msgspec
import pytest

from zoll.sandbox import Failure, Limits, Pool
from zoll.sandbox.confine import confinement


class Answer(msgspec.Struct, frozen=True):
    number: int
    words: tuple[str, ...] = ()


def run(work, tasks, answer=int, *, jobs=2, limits=None, strict=False, scratch=Path("/tmp")):
    with Pool(jobs, limits or Limits(wall=1.0), scratch, strict=strict) as pool:
        return dict(pool.run(work, tasks, answer))


def double(n):
    return n * 2


def doing(what):
    """Do `what` for job 3, double the others."""
    return lambda n: what() if n == 3 else n * 2


def others(results):
    return {task: answer for task, answer in results.items() if task != 3} == {n: n * 2 for n in range(6) if n != 3}


@pytest.mark.parametrize(
    ("what", "reason", "detail"),
    [
        (lambda: os.kill(os.getpid(), signal.SIGSEGV), "crash", "SIGSEGV"),
        (lambda: os._exit(0), "crash", "exit status 0"),
        (lambda: sys.exit("enough"), "crash", "SystemExit: enough"),
        (lambda: bytearray(1 << 40), "memory", "out of memory"),
        (lambda: time.sleep(60), "timeout", "1 s"),
        (lambda: {}["gone"], "crash", "KeyError: 'gone'"),
        (lambda: "a word", "crash", "answer of the wrong type: Expected `int`, got `str`"),
        (lambda: "\ud800", "crash", "UnicodeEncodeError"),
    ],
)
def test_a_bad_job_falls_alone(what, reason, detail):
    results = run(doing(what), range(6), limits=Limits(wall=1.0, memory=1 << 30))
    assert others(results)
    assert results[3].reason == reason
    assert detail in results[3].detail


def test_a_fallen_job_is_tried_once_more(tmp_path):
    def once(n):
        mark = tmp_path / str(n)
        if not mark.exists():
            mark.touch()
            os._exit(1)
        return n

    assert run(once, range(4), scratch=tmp_path) == {n: n for n in range(4)}


def test_many_small_tasks_whatever_the_number_of_workers():
    expected = {n: n * 2 for n in range(2000)}
    assert run(double, range(2000), jobs=1) == expected
    assert run(double, range(2000), jobs=0) == expected
    assert run(double, reversed(range(2000)), jobs=3) == expected


def test_no_tasks():
    assert run(double, []) == {}


def test_structs_and_large_answers():
    big = "x" * 3_000_000
    results = run(lambda n: Answer(n, (big,)), range(3), Answer)
    assert results[2] == Answer(2, (big,))


def test_a_slow_consumer_does_not_cost_workers_their_jobs():
    with Pool(2, Limits(wall=0.3), Path("/tmp")) as pool:
        for task, answer in pool.run(lambda n: str(n) * 3_000_000, range(3), str):
            assert len(answer) == 3_000_000
            time.sleep(0.5 if task < 2 else 0)


def test_processor_time_is_bounded():
    def spin(_):
        while True:
            pass

    (result,) = run(spin, [1], limits=Limits(wall=20.0, cpu=0.0)).values()
    assert result == Failure("timeout", "SIGXCPU")


def test_strict_raises_with_the_childs_own_traceback():
    with pytest.raises(RuntimeError, match=r"(?s)in spoiled.*ValueError: spoiled"):
        run(spoiled, [1], strict=True)


def spoiled(_):
    raise ValueError("spoiled")


def test_a_worker_cannot_write_outside_nor_reach_the_network_nor_start_programs(tmp_path):
    scratch = tmp_path / "scratch"
    scratch.mkdir()

    def attempt(what):
        if what == "outside":
            (tmp_path / "evil").write_text("x")
        elif what == "inside":
            (scratch / "fine").write_text("x")
        elif what == "network":
            socket.create_connection(("192.0.2.1", 9), timeout=0.2)
        elif what == "program":
            subprocess.run(["/bin/true"], check=True)
        return "done"

    if not all(confinement().values()):
        pytest.skip("this kernel does not confine")
    results = run(attempt, ["outside", "inside", "network", "program"], str, scratch=scratch)
    assert results["inside"] == "done"
    assert all(isinstance(results[what], Failure) for what in ("outside", "network", "program"))
    assert not (tmp_path / "evil").exists()


def test_leaving_early_leaves_no_child():
    with Pool(2, Limits(), Path("/tmp")) as pool:
        next(pool.run(double, range(100), int))
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_an_interrupt_ends_at_once_and_leaves_no_child(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(
        textwrap.dedent("""
        import os, signal, time
        from pathlib import Path
        from zoll.sandbox import Limits, Pool

        signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs this in the background has it ignored

        def work(n):
            Path(f"{os.getcwd()}/{os.getpid()}.pid").touch()
            time.sleep(60)

        with Pool(2, Limits(wall=100), Path.cwd()) as pool:
            list(pool.run(work, range(4), int))
        """)
    )
    parent = subprocess.Popen([sys.executable, program], cwd=tmp_path, stderr=subprocess.PIPE, env=os.environ)
    wait_until(lambda: len(list(tmp_path.glob("*.pid"))) == 2)
    began = time.monotonic()
    parent.send_signal(signal.SIGINT)
    _, said = parent.communicate(timeout=60)
    assert time.monotonic() - began < 2
    assert b"KeyboardInterrupt" in said
    for mark in tmp_path.glob("*.pid"):
        assert not Path(f"/proc/{mark.stem}").exists()


def test_an_interrupt_while_a_worker_is_forked_is_not_lost(tmp_path):
    """Exceptions in what Python does after a fork are told and forgotten."""
    program = tmp_path / "program.py"
    program.write_text(
        textwrap.dedent("""
        import os, signal
        from pathlib import Path
        from zoll.sandbox import Limits, Pool

        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGINT))
        with Pool(1, Limits(wall=100), Path.cwd()) as pool:
            print(list(pool.run(lambda n: n, range(4), int)))
        """)
    )
    done = subprocess.run([sys.executable, program], cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert b"KeyboardInterrupt" in done.stderr
    assert b"ignored" not in done.stderr
    assert done.returncode != 0
    assert not done.stdout


def test_a_killed_parent_takes_its_children_along(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(
        "import os, time\nfrom pathlib import Path\nfrom zoll.sandbox import Limits, Pool\n"
        "def work(n):\n    Path(f'{os.getcwd()}/{os.getpid()}.pid').touch()\n    time.sleep(60)\n"
        "with Pool(1, Limits(wall=100), Path.cwd()) as pool:\n    list(pool.run(work, [1], int))\n"
    )
    parent = subprocess.Popen([sys.executable, program], cwd=tmp_path, env=os.environ)
    wait_until(lambda: list(tmp_path.glob("*.pid")))
    parent.kill()
    parent.wait()
    (mark,) = tmp_path.glob("*.pid")
    wait_until(lambda: not Path(f"/proc/{mark.stem}").exists() or "Z" in Path(f"/proc/{mark.stem}/stat").read_text())


def wait_until(condition):
    until = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)
