"""Instructions of Java methods."""

import pytest

from zoll.parse.bytecode.classfile import BadClass, Code
from zoll.parse.bytecode.javacode import instructions_of


def code(raw):
    return Code(bytes(raw), 0, (), ((0, 7),), ())


def test_branches_know_where_they_lead():
    made = instructions_of(code([0x03, 0x99, 0, 4, 0xB1, 0xB1]))
    assert [(one.offset, one.ends, one.targets, one.line) for one in made[:2]] == [
        (0, "", (), 7),
        (1, "branch", (5,), 7),
    ]


def test_a_switch_has_its_labels_by_target():
    raw = [0x03, 0xAB, 0, 0, *(0, 0, 0, 19), *(0, 0, 0, 1), *(0, 0, 0, 42), *(0, 0, 0, 20), 0xB1, 0xB1]
    one = instructions_of(code(raw))[1]
    assert (one.ends, one.targets, one.argument) == ("switch", (21, 20), [["42"], [""]])


@pytest.mark.parametrize("raw", [[0xB8, 0], [0xAA, 0, 0, 0, 1], [0xAB, 0, 0, 0, 0, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF]])
def test_what_is_cut_off_is_refused(raw):
    with pytest.raises(BadClass):
        instructions_of(code(raw))
