"""What an upgrade gains is held against what its notes and documents say."""

import pytest

from zoll.errors import BadInput
from zoll.model import Part, Place
from zoll.pipeline import Settings, inspect
from zoll.pipeline.declaring import read_notes
from zoll.sandbox.limits import Limits
from zoll.sandbox.pool import Pool

SOURCE = """#include <string.h>
int start(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--verbose") == 0)
            talk();
%s    }
    return 0;
}
"""
GAINED = """        if (strcmp(argv[i], "--relay-to") == 0)
            relay(argv[i + 1]);
"""
LOG = "1.0\n===\n* First release.\n"


def how(upgrade, log=LOG, **others):
    report = upgrade(
        {"src/main.c": SOURCE % "", "CHANGES": LOG},
        {
            "src/main.c": SOURCE % GAINED,
            "CHANGES": log,
            **{name.replace("_", "."): text for name, text in others.items()},
        },
    )
    return report, {one.fact.value: one.how for one in report.declared}


def test_an_option_that_nothing_speaks_of_is_undeclared(upgrade):
    report, told = how(upgrade)
    assert told["--relay-to"] == "undeclared"
    assert [note.fresh for note in report.notes] == []


def test_the_log_of_this_upgrade_declares_it_and_lowers_the_finding(upgrade):
    bare, _ = how(upgrade)
    report, told = how(upgrade, "1.1\n===\n* Adds `--relay-to`.\n\n" + LOG)
    assert told["--relay-to"] == "fresh"
    assert [note.words for note in report.notes if note.fresh] == ["Adds `--relay-to`."]
    before, after = (
        next(one for one in one.findings if one.change.pair.place.name == "main.c") for one in (bare, report)
    )
    assert after.bits < before.bits
    assert any(signal.rule == "innocent/noted" for signal in after.signals)


def test_a_manual_explains_it_and_other_words_only_hint(upgrade):
    assert how(upgrade, relay_md="Use --relay-to HOST to relay.\n")[1]["--relay-to"] == "standing"
    assert how(upgrade, relay_md="Everything can be relayed to others.\n")[1]["--relay-to"] == "vague"


def test_notes_that_cannot_be_read_are_told(upgrade, tmp_path, monkeypatch):
    for side in ("old", "new"):
        (tmp_path / side).mkdir()
        (tmp_path / side / "a.c").write_text(f"int {side};\n")
    (tmp_path / "notes.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    monkeypatch.setattr("zoll.parse.pdf.find_spec", lambda _: None)
    with pytest.raises(BadInput, match=r"zoll\[pdf\]"):
        inspect(tmp_path / "old", tmp_path / "new", Settings(jobs=1, notes=(str(tmp_path / "notes.pdf"),)))


def test_notes_that_no_worker_could_read_are_a_gap(tmp_path):
    def broken(digest):
        raise OSError(digest)

    log = Part(Place(("CHANGES",)), "document/changelog", "d1", 12)
    with Pool(1, Limits(), tmp_path) as pool:
        notes, gaps = read_notes((), (log,), (), broken, pool)
    assert notes == ()
    assert [(gap.stage, gap.at, gap.side, gap.size) for gap in gaps] == [("read", log.place, "new", 12)]
    assert gaps[0].detail.startswith("its notes")


def test_a_bill_of_materials_declares_a_dependency(upgrade, tmp_path):
    files = (
        {"package.json": '{"name": "a", "dependencies": {}}'},
        {"package.json": '{"name": "a", "dependencies": {"relay-kit": "1.0.0"}}'},
    )
    bill = tmp_path / "bill.json"
    bill.write_text(
        '{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"type": "library", "name": "relay-kit"}]}'
    )
    bare, listed = upgrade(*files), upgrade(*files, sboms=(str(bill),))
    assert [{one.fact.value: one.how for one in report.declared}["relay-kit"] for report in (bare, listed)] == [
        "undeclared",
        "standing",
    ]
