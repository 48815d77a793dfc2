import pytest

from zoll.declared.claims import claims_of
from zoll.model import Note, Place

LOG = Place(("CHANGES",))


def claims(*words, fresh=True, depths=None):
    notes = [Note(LOG.at(number), text, fresh) for number, text in enumerate(words, 1)]
    where = {LOG.at(number): depth for number, depth in (depths or {}).items()}
    return [f"{one.kind} {one.subject} {one.version}".rstrip() for one in claims_of(notes, where)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Removed telnet", ["removed telnet"]),
        ("Removed the telnet and rlogin services.", ["removed rlogin", "removed telnet"]),
        ("The `--insecure` option has been removed.", ["removed --insecure"]),
        ("We removed the debug account `svc`", ["removed svc"]),
        (
            "Added a new `--max-conn` option and the ZQ_DEBUG variable",
            ["added --max-conn", "added ZQ_DEBUG"],
        ),
        ('Add a sshd_config(5) "PamName" directive', ["added PamName"]),
        ("Added `Client(proxy=...)` parameter", ["added proxy"]),
        ("Updated the bundled zlib library from 1.2.13 to 1.3.1", ["updated zlib 1.3.1"]),
        ("Upgraded *llhttp* to 9.2.1, and started rejecting more", ["updated llhttp 9.2.1"]),
        ("deps: qs@6.9.7", ["updated qs 6.9.7"]),
        ("Upgrade to zlib 1.3.1", ["updated zlib 1.3.1"]),
        ("chore: remove unused devDependencies (eslint, glob)", []),
        ("Fixed CVE-2024-1234 and CVE-2024-5678", ["fixed CVE-2024-1234", "fixed CVE-2024-5678"]),
        ("Fix buffer overflow in parse_header()", ["fixed parse_header"]),
        ("Something else (closes: #1234)", ["fixed #1234"]),
        (
            "Removed the telnet service, updated OpenSSL to 3.0.14, and added `--audit`",
            ["added --audit", "removed telnet", "updated OpenSSL 3.0.14"],
        ),
    ],
)
def test_what_is_claimed(words, expected):
    assert claims(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Telnet-Server entfernt", "removed Telnet"),
        ("Neue Option `--max-verbindungen`", "added --max-verbindungen"),
        ("OpenSSL wurde auf Version 3.0.14 aktualisiert", "updated OpenSSL 3.0.14"),
        ("Pufferüberlauf in parse_header() behoben", "fixed parse_header"),
        ("L'option `--foo` a été supprimée", "removed --foo"),
        ("Mise à jour d'OpenSSL vers la version 3.0.14", "updated OpenSSL 3.0.14"),
        ("Corrigé : débordement dans parse_header()", "fixed parse_header"),
        ("Se ha eliminado el servicio telnet", "removed telnet"),
        ("Actualizado OpenSSL a la versión 3.0.14", "updated OpenSSL 3.0.14"),
        ("移除了telnet服务", "removed telnet"),
        ("telnet服务已移除", "removed telnet"),
        ("新增选项 `--max-conn`", "added --max-conn"),
        ("将OpenSSL升级到3.0.14。", "updated OpenSSL 3.0.14"),
        ("修复了parse_header()中的缓冲区溢出", "fixed parse_header"),
    ],
)
def test_other_languages(words, expected):
    assert claims(words) == [expected]


@pytest.mark.parametrize(
    "words",
    [
        "Improve performance of `foo`",
        "Update documentation",
        "Fix crash in the parser",
        "Remove unused import of `foo`",
        "Remove dead code",
        "Add tests for `foo_bar`",
        "Added `foo_bar` to the CI workflow",
        "Reverted: removed `foo_bar`",
        "`foo_bar` will be removed",
        "Removed Python 3.7 support",
        "Removed the default of `None`",
        "Remove vestigial protocol compatibility code",
        "Not affected by CVE-2024-1234",
        "Fix crash when `foo` is removed",
    ],
)
def test_what_claims_nothing(words):
    assert claims(words) == []


def test_old_notes_claim_nothing():
    assert claims("Removed telnet", fresh=False) == []


def test_a_heading_says_what_its_entries_do():
    assert claims("Removed", "`--foo` option", "Changed", "`--bar` option") == ["removed --foo"]


def test_what_stands_beneath_the_update_of_a_component_speaks_of_that_one():
    words = ("deps: qs@6.9.7", "Add `strictDepth` option", "Add `own` option")
    assert claims(*words, depths={1: 2, 2: 4, 3: 2}) == ["added own", "updated qs 6.9.7"]


def test_a_claim_that_several_logs_hold_is_one():
    notes = [Note(Place((name,)).at(3), "Removed telnet") for name in ("NEWS", "CHANGES")]
    assert [one.note.at.name for one in claims_of(notes)] == ["CHANGES"]
