import pytest

from zoll.parse.machine.lift.blocks import Instruction
from zoll.parse.machine.lift.operands import operands
from zoll.parse.machine.lift.processors.arm_forms import prepare


def formed(*pairs):
    """Return the names that instructions of four bytes each become."""
    made = [Instruction(4 * at, 4, name, text, operands(text)) for at, (name, text) in enumerate(pairs)]
    return [one.name for one in prepare(made)]


@pytest.mark.parametrize(
    ("name", "text", "made"),
    [
        ("ldrb.w", "r0, [r1]", ["ldrb"]),
        ("bls", "#0x10", ["bls"]),
        ("movne", "r0, #1", ["mov.ne"]),
        ("bics", "r0, r1", ["bics"]),
        ("bx", "lr", ["return"]),
        ("pop", "{r4, pc}", ["return"]),
        ("ldr", "pc, [sp], #4", ["return"]),
        ("bx", "r3", ["jump"]),
        ("popeq", "{r4, pc}", ["bne", "return"]),
        ("bleq", "#0x10", ["bne", "bl"]),
    ],
)
def test_names(name, text, made):
    assert formed((name, text)) == made


def test_instructions_of_one_condition_are_branched_around_together():
    assert formed(("movne", "r0, #1"), ("strne", "r0, [r1]"), ("mov", "r2, r3")) == ["beq", "mov", "str", "mov"]
