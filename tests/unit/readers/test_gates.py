"""Gates from hand-made statements: what the sample goldens do not show well."""

import pytest

from zoll.model import Part, Place
from zoll.parse.code import Call, Literal, Statement
from zoll.parse.code import Test as Atom
from zoll.parse.source import open_code
from zoll.readers import gates
from zoll.readers.material import Material


def condition(*tests, text="if (...)", within=-1, branch=""):
    return Statement("condition", text, 1, 1, within, branch, "if", tests=tests)


def returned(value, within=0, branch="then"):
    return Statement("return", f"return {value};", 2, 2, within, branch, "return", value=value)


def called(name, *args, within=0, branch="then"):
    return Statement("call", f"{name}(...)", 2, 2, within, branch, calls=(Call(name, args, 2),))


def equals(left, text, kind="string", op="=="):
    return Atom(op, left, f'"{text}"', Literal(text, kind))


def values(*statements, language="c"):
    kind = f"code/{language}"
    material = Material(Part(Place(("a",), "f"), kind, "", 0), kind, b"", statements)
    return sorted({(reading.fact.value, *reading.fact.traits) for reading in gates.read(material)})


def kinds(*statements, language="c"):
    return sorted({value for value, *_ in values(*statements, language=language)})


def test_each_atom_of_a_joint_condition_is_a_gate():
    statements = (condition(equals("user", "relay"), equals("pass", "holm")), returned("1"))
    assert [value[0] for value in values(*statements)] == ["literal->success", "literal->success"]


def test_null_checks_are_named_null():
    assert kinds(condition(Atom("truth", "p", negated=True)), returned("NULL")) == ["null->zero"]
    assert kinds(condition(Atom("<", "ret", "0", Literal("0", "number"))), returned("-1")) == ["null->failure"]
    assert kinds(condition(Atom("!=", "err", "nil")), returned("err"), language="go") == ["null->failure"]


def test_an_error_constant_is_an_error_check():
    assert kinds(condition(Atom("==", "rc", "LIB_ERROR_EAGAIN")), returned("rc")) == ["null->return"]


@pytest.mark.parametrize(
    ("value", "effect"),
    [
        ("1", "success"),
        ("true", "success"),
        ("PAM_SUCCESS", "success"),
        ("0", "zero"),
        ("-1", "failure"),
        ("ACCESS_DENIED", "failure"),
        ("total", "return"),
    ],
)
def test_returned_values(value, effect):
    assert kinds(condition(equals("pass", "holm")), returned(value)) == [f"literal->{effect}"]


def test_what_follows_an_early_leaving_depends_on_it():
    early = (condition(equals("cmd", "relay", op="!=")), returned("0"), called("system", "cmd", within=-1, branch=""))
    assert "literal->power.run" in kinds(*early)
    always = (condition(equals("cmd", "stop")), returned("0"), called("system", "cmd", within=-1, branch=""))
    assert "literal->power.run" not in kinds(*always)


def test_a_goto_does_what_its_label_returns():
    jump = Statement("jump", "goto out;", 2, 2, 0, "then", target="out")
    label = Statement("label", "out:", 8, 8, target="out")
    tail = Statement("return", "return 1;", 9, 9, value="1")
    assert kinds(condition(Atom("==", "x", "77", Literal("77", "number"))), jump, label, tail) == ["magic->success"]


def test_a_local_carries_its_origin_into_the_condition():
    local = Statement(
        "declare",
        'mode = getenv("LAB")',
        1,
        1,
        calls=(Call("getenv", ('"LAB"',)),),
        target="mode",
        operator="=",
        value='getenv("LAB")',
    )
    check = condition(Atom("truth", "mode"))
    assert values(local, check, called("system", "x", within=1)) == [
        ("environment->power.run", "about:environment", "call:system", "op:truth", "subject:LAB")
    ]


def test_a_built_local_counts_as_a_literal():
    local = Statement("assign", "k[i] = c ^ 7", 1, 1, target="k[i]", operator="=", value="c ^ 7")
    check = condition(Atom("==", "pass", "k", via="strcmp"))
    assert ("literal->success", "about:password", "literal:built", "op:==", "return:1", "subject:pass") in values(
        local, check, returned("1", within=1)
    )


def test_serious_effects_are_found_three_levels_deep_and_no_deeper():
    chain = [condition(equals("x", "relay"))]
    chain += [condition(Atom("truth", "y"), within=level, branch="then") for level in range(3)]
    assert "literal->power.run" in kinds(*chain[:3], called("system", "x", within=2))
    assert "literal->power.run" not in kinds(*chain, called("system", "x", within=3))


def test_a_later_atom_that_runs_is_decided_by_the_earlier_one():
    both = Statement(
        "condition", "if (x == 77 && system(y))", 1, 1, calls=(Call("system", ("y",)),),
        tests=(Atom("==", "x", "77", Literal("77", "number")), Atom("truth", "system(y)", call="system")),
        joins=("&&",),
    )  # fmt: skip
    assert "magic->power.run" in kinds(both)


def test_in_an_executable_one_of_many_compared_texts_is_told_as_such():
    texts = [condition(equals("arg1", text)) for text in ("burst", "prefer", "trust")]
    asked = (condition(equals("arg1", "require")), returned("1"))

    def among(kind, statements):
        part = Part(Place(("a",), "f"), kind, "", 0)
        found = gates.read(Material(part, "code/c", b"", statements))
        return {one.fact.trait("among") for one in found if one.fact.trait("literal") == "require"}

    assert among("executable/elf", (*asked, *texts)) == {"texts"}
    assert among("code/c", (*asked, *texts)) == {""}
    assert among("executable/elf", (*asked, *texts[:2])) == {""}


def chain(op="=="):
    """Return `if (a == "x") one(); else if (a == "y") two(); else return 0;`, its second link with another operator."""
    return (
        condition(equals("a", "x")),
        called("one"),
        condition(equals("a", "y", op=op), within=0, branch="else"),
        called("two", within=2),
        returned("0", within=2, branch="else"),
    )


def test_one_more_keyword_of_a_chain_does_not_decide_about_its_end():
    assert not [one for one in values(*chain()) if {"side:else", "literal:y"} <= {*one}]
    assert [one for one in values(*chain("!=")) if {"side:else", "literal:y"} <= {*one}]


def test_a_constant_held_against_a_number_is_what_is_asked_about():
    version = Atom(">=", "OPENSSL_VERSION_NUMBER", "0x30000000L", Literal("0x30000000L", "number"))
    (found,) = values(condition(version), called("system", "cmd"))
    assert {"subject:OPENSSL_VERSION_NUMBER", "literal:0x30000000L"} <= {*found}


@pytest.mark.parametrize(("op", "told"), [("!=", ["magic->elsewhere"]), ("<", [])])
def test_an_empty_condition_of_an_executable_decides_what_is_written_elsewhere(op, told):
    statement = condition(Atom(op, "arg1", "1323", Literal("1323", "number")))

    def gained(kind):
        part = Part(Place(("a",), "f"), kind, "", 0)
        return [one.fact.value for one in gates.read(Material(part, "code/c", b"", (statement,)))]

    assert gained("executable/elf") == told
    assert gained("code/c") == []


def test_in_a_function_that_hands_back_a_difference_one_is_no_success():
    behind = Statement("return", "return strcasecmp(a, b);", 3, 3, -1, "", "return", value="strcasecmp(a, b)")
    statements = (condition(equals("a", ".", "char")), returned("1"), behind)
    assert kinds(*statements) == ["magic->failure"]
    assert kinds(*statements[:2]) == ["magic->success"]


def test_a_number_held_against_the_last_error_of_the_system_tells_an_error():
    tests = (condition(equals("e.winerror", "1314", "number")), returned("1"))
    assert kinds(*tests) == ["null->success"]
    assert kinds(condition(equals("e.code", "1314", "number")), returned("1")) == ["magic->success"]


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ('h=$(md5sum "$F" | cut -f1)\nif [ "$h" = "%s" ]; then', "file"),
        ("if [ `sha1sum $F | awk '{print $1}'` = \"%s\" ]; then", "file"),
        ('h=$(echo "$1" | md5sum)\nif [ "$h" = "%s" ]; then', "literal"),
        ('h=$(md5sum "$F")\nif [ "$h" = "gate" ]; then', "literal"),
    ],
)
def test_a_script_that_knows_a_file_by_its_digest(asked, kind):
    data = (asked.replace("%s", "1bc54d3bfb0d1e61104d5780a318ced2") + "\n  cp a b\nfi\n").encode()
    opened = open_code(data, "shell")
    (function,) = opened.code.functions
    part = Part(Place(("postinst",), ""), "code/shell", "", len(data))
    material = Material(part, "code/shell", data, opened.statements(function), function, opened.code)
    assert [one.fact.value for one in gates.read(material)] == [f"{kind}->power.write"]


@pytest.mark.parametrize(
    ("asked", "identity"),
    [
        ("setgid(getgid()) != 0", False),
        ("seteuid(getuid()) == -1", False),
        ("chown(path, getuid(), getgid()) < 0", False),
        ("getuid() == 0", True),
        ("access(path, getuid()) == 0", True),
    ],
)
def test_taking_on_an_identity_does_not_ask_who_one_is(asked, identity):
    opened = open_code(f'int f(char *path) {{ if ({asked}) {{ system("id"); }} return 3; }}'.encode(), "c")
    (function,) = [one for one in opened.code.functions if one.name]
    assert any(value.startswith("identity->") for value in kinds(*opened.statements(function))) is identity


def ending(target, value):
    return Statement("assign", f"{target} = {value};", 2, 2, 0, "then", target=target, operator="=", value=value)


def test_the_end_of_a_text_in_its_buffer_is_no_state():
    asked = condition(Atom("==", "state", "5", Literal("5", "number")))
    assert kinds(asked, ending("acl->domain[sizeof(acl->domain) - 1]", "'\\0'")) == ["sequence->assign"]
    assert kinds(asked, ending("acl->domain[0]", "'\\0'")) == ["sequence->state"]
    assert kinds(asked, ending("acl->allowed[n]", "1")) != ["sequence->assign"]


STAR = """int number(const char *word, unsigned long n) {
    if (n > 0 && word[n - 1] == '*') {
        if (!strncasecmp(word, remote, n - 1))
            return 1;
    } else if (%s)
        return 1;
    return 0;
}
"""


def said_of(source):
    opened = open_code(source.encode(), "c")
    material = Material(
        Part(Place(("a",), "f"), "code/c", "", 0), "code/c", b"", opened.statements(opened.code.functions[-1])
    )
    return [(one.fact.value, one.fact.trait("side")) for one in gates.read(material)]


def test_what_another_condition_decides_where_a_value_is_just_not_this_one():
    assert ("magic->success", "else") not in said_of(STAR % "strcasecmp(word, remote) == 0")
    assert ("magic->success", "else") in said_of((STAR % "1").replace("else if (1)", "else"))
    assert ("magic->success", "else") in said_of((STAR % "ready(word)").replace("== '*'", "!= '*'"))


def test_padding_is_no_text_that_is_put_together():
    text = (
        "int f(const char *p) { static const char s[] = {0xFF, 0xFF, 0xFF, %s}; "
        "if (!memcmp(p, s, 4)) return 1; return 0; }"
    )
    assert ("literal->success", "") not in said_of(text % "0xFF")
    assert ("literal->success", "") in said_of(text % "0x41")
