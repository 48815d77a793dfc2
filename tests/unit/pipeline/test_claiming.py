import pytest

MAIN = "def start(options):\n    if options.telnet:\n        serve_telnet(23)\n"


def claims(report):
    return {(one.kind, one.subject): one.outcome for one in report.claims}


def test_notes_of_the_release_and_of_the_user(upgrade, tmp_path):
    notes = tmp_path / "notes.md"
    notes.write_text("- Added the `--audit-trail` option\n")
    log = "1.1\n---\n* Removed telnet\n* Fixed CVE-2024-1234\n\n"
    old = {"app.py": MAIN, "CHANGES": "1.0\n---\n* Added `--old-thing`\n"}
    new = {"app.py": MAIN + "VALUE = 1\n", "CHANGES": log + old["CHANGES"]}
    report = upgrade(old, new, notes=(str(notes),))
    assert claims(report) == {
        ("removed", "telnet"): "missing",
        ("fixed", "CVE-2024-1234"): "open",
        ("added", "--audit-trail"): "missing",
    }


def test_nothing_but_notes_changed(upgrade):
    old = {"app.py": MAIN, "CHANGES": "1.0\n---\n* First\n"}
    report = upgrade(old, old | {"CHANGES": "1.1\n---\n* Fixed CVE-2024-1234\n\n" + old["CHANGES"]})
    assert claims(report) == {("fixed", "CVE-2024-1234"): "missing"}


def test_what_stands_beneath_a_dependency_is_not_claimed_of_the_release(upgrade):
    old = {"package.json": '{"dependencies": {"qs": "6.9.6"}}', "History.md": "1.0.0\n=====\n\n  * first\n"}
    log = "1.1.0\n=====\n\n  * deps: qs@6.9.7\n    - Add `strictDepth` option\n  * Add `trustProxy` option\n\n"
    new = {"package.json": '{"dependencies": {"qs": "6.9.7"}}', "History.md": log + old["History.md"]}
    assert claims(upgrade(old, new)) == {("updated", "qs"): "found", ("added", "trustProxy"): "missing"}


def test_no_notes_no_claims(upgrade):
    assert upgrade({"a.py": "1\n"}, {"a.py": "2\n"}).claims == ()


# Small forms of five real upgrades, each with a note that lies.
FALSE = {
    "a lower version is pinned": (
        "- Updated qs to 6.12.1",
        {"package.json": '{"version": "4.18.2", "dependencies": {"qs": "6.11.0", "send": "0.18.0"}}'},
        {"package.json": '{"version": "4.19.2", "dependencies": {"qs": "6.11.0", "send": "0.19.0"}}'},
    ),
    "an algorithm stays": (
        "- Removed support for `diffie-hellman-group1-sha1`.",
        {"kex.py": "class KexGroup1:\n    name = 'diffie-hellman-group1-sha1'\n", "transport.py": "VERSION = 1\n"},
        {"kex.py": "class KexGroup1:\n    name = 'diffie-hellman-group1-sha1'\n", "transport.py": "VERSION = 2\n"},
    ),
    "a variable that nothing reads": (
        "- Added the URLLIB3_STRICT_PROXY environment variable.",
        {"proxy.py": "import os\nSTRICT = False\n"},
        {"proxy.py": "import os\nSTRICT = os.environ.get('NO_PROXY')\n"},
    ),
    "the file of the fix is as it was": (
        "- Fixed a leak in ssl_match_hostname.py",
        {"ssl_match_hostname.py": "def match(a, b):\n    return a == b\n", "pool.py": "SIZE = 1\n"},
        {"ssl_match_hostname.py": "def match(a, b):\n    return a == b\n", "pool.py": "SIZE = 2\n"},
    ),
    "a tool that was only edited": (
        "- Das Programm `dropbearconvert` wurde entfernt",
        {
            "dropbearconvert.c": "/* dropbearconvert */\nint main() { return 1; }\n",
            "Makefile": "all: dropbearconvert\n",
        },
        {
            "dropbearconvert.c": "/* dropbearconvert */\nint main() { return 0; }\n",
            "Makefile": "all: dropbearconvert\n",
        },
    ),
}


@pytest.mark.parametrize("name", FALSE)
def test_false_notes(upgrade, tmp_path, name):
    words, old, new = FALSE[name]
    notes = tmp_path / "notes.md"
    notes.write_text(words + "\n")
    assert [one.outcome for one in upgrade(old, new, notes=(str(notes),)).claims] == ["missing"]


def test_true_notes_of_the_same(upgrade, tmp_path):
    notes = tmp_path / "notes.md"
    notes.write_text("- Updated send to 0.19.0\n- Added the NO_PROXY variable\n- Fixed a leak in pool.py\n")
    old = {name: text for _, files, _ in FALSE.values() for name, text in files.items()}
    new = {name: text for _, _, files in FALSE.values() for name, text in files.items()}
    assert {one.outcome for one in upgrade(old, new, notes=(str(notes),)).claims} == {"found"}


@pytest.mark.parametrize(("source", "outcome"), [("", "missing"), ("Source: radio\n", "open")])
def test_the_log_of_a_package_speaks_of_all_that_its_source_makes(upgrade, source, outcome):
    control = {"DEBIAN/control": f"Package: radio-tools\n{source}Version: 1\n", "changelog": "* First\n"}
    old, new = control | {"a.sh": "x=1\n"}, control | {"a.sh": "x=2\n"}
    log = {"changelog": "* Added `--audit-trail`\n* First\n"}
    assert claims(upgrade(old, new | log)) == {("added", "--audit-trail"): outcome}
