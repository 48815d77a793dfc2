import os
import signal
import subprocess
import sys
import time

import pytest

from zoll import cli
from zoll.cli.screen import listing

# A test runner in the background has the signal ignored, and its children with it.
INTERRUPTIBLE = "from zoll.cli import main; import signal as s; s.signal(s.SIGINT, s.default_int_handler); main()"
LAZY = "import sys; from zoll import cli; cli.run(['--help']); print([n for n in sys.modules if n.startswith('zoll.')])"


def test_help_lists_every_command_and_imports_none():
    done = subprocess.run([sys.executable, "-c", LAZY], capture_output=True, text=True, check=True)
    for name, hidden in listing.commands().items():
        assert (f"\n  {name} " in done.stdout) is not hidden
        assert f"zoll.cli.{name}'" not in done.stdout
    assert "zoll.pipeline" not in done.stdout


def test_help_is_quick(zoll):
    best = min(_timed(zoll) for _ in range(3))
    assert best < 0.3


def _timed(zoll):
    start = time.perf_counter()
    assert zoll("--help").returncode == 0
    return time.perf_counter() - start


@pytest.mark.parametrize("name", [name for name, hidden in listing.commands().items() if not hidden])
def test_every_commands_help_gives_an_example(zoll, name):
    assert f"\n  zoll {name}" in zoll(name, "--help").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nonsense"], "No such command"),
        (["inspect", "one"], "Missing argument 'NEW'"),
        (["inspect", "/nowhere", "/"], "zoll: '/nowhere': no such file or folder; give"),
        (["explain", "trigger/nonsense"], "no such rule; near are trigger/"),
        (["inspect", "/", "/", "--limit", "depth"], "zoll: --limit depth: write NAME=NUMBER"),
    ],
)
def test_what_the_caller_can_mend_is_said_and_exits_2(zoll, words, said):
    done = zoll(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_fault_of_its_own_exits_2_with_its_trace():
    code = "from zoll import cli; import sys; sys.argv[1:] = ['rules']; cli.run = lambda words: 1 / 0; cli.main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "ZeroDivisionError" in done.stderr


def test_ctrl_c_ends_at_once_and_leaves_nothing_behind(tmp_path):
    old, new = _busy(tmp_path / "old", 1), _busy(tmp_path / "new", 2)
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE, "inspect", old, new, "--out", tmp_path / "report"],
        env={**os.environ, "TMPDIR": str(temporary)},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(1.0)
    assert process.poll() is None, "too quick to be interrupted: make the releases larger"
    start = time.perf_counter()
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(10) == 130
    assert time.perf_counter() - start < 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "old", "tmp"]
    assert list(temporary.iterdir()) == []
    assert not _alive(process.pid)


def _busy(folder, step):
    """Make a release that takes seconds to read."""
    folder.mkdir()
    body = "\n".join(
        f"def f{line}(x):\n    if x == {line * step}:\n        return g(x, 'word {line + step}')\n"
        for line in range(4000)
    )
    for number in range(12):
        (folder / f"m{number}.py").write_text(body.replace("g(", f"g{number}("))
    return folder


def _alive(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_reader_who_goes_is_no_error(upgrade):
    command = f"{sys.executable} -c 'from zoll.cli import main; main()'"
    words = ("rules", f"inspect {upgrade[0]} {upgrade[1]}")
    script = "; ".join(f"{command} {line} | true; echo ${{PIPESTATUS[0]}}" for line in words)
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr) == (["0", "1"], "")


def test_run_returns_the_status_and_never_exits():
    assert cli.run(["--version"]) == 0
    assert cli.run(["--nonsense"]) == 2
