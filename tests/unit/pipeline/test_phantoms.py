"""What the source lacks is listed by name; what a build usually adds is explained, by its content."""

import pytest

SOURCE = {
    "a-1.1/pyproject.toml": '[project]\nname = "a"\nversion = "1.1"\n',
    "a-1.1/src/a/one.py": "def first(x):\n    return x + 1\n\n\ndef second(x):\n    return first(x) * 2\n",
    "a-1.1/src/a/two.py": "def third(text):\n    return text.strip()\n",
    "a-1.1/README.md": "# a\n\nCounts things.\n",
}
RELEASE = {
    "a/one.py": SOURCE["a-1.1/src/a/one.py"],
    "a/two.py": SOURCE["a-1.1/src/a/two.py"],
    "README.md": SOURCE["a-1.1/README.md"],
}
PLANT = "\n\ndef probe(host):\n    import os\n    os.system('ping ' + host)\n"


@pytest.fixture
def held(upgrade, tmp_path):
    """Return a function that inspects an upgrade to a release and holds that against a source."""

    def run(release, source=SOURCE, old=RELEASE):
        for name, text in source.items():
            path = tmp_path / "source" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return upgrade(old, release, source=(str(tmp_path / "source"),))

    return run


def named(report):
    return [(one.at.path, one.at.symbol, one.how) for one in report.phantoms if not one.why]


def test_a_release_that_is_its_source_has_no_phantoms(held):
    assert held(RELEASE).phantoms == ()


def test_a_function_that_only_the_release_has_is_listed_by_name_and_weighed(held):
    report = held(RELEASE | {"a/two.py": RELEASE["a/two.py"] + PLANT})
    assert named(report) == [("a/two.py", "probe", "absent")]
    phantom = next(one for one in report.phantoms if one.at.symbol)
    assert (phantom.at.start, phantom.at.end) == (5, 7)
    (finding,) = [one for one in report.findings if one.change.pair.place.symbol == "probe"]
    assert "undeclared/phantom-function" in {signal.rule for signal in finding.signals}


def test_a_function_that_the_source_has_otherwise(held):
    changed = RELEASE["a/one.py"].replace("* 2", "* 3")
    assert named(held(RELEASE | {"a/one.py": changed})) == [("a/one.py", "second", "differs")]


def test_a_file_that_the_source_does_not_have(held):
    report = held(RELEASE | {"a/extra.py": "import os\n\n\ndef go():\n    os.system('id')\n"})
    assert named(report) == [("a/extra.py", "", "absent")]
    rules = {signal.rule for finding in report.findings for signal in finding.signals}
    assert "undeclared/phantom-file" in rules


def test_a_function_that_stands_in_another_file_of_the_source_is_explained(held):
    first = "def first(x):\n    return x + 1\n"
    report = held(RELEASE | {"a/two.py": RELEASE["a/two.py"] + "\n\n" + first})
    assert named(report) == []
    assert "stands in a-1.1/src/a/one.py of the source" in {one.why for one in report.phantoms}


def test_comments_and_line_ends_are_no_phantoms(held):
    text = "# built\n" + RELEASE["a/one.py"].replace("\n", "\r\n")
    assert named(held(RELEASE | {"a/one.py": text})) == []


def test_what_stood_in_the_old_release_is_listed_too_but_changes_nothing(held):
    both = RELEASE | {"a/two.py": RELEASE["a/two.py"] + PLANT}
    report = held(both, old=both)
    assert named(report) == [("a/two.py", "probe", "absent")]
    assert not report.findings


def test_without_a_source_there_are_none(upgrade):
    assert upgrade(RELEASE, RELEASE | {"x.py": "x = 1\n"}).phantoms == ()


def test_a_source_that_cannot_be_opened_is_a_gap(upgrade, tmp_path):
    (tmp_path / "source.zip").write_bytes(b"PK\x03\x04 and no more")
    report = upgrade(RELEASE, RELEASE, source=(str(tmp_path / "source.zip"),))
    assert [gap.at.hops[0] for gap in report.gaps] == ["source"]
