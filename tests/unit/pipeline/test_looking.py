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
