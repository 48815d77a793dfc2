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
