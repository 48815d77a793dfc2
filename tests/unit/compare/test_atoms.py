"""Atoms: negation worked in, literals to the right, rejecting conditions turned round."""

import pytest

from zoll.compare.atoms import atom, rejects, written
from zoll.parse import code
from zoll.parse.code import Call, Statement


def test_turned_and_negated():
    assert atom(code.Test("<", "a", "b"), turned=True).key == (">=", "a", "b", True)
    assert atom(code.Test("==", "a", "b", negated=True), turned=True).key == ("==", "a", "b", True)
    assert atom(code.Test("truth", "a", negated=True), turned=False).key == ("truth", "a", "", False)


def test_literals_go_to_the_right():
    assert atom(code.Test("<", "8", "n"), turned=False).key == (">", "n", "8", True)


def test_rejects():
    side = [Statement("condition", "if (a)", 1, 1), Statement("return", "return -1", 2, 2, 0, "then", value="-1")]
    assert rejects(side, 0)
    assert not rejects([side[0], Statement("call", "go()", 2, 2, 0, "then")], 0)
    assert rejects([side[0], Statement("call", "errors.push(a)", 2, 2, 0, "then", calls=(Call("errors.push"),))], 0)
    assert not rejects([side[0], Statement("call", "names.push(a)", 2, 2, 0, "then", calls=(Call("names.push"),))], 0)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("system_or_error", False),  # Perl
        ("User.findOrFail", False),  # PHP
        ("map.getOrThrow", False),  # Kotlin
        ("verify_or_die", True),
        ("abort_or_exit", True),
        ("error", True),
    ],
)
def test_what_complains_only_where_it_fails_rejects_nothing(name, told):
    side = [Statement("condition", "if (a)", 1, 1), Statement("call", name, 2, 2, 0, "then", calls=(Call(name),))]
    assert rejects(side, 0) == told


def test_a_constant_in_a_function_that_ends_with_nought_says_why_it_did_not_go_well():
    why = Statement("return", "return RXSEALED", 2, 2, 0, "then", value="RXSEALED")
    end = Statement("return", "return 0", 3, 3, value="0")
    differs = Statement("condition", "if (sum != own)", 1, 1, tests=(code.Test("!=", "sum", "own"),))
    assert rejects([differs, why, end], 0)
    assert not rejects([differs, why], 0)
    equals = Statement("condition", "if (name == own)", 1, 1, tests=(code.Test("==", "name", "own"),))
    assert not rejects([equals, why, end], 0)


def test_a_loop_that_is_left_because_something_was_found_rejects_nothing():
    side = [Statement("condition", "if (a)", 1, 1), Statement("jump", "break", 3, 3, 0, "then", "break")]
    assert rejects(side, 0)
    found = Statement("assign", "found = 1", 2, 2, 0, "then", target="found", value="1")
    assert not rejects([side[0], found, side[1]], 0)


def test_a_loop_that_is_left_because_an_error_was_none_rejects_nothing():
    side = [
        Statement("condition", "if (at_end(err))", 1, 1),
        Statement("call", "ERR_clear_error()", 2, 2, 0, "then", calls=(Call("ERR_clear_error"),)),
        Statement("jump", "break", 3, 3, 0, "then", word="break"),
    ]
    assert not rejects(side, 0)
    assert rejects([side[0], Statement("jump", "break", 3, 3, 0, "then", word="break")], 0)


def test_a_condition_that_decides_which_error_rejects_nothing():
    ways = [Statement("throw", "raise A", 2, 2, 0, "then"), Statement("throw", "raise B", 4, 4, 0, "else")]
    assert not rejects([Statement("condition", "if (a)", 1, 1), *ways], 0)


@pytest.mark.parametrize(
    ("text", "test", "words"),
    [
        ("if (!ok && strcmp(a, b) != 0)", code.Test("!=", "a", "b", via="strcmp"), "strcmp(a, b) != 0"),
        ("if ((n = size(alg)) == 0)", code.Test("==", "n = size(alg)", "0"), "(n = size(alg)) == 0"),
        ("if (a && !u->lab)", code.Test("truth", "u->lab", negated=True), "!u->lab"),
        ("if not user.valid:", code.Test("truth", "user.valid", negated=True), "not user.valid"),
        ("if (NULL != p)", code.Test("!=", "NULL", "p"), "NULL != p"),
        ("if (x)", code.Test("==", "y", "z"), ""),
    ],
)
def test_a_test_is_found_again_in_the_text_of_its_statement(text, test, words):
    assert written(text, test) == words


@pytest.mark.parametrize(
    ("given", "error", "refused"),
    [
        ("0", "ERR_INVALID", False),
        ("0", "-1", False),
        ("0", "LIB_ERR_INVALID", False),
        ("0", "1", True),
        ("-1", "0", True),
    ],
)
def test_nought_beside_an_error_is_the_good_one(given, error, refused):
    side = [
        Statement("condition", "a", 1, 1),
        Statement("return", given, 1, 1, 0, "then", value=given),
        Statement("return", error, 1, 1, 0, "else", value=error),
    ]
    assert rejects(side, 0) is refused
