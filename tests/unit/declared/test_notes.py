"""Which parts are logs, what their entries are, and which of these are new."""

import pytest

from zoll.declared.notes import documents_of, is_log, logs_of, notes_of, statements_of
from zoll.declared.plain import plain_lines
from zoll.model import Part, Place

LOGS = [
    "CHANGELOG.md",
    "debian/changelog",
    "docs/changelog.rst",
    "NEWS",
    "HISTORY.rst",
    "RELEASE_NOTES",
    "doc/whatsnew-1.2.html",
    "docs/releases/0.28.md",
    "a/ChangeLog-2019",
    "usr/share/doc/x/changelog.Debian.gz!/changelog.Debian",
]
OTHERS = [
    "src/news.c",
    "src/changes.py",
    "README",
    "release.sh",
    "lib/history/index.js",
    "debian/upgrade/x.sql",
    "renews.txt",
]


@pytest.mark.parametrize("path", LOGS)
def test_logs_are_known_by_name(path):
    assert is_log(Place(tuple(path.split("!/"))))


@pytest.mark.parametrize("path", OTHERS)
def test_other_names_are_no_logs(path):
    assert not is_log(Place((path,)))


def part(path, text, kind="document/changelog"):
    return Part(Place((path,)), kind, f"{hash(text)}", len(text))


def read(old="", new="", added="", version=""):
    parts = {side: part("CHANGES" if side != "added" else "note.txt", text) for side, text in
             {"old": old, "new": new, "added": added}.items() if text}  # fmt: skip
    lines = {one.digest: list(plain_lines(text.encode(), "CHANGES")) for one, text in
             zip(parts.values(), [text for text in (old, new, added) if text], strict=True)}  # fmt: skip
    sides = ([parts[side]] if side in parts else [] for side in ("old", "new", "added"))
    return [(note.words, note.fresh, note.by) for note in notes_of(*sides, lines, version)]


OLD = "1.0 (2020-01-01)\n----------------\n* Added the option --fast.\n"
NEW = "1.1 (2021-01-01)\n----------------\n* Fixed a crash in parse(),\n  also on Windows.\n- Removed telnet.\n\n" + OLD


def test_items_are_notes_with_their_continuation_and_headings_are_none():
    assert read(OLD, NEW) == [
        ("Fixed a crash in parse(), also on Windows.", True, "release"),
        ("Removed telnet.", True, "release"),
        ("Added the option --fast.", False, "release"),
    ]


def test_a_log_that_is_new_itself_declares_only_what_stands_above_the_old_version():
    assert [fresh for _, fresh, _ in read("", NEW, version="2:1.0-3+b1")] == [True, True, False]
    assert [fresh for _, fresh, _ in read("", NEW)] == [False, False, False]


def test_what_the_user_adds_is_fresh_unless_the_old_log_said_so():
    assert read(OLD, "", "Adds relay mode.\n\n* Added the option --fast.") == [
        ("Adds relay mode.", True, "user"),
        ("Added the option --fast.", False, "user"),
    ]


def test_a_debian_entry_loses_its_frame():
    signed = " -- A B <a@b.example>  Mon, 01 Jan 2024 00:00:00 +0000"
    text = f"pkg (1.2-1) unstable; urgency=medium\n\n  * New upstream release.\n\n{signed}\n"
    assert [words for words, _, _ in read("x", text)] == ["New upstream release."]


def test_only_the_part_of_a_description_that_speaks_of_releases_counts():
    text = "# Library\nIt does much.\n\n## Release notes\n\n* Adds --relay.\n"
    one = part("x.dist-info/METADATA", text, "document/text")
    assert logs_of([one, part("a.py", "x", "code/python")]) == [one]
    found = notes_of([part("CHANGES", OLD)], [one], [], {one.digest: list(plain_lines(text.encode(), "METADATA"))}, "")
    assert [note.words for note in found] == ["Adds --relay."]


def test_documents_explain_what_stood():
    manual = part("man/x.1", "-R relays\n\nsecond", "document/man")
    assert documents_of([manual, part("CHANGES", "x")]) == [manual]
    notes = list(statements_of([manual], {manual.digest: list(plain_lines(b"-R relays\n\nsecond", "x.1"))}))
    assert [(note.words, note.fresh) for note in notes] == [("-R relays", False), ("second", False)]
