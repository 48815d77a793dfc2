"""Whatever is handed in ends in a clear line or a gap, with the exit status that the documentation promises."""

import io
import json
import os
import signal
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from zoll.cli import run
from zoll.pipeline import inspection

PLAIN = {"a.py": b"def f(x):\n    return x\n", "b.txt": b"hello\n"}
ROOT = os.geteuid() == 0


def tree(path, files):
    for name, data in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    path.mkdir(exist_ok=True)
    return path


def zipped(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


@pytest.fixture
def old(tmp_path):
    return tree(tmp_path / "old", PLAIN)


@pytest.fixture
def inspected(capfd, tmp_path, monkeypatch):
    """Return a function that inspects two paths: exit status, report (None without), what stands on stderr."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))

    def go(old, new, *more):
        status = run(["inspect", str(old), str(new), "--format", "json", "--jobs", "1", "--quiet", *more])
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        assert list(scratch.iterdir()) == [], "something was left behind"
        report = json.loads(out) if out else None
        if report:
            account = report["account"]
            for unit in ("parts", "bytes"):
                pieces = [account[word][unit] for word in ("unchanged", "moved", "noise", "compared", "gaps")]
                assert account["whole"][unit] == sum(pieces)
        return status, report, err

    return go


def reasons(report):
    return {gap["reason"] for gap in report["gaps"]}


@pytest.mark.parametrize("what", ["", " ", "nowhere", "dangling", "itself", "fifo", "/dev/null", "pkg:odd/x", "a\nb"])
def test_what_cannot_be_inspected_is_one_line_that_says_what_to_do(what, old, inspected, tmp_path):
    (tmp_path / "dangling").symlink_to("nothing")
    (tmp_path / "itself").symlink_to("itself")
    os.mkfifo(tmp_path / "fifo")
    path = tmp_path / what if what in ("nowhere", "dangling", "itself", "fifo") else what
    status, report, err = inspected(old, path)
    assert (status, report) == (2, None)
    assert err.startswith("zoll: ")
    assert err.count("\n") == 1
    assert ";" in err


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_an_unreadable_path_is_one_line_too(kind, old, capfd, inspected, monkeypatch):
    inspected(old, old)  # everything is imported: nobody may be unable to read this checkout
    with tempfile.TemporaryDirectory(dir="/tmp") as name, monkeypatch.context() as patch:
        home = Path(name)
        home.chmod(0o777)
        patch.setattr("tempfile.tempdir", name)
        secret, mine = home / "secret", tree(home / "mine", PLAIN)
        secret.write_bytes(b"x") if kind == "file" else tree(secret, PLAIN)
        secret.chmod(0)
        if ROOT:
            os.seteuid(65534)
        try:
            status = run(["inspect", str(mine), str(secret), "--quiet"])
        finally:
            if ROOT:
                os.seteuid(0)
            secret.chmod(0o700)
    out, err = capfd.readouterr()
    assert (status, out) == (2, "")
    assert err.startswith("zoll: ")
    assert "ermission denied" in err


@pytest.mark.parametrize(
    ("name", "data"), [("empty", None), ("empty.bin", b""), ("empty.zip", b"PK\x05\x06" + bytes(18))]
)
def test_nothing_at_all_is_judged(name, data, old, inspected, tmp_path):
    new = tmp_path / name
    new.mkdir() if data is None else new.write_bytes(data)
    status, report, _ = inspected(old, new)
    assert status == 0
    assert report["account"]["removed"]["parts"] == 2
    status, report, _ = inspected(new, new)
    assert (status, report["findings"]) == (0, [])


@pytest.mark.parametrize("share", [0.0005, 0.01, 0.5, 0.99])
@pytest.mark.parametrize("form", ["tar.gz", "zip"])
def test_an_archive_that_ends_early_is_a_gap_and_a_finding(form, share, inspected, tmp_path):
    whole, cut = tmp_path / f"a.{form}", tmp_path / f"b.{form}"
    files = {f"p/f{n}.py": os.urandom(1500).hex().encode() for n in range(10)}
    if form == "zip":
        zipped(whole, files)
    else:
        with tarfile.open(whole, "w:gz") as archive:
            archive.add(tree(tmp_path / "t", files), "t")
    data = whole.read_bytes()
    cut.write_bytes(data[: max(8, int(len(data) * share))])
    status, report, _ = inspected(whole, cut)
    assert status in (0, 1)
    assert reasons(report) == {"truncated"}
    assert "concealment/unseen" in {signal["rule"] for one in report["findings"] for signal in one["signals"]}


def test_containers_nest_as_deep_as_the_limit(old, inspected, tmp_path):
    data, name = b"x = 1\n", "a.py"
    for depth in range(40):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(name, data)
        data, name = out.getvalue(), f"n{depth}.zip"
    (tmp_path / "deep.zip").write_bytes(data)
    _, report, _ = inspected(old, tmp_path / "deep.zip")
    assert reasons(report) == {"depth"}
    assert report["account"]["gaps"]["parts"] == 1


def test_a_bomb_of_two_gigabytes_is_a_gap(old, inspected, tmp_path):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    megabyte = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)  # stands alone, so it can be repeated
    end = zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    header = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
    (tmp_path / "bomb.gz").write_bytes(header + megabyte * 2048 + end + bytes(8))
    began = time.monotonic()
    _, report, _ = inspected(old, tmp_path / "bomb.gz")
    assert reasons(report) & {"ratio", "bytes"}
    assert time.monotonic() - began < 60


def test_what_climbs_out_of_an_archive_stays_inside(old, inspected, tmp_path):
    with tarfile.open(tmp_path / "n.tar", "w") as archive:
        for name, more in [
            ("/etc/passwd", {}),
            ("../../out.py", {}),
            ("link", {"type": tarfile.SYMTYPE, "linkname": str(tmp_path)}),
            ("link/escaped.txt", {}),
            ("null", {"type": tarfile.CHRTYPE, "devmajor": 1, "devminor": 3}),
            ("hard", {"type": tarfile.LNKTYPE, "linkname": "../../../etc/shadow"}),
        ]:
            info = tarfile.TarInfo(name)
            info.size = 0 if more else 6
            for key, value in more.items():
                setattr(info, key, value)
            archive.addfile(info, None if more else io.BytesIO(b"x = 1\n"))
    before = sorted(path.name for path in tmp_path.iterdir())
    _, report, _ = inspected(old, tmp_path / "n.tar")
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert {"etc/passwd", "out.py", "link", "link/escaped.txt", "null", "hard"} <= {
        one["path"] for one in report["findings"]
    }


def test_links_pipes_and_sockets_in_a_folder_are_not_followed(old, inspected, tmp_path):
    new = tree(tmp_path / "new", {"a.py": PLAIN["a.py"]})
    os.mkfifo(new / "fifo")
    for name, target in (("loop", "."), ("out", "/etc"), ("none", "nowhere"), ("self", "self")):
        (new / name).symlink_to(target)
    with socket.socket(socket.AF_UNIX) as door:
        home = Path.cwd()
        os.chdir(new)  # a socket's path must be short
        door.bind("door")
        os.chdir(home)
        status, report, _ = inspected(old, new)
    assert status in (0, 1)
    assert report["account"]["whole"] == {"parts": 7, "bytes": len(PLAIN["a.py"])}


def test_equal_releases_and_swapped_ones(old, inspected, tmp_path):
    same = tree(tmp_path / "same", PLAIN)
    other = tree(tmp_path / "other", PLAIN | {"a.py": b"def f(x):\n    return eval(x)\n"})
    assert inspected(old, old)[1]["account"]["changes"] == 0
    assert inspected(old, same)[1]["findings"] == []
    forth, back = inspected(old, other)[1], inspected(other, old)[1]
    assert forth["findings"][0]["bits"] > back["findings"][0]["bits"]


def test_names_of_a_stranger_are_shown_and_never_obeyed(old, capfd, tmp_path):
    new = tmp_path / "new"
    names = [
        b"new\nline.py",
        b"\x1b[31mred.py",
        "\u202egpj.py".encode(),
        b"\xff\xfe.py",
        b"n" * 250 + b".py",
        b"-rf",
        b" ",
    ]
    deep = "/".join(["d" * 200] * 15)
    tree(new, {os.fsdecode(name): b"import os\nos.system('x')\n" for name in (*names, f"{deep}/f.py".encode())})
    status = run(["inspect", str(old), str(new), "--jobs", "1", "--top", "40", "--quiet"])
    out = capfd.readouterr().out
    assert status in (0, 1)
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert all(char.isprintable() or char == "\n" for char in out)


def test_a_file_that_changes_while_zoll_reads_is_a_gap(old, inspected, tmp_path, monkeypatch):
    new = tree(tmp_path / "new", {"a.py": b"x = 1\n", "b.txt": b"gone\n", "c.txt": b"other\n"})
    real = inspection.pair_files

    def meanwhile(*words):
        (new / "b.txt").unlink()
        (new / "a.py").write_bytes(b"something longer\n")
        return real(*words)

    monkeypatch.setattr(inspection, "pair_files", meanwhile)
    status, report, _ = inspected(old, new)
    assert status in (0, 1)
    assert {(gap["path"], gap["reason"]) for gap in report["gaps"]} == {("a.py", "missing"), ("b.txt", "missing")}
    assert report["account"]["gaps"]["parts"] == 2


LONG = {
    "js": "var a=1;",
    "json": '{"a":1},',
    "sh": "a=1;",
    "xml": "<a/>",
    "css": "a{b:c}",
    "txt": "hello world ",
}


def test_long_lines_and_endless_brackets_end(old, inspected, tmp_path):
    files = {f"long.{ending}": (unit * (100_000 // len(unit))).encode() for ending, unit in LONG.items()}
    files |= {
        f"{number}.{ending}": (word * (200_000 // len(word))).encode()
        for ending, words in (
            ("c", "[("),
            ("py", "[{"),
            ("js", ["${"]),
            ("json", "[{"),
            ("yaml", "[{"),
            ("xml", ["<a>"]),
        )
        for number, word in enumerate(words)
    }
    began = time.monotonic()
    status, report, _ = inspected(old, tree(tmp_path / "new", files), "--limit", "cpu=10")
    assert status in (0, 1)
    assert reasons(report) <= {"time", "timeout", "depth", "parts"}
    assert report["account"]["whole"]["parts"] == len(files)
    assert time.monotonic() - began < 120


@pytest.mark.parametrize("delay", [0.3, 0.8, 1.6])
def test_an_interrupt_leaves_nothing_behind(delay, tmp_path):
    files = {f"{n}.py": f"def f(x):\n    return x + {n}\n".encode() * 200 for n in range(150)}
    old, new = (
        tree(tmp_path / "o", files),
        tree(tmp_path / "n", {n: d.replace(b"x +", b"x -") for n, d in files.items()}),
    )
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    words = "from zoll.cli import main; main()"
    started = subprocess.Popen(
        [sys.executable, "-c", words, "inspect", str(old), str(new), "--jobs", "2"],
        env=os.environ | {"TMPDIR": str(scratch)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    time.sleep(delay)
    started.send_signal(signal.SIGINT)
    _, err = started.communicate(timeout=30)
    assert started.returncode in (0, 1, 130)
    assert b"Traceback" not in err or delay < 0.5  # before the command line is there, Python itself is interrupted
    assert list(scratch.iterdir()) == []
    with pytest.raises(ProcessLookupError):
        os.killpg(started.pid, 0)


def test_a_full_disk_is_a_clear_end(old, tmp_path):
    """The scratch folder may not grow beyond some kilobytes: what does not fit is a gap, not a traceback."""
    zipped(tmp_path / "n.zip", {"big.txt": os.urandom(400_000).hex().encode(), "a.py": b"x = 1\n"})
    words = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000));"
        "from zoll.cli import run; sys.exit(run(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", words, "inspect", str(old), str(tmp_path / "n.zip"), "--jobs", "1", "--quiet"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1, 2), done.stderr
    assert "Traceback" not in done.stderr
    assert "could not see into" in done.stdout or done.stderr.startswith("zoll: ")
