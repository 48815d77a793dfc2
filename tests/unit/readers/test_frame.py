import pytest

from zoll.parse.code import Statement
from zoll.readers.frame import Frame, assigned_in, constants_of, makes_text, sources_of


@pytest.mark.parametrize(
    ("expression", "sources"),
    [
        ('getenv("A")', {"environment"}),
        ("process.env.A", {"environment"}),
        ("$GATE_LAB", {"environment"}),
        ("$(id -u)", {"identity"}),
        ("time(NULL)", {"time"}),
        ("$(date +%Y)", {"time"}),
        ("runtime(x)", set()),
        ("geteuid()", {"identity"}),
        ('os.path.exists("/x")', {"file"}),
        ("strlen(s)", {"length"}),
        ("latest", set()),
    ],
)
def test_sources(expression, sources):
    assert sources_of(expression) == sources


def test_a_value_is_followed_one_assignment_back_and_not_from_later_on():
    frame = Frame((Statement("assign", "", 1, 1, target="now", operator="=", value="time(NULL)"),), "c")
    assert "time" in frame.sources_at("now", 1)
    assert "time" not in frame.sources_at("now", 0)


def test_constants_of_a_file():
    found = constants_of(b'#define KEY "holm-9f31"\nconst relay = "abc-def";\nlocal x = y;\n#define PORT 8080\n')
    assert {name: value.text for name, value in found.items()} == {
        "KEY": "holm-9f31",
        "relay": "abc-def",
        "PORT": "8080",
    }


def test_a_name_with_two_values_is_no_constant():
    assert constants_of(b'MODE = "abc"\nMODE = "def"\n') == {}


def test_shell_names_set_by_the_file():
    assert assigned_in(b"A_ONE=1\nexport B_TWO=2\nC_THREE=${C_THREE:-x}\nfor D_FOUR in 1; do :; done\n") == {
        "A_ONE",
        "B_TWO",
        "D_FOUR",
    }


def test_texts_made_from_pieces():
    assert makes_text("bytes([104, 105])")
    assert makes_text("{0x41, 0x42, 0x43, 0x44}")
    assert not makes_text("f(1, 2)")


@pytest.mark.parametrize(("value", "kind"), [("SF_AUTHENTICATED", "success"), ("SF_EHLO", "assign")])
def test_a_flag_that_vouches_for_somebody_is_a_success(value, kind):
    raised = Statement("assign", f"s->flags |= {value}", 1, 1, target="s->flags", operator="|=", value=value)
    assert [effect.kind for effect in Frame((raised,), "c").effects(0)] == [kind]


@pytest.mark.parametrize(
    ("expression", "language", "sources"),
    [
        ("$GATE_LAB", "shell", {"environment"}),
        ("$RET", "shell", set()),
        ("$USERINFO['grps']", "php", set()),
        ("`${GATE_LAB}/x`", "javascript", set()),
        ("$ENV{GATE_LAB}", "perl", {"environment"}),
        ("$ARGV[0]", "perl", {"input"}),
    ],
)
def test_variables_in_capitals_come_from_outside_in_a_shell_alone(expression, language, sources):
    assert Frame((), language).sources_at(expression, 0) == sources


@pytest.mark.parametrize(("later", "kinds"), [("$?", []), ("1", ["success"])])
def test_a_result_that_is_only_given_its_first_value_says_nothing(later, kinds):
    first = Statement("assign", "rc=0", 1, 1, target="rc", operator="=", value="0")
    then = Statement("assign", f"rc={later}", 2, 2, target="rc", operator="=", value=later)
    assert [effect.kind for effect in Frame((first, then), "shell").effects(0)] == kinds
