"""Short functions, short modules: a room is read in one sitting."""

import pytest

LONGEST_MODULE = 450
LONGEST_FUNCTION = 60
SHORT_FUNCTION = 25
SHORT_SHARE = 0.8


def test_no_module_is_long(house):
    lengths = {house.name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in house.files}
    assert {name: lines for name, lines in lengths.items() if lines >= LONGEST_MODULE} == {}


def test_no_function_is_long(house):
    assert [row for row in house.functions() if row[2] > LONGEST_FUNCTION] == []


def test_most_functions_are_short_in_every_room(house):
    rooms = {}
    for name, _, lines in house.functions():
        rooms.setdefault(name.partition("/")[0], []).append(lines <= SHORT_FUNCTION)
    shares = {room: sum(short) / len(short) for room, short in rooms.items() if len(short) >= 5}
    assert {room: round(share, 2) for room, share in shares.items() if share < SHORT_SHARE} == {}


def test_lint_exceptions_have_a_reason(house):
    lines = (
        (house.root / "pyproject.toml")
        .read_text(encoding="utf-8")
        .split("[tool.ruff.lint]")[1]
        .split("[tool.ruff.lint.pydocstyle]")[0]
    )
    rules = [
        line for line in lines.splitlines() if line.strip().startswith('"') and line.rstrip().endswith(("]", '",'))
    ]
    bare = [line for line in rules if "#" not in line and "=" not in line]
    if bare:
        pytest.fail(f"say why beside each: {bare}")
