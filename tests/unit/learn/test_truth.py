"""When a finding meets a plant: by path, by lines with some slack, by symbol, by address."""

import pytest

from zoll.learn.truth import hits, rank

TRUTH = [{"path": "src/login.c", "lines": [40, 42], "symbol": "check_login"}]


def found(path="src/login.c", line=None, line_end=None, symbol=None):
    return {"path": path, "line": line, "line_end": line_end, "symbol": symbol}


@pytest.mark.parametrize(
    ("finding", "met"),
    [
        (found(line=41), True),
        (found(line=36), True),
        (found(line=34), False),
        (found(line=30, line_end=50), True),
        (found(line=900, symbol="check_login"), True),
        (found(line=900, symbol="Auth.check_login"), True),
        (found(line=900, symbol="recheck_login"), False),
        (found("app.tgz!/pkg/src/login.c", 41), True),
        (found("src/relogin.c", 41), False),
        (found("", 41), False),
    ],
)
def test_by_place(finding, met):
    assert hits(finding, TRUTH) is met


def test_by_file_any_line_will_do():
    assert hits(found(line=900), TRUTH, by_place=False)


def test_a_truth_without_lines_or_symbol_is_met_by_its_path():
    assert hits(found("a/b", 7), [{"path": "a/b", "lines": None, "symbol": None}])


@pytest.mark.parametrize(
    ("offset", "met"),
    [(0x4010, True), ("0x4010", True), (0x404F, True), (0x4050, False), (0x400F, False), (0, False), (None, False)],
)
def test_a_function_of_an_executable_is_met_by_an_address_in_it(offset, met):
    truth = [{"path": "usr/sbin/d", "lines": None, "symbol": None, "offset": 0x4010, "size": 0x40}]
    finding = found("pkg.deb!/usr/sbin/d", line=9, symbol="f_4010") | {"offset": offset}
    assert hits(finding, truth) is met
    assert hits(finding, truth, by_place=False)


def test_the_rank_is_that_of_the_first_hit():
    assert rank([found(line=1), found(line=41), found(line=42)], TRUTH) == 2
    assert rank([found(line=1)], TRUTH) is None
