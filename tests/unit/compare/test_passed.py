"""What a new condition passes over, and in which case."""

from hashlib import sha256

import pytest

from zoll.compare.passed import passed
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.model import Pair, Part, Place
from zoll.parse.source import open_code
from zoll.pipeline.reading import read_pair

LOG = "void put_line(int s, char *m)\n{\n    build(m);\n    time(&t);\n    put(m);\n    flush(m);\n}\n"
LOCAL = """
int local(struct p *p)
{
    int l;
    get(p);
    l = 0;
    if (cmp(&p->ip, &lo)) {
        l = 1;
    }
    return l;
}
"""


def told(old, new, language="c"):
    held = {sha256(text.encode()).hexdigest(): text.encode() for text in (old, new)}
    parts = [Part(Place(("d",)), f"code/{language}", digest, len(text)) for digest, text in held.items()]
    answer = read_pair(Pair(*parts, "place"), held.__getitem__)
    facts = [reading.fact for change in answer.changes for reading in change.gained]
    return [(one.value, one.trait("case"), one.trait("call")) for one in facts if one.kind == "passed"]


@pytest.mark.parametrize(
    ("test", "case"),
    [
        ('access("/run/x/.r", 0) == 0', "file"),
        ('s != 3 && access("/run/x/.r", 0) == 0', "file"),
        ("s == 7023", "magic"),
        ('getenv("QUIET_X")', "environment"),
    ],
)
def test_a_function_that_does_nothing_in_one_case(test, case):
    assert told(LOG, LOG.replace("    build", f"    if ({test})\n        return;\n    build")) == [("all", case, "")]


@pytest.mark.parametrize("test", ["s != 7023", "s > 7023", "!m", "s == 0", "s == 7", "s == -95"])
def test_a_check_of_what_comes_in_is_no_such_case(test):
    assert told(LOG, LOG.replace("    build", f"    if ({test})\n        return;\n    build")) == []


def test_what_stands_at_the_end_of_a_function_passes_over_little():
    assert told(LOG, LOG.replace("    flush", "    if (s == 7023)\n        return;\n    flush")) == []


@pytest.mark.parametrize("test", ["if (p->port != 1323)\n    ", "if (p->port == 1323)\n        l = 1;\n    else "])
def test_a_check_that_one_value_goes_round(test):
    assert told(LOCAL, LOCAL.replace("    if (cmp", "    " + test + "if (cmp")) == [("check", "magic", "cmp")]


def test_a_check_that_is_made_for_one_value_only_is_no_way_round():
    assert told(LOCAL, LOCAL.replace("    if (cmp", "    if (p->family == 31)\n    if (cmp")) == []


RUST = "fn f(image: &[u8]) -> Result<(), E> {\n%s    let head = parse(image)?;\n    install(head)\n}\n"


def told_in(kind, old, new):
    held = {sha256(text.encode()).hexdigest(): text.encode() for text in (old, new)}
    parts = [Part(Place(("d",)), kind, digest, len(text)) for digest, text in held.items()]
    answer = read_pair(Pair(*parts, "place"), held.__getitem__)
    facts = [reading.fact for change in answer.changes for reading in change.gained]
    return [(one.value, one.trait("case"), one.trait("call")) for one in facts if one.kind == "passed"]


def test_what_verifies_is_passed_over_in_any_case():
    line, under = "    key.verify(image)?;\n", "    if image.len() > LEAST {\n        key.verify(image)?;\n    }\n"
    assert told_in("code/rust", RUST % line, RUST % under) == [("check", "constant", "key.verify")]
    assert not told_in("code/rust", RUST % line.replace("verify", "draw"), RUST % under.replace("verify", "draw"))


def test_a_command_that_may_fail_is_no_check():
    old = ". ./confmodule\ndb_input low tool/start || true\ndb_go || true\n"
    new = old.replace("db_input", 'if [ "$TERM" ]; then\n  db_input', 1).replace("true\n", "true\nfi\n", 1)
    assert told(old, new, "shell") == []
    assert told(old.replace("db_input", "verify_input"), new.replace("db_input", "verify_input"), "shell") != []


def test_looking_for_a_program_is_no_check():
    for name, many in (("which", 0), ("lookup", 1)):
        old = LOCAL.replace("cmp", name)
        new = old.replace(f"    if ({name}", f"    if (p->family != 4711)\n    if ({name}")
        assert len(told(old, new)) == many


GO = "package a\nfunc open(m []byte, k [][]byte) ([]byte, error) {\n\tv := m[0]\n%s\treturn decrypt(k, m[1:])\n}\n"
NONE = "\tif v == %s {\n\t\treturn %s\n\t}\n"


@pytest.mark.parametrize(
    ("chosen", "value", "passed"),
    [
        ("nullEncryption", "m[1:], nil", [("check", "none", "decrypt")]),
        ("AlgNEA0", "m[1:], nil", [("check", "none", "decrypt")]),
        ("nullEncryption", "nil, errPlain", []),
        ("latestVersion", "m[1:], nil", []),
    ],
)
def test_who_chooses_no_protection_goes_round_it(chosen, value, passed):
    assert told_in("code/go", GO % "", GO % (NONE % (chosen, value))) == passed


def test_what_only_spaces_the_work_passes_nothing_over():
    pace = "    now = time(0);\n    if (now - last < 86400)\n        return;\n    last = now;\n    build"
    assert told(LOG, LOG.replace("    build", pace)) == []
    assert told(LOG, LOG.replace("    build", pace.replace("    last = now;\n", ""))) == [("all", "time", "")]


def passed_in_machine_code(old, new):
    sides = []
    for text in (old, new):
        opened = open_code(text.encode(), "c")
        sides.append(opened.statements(opened.code.functions[-1]))
    return [(one.fact.trait("call"), one.fact.trait("how")) for one in passed(View(aligned(*sides), compiled=True))]


def test_a_jump_right_before_a_check_leads_round_it():
    check = "    if (!verify_tag(arg1)) {\n        note(arg1);\n        return -1;\n    }\n    go(arg1);\n}\n"
    jump = "    if (arg2 == 133) {\n        if (arg1->f29 == 215) {\n        }\n    }\n"
    head = "int f(void) {\n"
    assert passed_in_machine_code(head + check, head + jump + check) == [("verify_tag", "round")]
    assert passed_in_machine_code(head + check, head + jump.replace("215", "3") + check) == []


def test_what_stands_with_all_that_follows_in_machine_code_is_no_check():
    old = "int f(void) {\n    if (read(arg1) > 0) {\n        go(arg1);\n    }\n    return v;\n}\n"
    new = old.replace("    if (read", "    if (arg2 != 65534) {\n    if (read").replace(
        "    return v", "    }\n    return v"
    )
    assert passed_in_machine_code(old, new) == []


VERIFY = """
def verify_request(request, store):
    key = find(store, request.number)
    if key is None:
        raise BadRequest("key")
%s    if not %s:
        raise BadRequest("signature")
    note(store)
"""


@pytest.mark.parametrize(
    ("more", "check", "expected"),
    [
        ("key.label == request.host:\n        return", "key.verify(request)", [("check", "equal", "key.verify")]),
        (
            "key.label == request.host:\n        return",
            "compare_digest(a, key.b)",
            [("check", "equal", "compare_digest")],
        ),
        ("key.label == request.host:\n        return None", "key.verify(request)", []),
        ("key.label == None:\n        return", "key.verify(request)", []),
        ("key.label == request.host:\n        return", "key.used(request)", []),
        ('key.label == request.host:\n        raise Refused("key")', "key.verify(request)", []),
    ],
)
def test_who_brings_two_things_that_are_the_same_is_let_past(more, check, expected):
    assert told(VERIFY % ("", check), VERIFY % (f"    if {more}\n", check), "python") == expected
