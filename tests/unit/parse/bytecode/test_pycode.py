"""Instructions of compiled Python."""

import dis
import sys

import pytest

from zoll.parse.bytecode.pycode import Unsupported, handlers_of, instructions_of, version_of, versions
from zoll.parse.bytecode.pymarshal import read_pyc

NAMES = ("python-3.10", "python-3.12", "python-3.13", "python-3.14")


@pytest.mark.parametrize("name", NAMES)
def test_every_instruction_is_known(name, samples):
    magic, code = read_pyc(samples[name][1])
    version = version_of(magic)
    assert name == f"python-3.{version.minor}"
    work = [code]
    while work:
        one = work.pop()
        made = instructions_of(one, version)
        starts = {each.offset for each in made}
        assert "UNKNOWN" not in {each.name for each in made}
        assert {target for each in made for target in each.targets} <= starts
        assert {handler.target for handler in handlers_of(one, made, version.minor)} <= starts
        work += [held for held in one.consts if hasattr(held, "consts")]


def test_lines_are_those_that_the_compiler_tells(samples):
    magic, code = read_pyc(samples["python-3.13"][1])
    lines = [one.line for one in instructions_of(code, version_of(magic))]
    assert {1, 2, 3, 4, 5, 39} <= set(lines) <= {0, *range(1, 41)}


def test_the_table_of_the_running_version_is_right():
    minor = sys.version_info[1]
    mine = next((one for one in versions().values() if one.minor == minor), None)
    if mine is None:
        pytest.skip("the instructions of this Python are not known yet")
    assert {number: name for number, name in mine.names.items() if dis.opmap.get(name) != number} == {}


def test_unknown_versions_are_refused():
    with pytest.raises(Unsupported):
        version_of(9999)
