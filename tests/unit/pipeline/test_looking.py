"""Words are looked up in all bytes of both releases."""

from pathlib import Path

from zoll.model import Part, Place
from zoll.pipeline.looking import BATCH, find_words
from zoll.sandbox import Limits, Pool

CODE = "def allow(name):\n    return name in ALLOWED\n"
NEW = 'def allow(name):\n    if name == "maint-7731":\n        return True\n    return name in ALLOWED\n'


def mentioned(report):
    return [words.at.path for one in report.findings for words in one.declared]


def test_a_literal_that_the_readme_explains_counts_as_declared(upgrade):
    text = {"README.md": "Use the name maint-7731 for maintenance.\n"}
    declared = upgrade({"login.py": CODE, **text}, {"login.py": NEW, **text})
    assert "README.md" in mentioned(declared)


def test_without_it_the_finding_is_stronger(upgrade, tmp_path):
    text = {"README.md": "Use the name maint-7731 for maintenance.\n"}
    silent = upgrade({"login.py": CODE}, {"login.py": NEW})
    declared = upgrade({"login.py": CODE, **text}, {"login.py": NEW, **text})
    assert mentioned(silent) == []
    assert silent.findings[0].bits > declared.findings[0].bits


def test_bytes_that_are_gone_count_as_holding_nothing():
    parts = [Part(Place((name,)), "text/plain", name, BATCH // 2 + 1) for name in ("one", "two", "three")]
    texts = {"one": b"the word here", "two": b"", "three": b"word"}
    with Pool(1, Limits(), Path("/tmp"), strict=True) as pool:
        found = find_words(["word"], parts, texts.__getitem__, pool)
    assert found == {"one": ["word"], "two": [], "three": ["word"]}


class Counted(dict):
    """Bytes by digest that remember who asked for them: the workers tell by a file."""

    def __init__(self, folder, texts):
        super().__init__(texts)
        self.log = folder / "asked"

    def read(self, digest):
        with self.log.open("a") as log:
            log.write(f"{digest} ")
        return self[digest]

    def asked(self):
        told = self.log.read_text().split() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return told


def test_what_was_looked_up_before_is_taken_from_where_it_was_kept(tmp_path):
    texts = Counted(
        tmp_path, {"one": b"alpha beta", "two": b"beta gamma", "none": b"nothing here", "new": b"gamma alpha"}
    )
    keep = str(tmp_path / "kept")

    def found(words, digests, keep=keep, upgrade="old"):
        parts = [Part(Place((digest,)), "text/plain", digest, 12) for digest in digests]
        with Pool(1, Limits(), tmp_path, strict=True) as pool:
            told = find_words(words, parts, texts.read, pool, keep, upgrade)
        return told, texts.asked()

    before = found(["alpha", "beta"], ["one", "two", "none"])
    assert before == ({"one": ["alpha", "beta"], "two": ["beta"], "none": []}, ["none", "one", "two"])
    # the same again: only what held nothing is read, since its bytes may have been gone
    assert found(["alpha", "beta"], ["one", "two", "none"]) == (before[0], ["none"])
    more, read = found(["alpha", "gamma"], ["one", "two", "new"])
    assert more == found(["alpha", "gamma"], ["one", "two", "new"], keep="")[0]
    assert read == ["new", "one", "two"]
    assert found(["beta"], ["one", "new"])[1] == ["new"]
    assert found(["beta"], ["one"], upgrade="another")[1] == ["one"]
