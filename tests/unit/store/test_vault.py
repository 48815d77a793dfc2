import os
import signal
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from zoll.errors import CannotRead
from zoll.store.vault import Vault

DATA = b"some bytes of a member"
DIGEST = sha256(DATA).hexdigest()


@pytest.fixture
def vault():
    with Vault() as made:
        path = made.spool()
        path.write_bytes(b"before" + DATA + b"after")
        made.keep(DIGEST, path, 6, len(DATA))
        yield made


def test_bytes_and_heads(vault):
    assert DIGEST in vault
    assert vault.bytes(DIGEST) == DATA
    assert vault.head(DIGEST, 4) == b"some"
    assert vault.head(DIGEST, 1000) == DATA
    assert vault.size(DIGEST) == len(DATA)


def test_nothing_is_always_there(vault):
    nothing = sha256(b"").hexdigest()
    assert nothing in vault
    assert vault.bytes(nothing) == b""


def test_what_was_never_kept_cannot_be_read(vault):
    assert "00" not in vault
    with pytest.raises(CannotRead, match="missing"):
        vault.bytes("00")


def test_the_first_place_stays(vault, tmp_path):
    vault.keep(DIGEST, tmp_path / "elsewhere", 0, len(DATA))
    assert vault.bytes(DIGEST) == DATA


def test_a_file_in_place_must_keep_its_size(vault, tmp_path):
    path = tmp_path / "a.c"
    path.write_bytes(b"int a;")
    digest = sha256(b"int a;").hexdigest()
    vault.keep(digest, path, 0, 6)
    assert vault.bytes(digest) == b"int a;"
    path.write_bytes(b"int a, b;")
    with pytest.raises(CannotRead, match="has changed"):
        vault.bytes(digest)


def test_a_file_in_place_that_became_a_link_is_not_followed(vault, tmp_path):
    path = tmp_path / "a.c"
    vault.keep("11", path, 0, 6)
    (tmp_path / "other").write_bytes(b"int a;")
    path.symlink_to("other")
    with pytest.raises(CannotRead, match="missing"):
        vault.bytes("11")


def test_more_files_than_are_kept_open(vault, tmp_path):
    for number in range(200):
        (tmp_path / str(number)).write_bytes(b"%03d" % number)
        vault.keep(f"n{number}", tmp_path / str(number), 0, 3)
    assert [vault.bytes(f"n{number}") for number in range(200)] == [b"%03d" % number for number in range(200)]
    assert len(vault._open) <= 64


def test_forked_readers_share_it(vault):
    vault.bytes(DIGEST)
    child = os.fork()
    if child == 0:
        os._exit(0 if vault.bytes(DIGEST) == DATA else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert vault.bytes(DIGEST) == DATA


def test_scratch_is_gone_after_an_error():
    seen = []

    def fail():
        with Vault() as vault:
            vault.spool().write_bytes(b"x")
            seen.append(vault.scratch)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert not seen[0].exists()


PROGRAM = """
import os, signal, sys
from zoll.store.vault import Vault
vault = Vault()
vault.spool().write_bytes(b"x")
print(vault.scratch, flush=True)
"""


@pytest.mark.parametrize("ending", ["", "raise KeyError", "sys.exit(3)", "os.kill(os.getpid(), signal.SIGINT)"])
def test_scratch_is_gone_when_the_program_ends(ending):
    program = PROGRAM + ending
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=os.environ, check=False)
    assert done.returncode in {0, 1, 3, 130, -signal.SIGINT}
    scratch = Path(done.stdout.strip())
    assert scratch.name.startswith("zoll-")
    assert not scratch.exists()
