import pytest

from zoll.compare.returned import failing, gives_up, hands_error, last_result, outcome, said_by
from zoll.parse.code import Statement

GO = Statement("declare", "func (s *S) f(a int) (*Claims, error)", 1, 1, word="function")


def returned(value):
    return Statement("return", f"return {value}", 2, 2, value=value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("true", "success"),
        ("-1", "failure"),
        ("-EBADMSG", "failure"),
        ("-EBUSY", ""),
        ("ERR_DENIED", "failure"),
        ("ACCESS_GRANTED", "success"),
        ("HttpStatus::unauthorized", "failure"),
        ("Err(AuthError::Locked)", "failure"),
        ("Ok(false)", "failure"),
        ("Ok(Session::new(user))", "success"),
        ("tl::unexpected(Cause::length)", "failure"),
        ("x + 1", ""),
    ],
)
def test_outcome(value, expected):
    assert outcome(value) == expected


def test_failing():
    assert failing("-EPERM")
    assert failing("std::nullopt")
    assert not failing("result")


@pytest.mark.parametrize(
    ("head", "hands"),
    [
        ("func f() error", True),
        ("func (s *S) f(a func(b int) error, c string) (x int, err error)", True),
        ("func(raw [][]byte) error", True),
        ("func f(g func() error) int", False),
        ("fn f() error", False),
    ],
)
def test_which_functions_hand_an_error(head, hands):
    assert hands_error([Statement("declare", head, 1, 1, word="function")]) is hands


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("claims, nil", "success"),
        ("nil, nil", ""),
        ("nil, err", "failure"),
        ('nil, fmt.Errorf("%v, %v", a, nil)', "failure"),
        ("nil, ErrExpired", "failure"),
        ("s.parse(raw)", ""),
    ],
)
def test_the_last_result_is_the_error(value, expected):
    assert said_by([GO], returned(value)) == expected


def test_nil_is_success_only_where_an_error_is_handed():
    head = Statement("declare", "func f() *Claims", 1, 1, word="function")
    assert said_by([head], returned("nil")) == ""


def test_last_result_of_one():
    assert last_result("f(a, b)") == ("", "f(a, b)")


def test_where_yes_refuses_no_lets_pass():
    side = (Statement("declare", "def is_revoked(self, cert):", 1, 1, word="function"),)
    assert [said_by(side, returned(value)) for value in ("False", "True", "0", "known")] == [
        "success",
        "failure",
        "success",
        "",
    ]
    assert gives_up(side, returned("True"))
    assert not gives_up(side, returned("0"))


@pytest.mark.parametrize(
    ("head", "value", "expected"),
    [
        ("sub is_valid_port", "(1)", "success"),
        ("static int has_access(int uid)", "0", "failure"),
        ("sub is_revoked", "1", "failure"),
        ("static int open_door(void)", "1", ""),
    ],
)
def test_a_question_answers_by_one_and_nought(head, value, expected):
    side = [Statement("declare", head, 1, 1, word="function"), returned(value)]
    assert said_by(side, side[1]) == expected


@pytest.mark.parametrize(
    ("head", "value", "expected"),
    [
        ("func f(a int) (bool, error)", "false, nil", "failure"),
        ("func f(a int) (bool, error)", "true, nil", "success"),
        ("func f(a int) (*Claims, error)", "c, nil", "success"),
        ("func isRevoked(a int) (bool, error)", "false, nil", "success"),
        ("func isRevoked(a int) (bool, error)", "true, nil", "failure"),
    ],
)
def test_a_no_without_an_error_is_a_no(head, value, expected):
    assert said_by([Statement("declare", head, 1, 1, word="function")], returned(value)) == expected
