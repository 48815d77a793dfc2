import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoll.parse.machine.lift.operands import Operand, operands


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("rax", (Operand("r", "rax"),)),
        ("#-0x10", (Operand("i", number=-16),)),
        ("-0x7fe4($gp)", (Operand("m", "$gp", -0x7FE4),)),
        ("dword ptr [rax + rcx*4 + 8]", (Operand("m", "rax", 8, "rcx", 4, 4),)),
        ("qword ptr fs:[0x28]", (Operand("m", "", 0x28, size=8, mark="fs"),)),
        ("[sp, #-0x10]!", (Operand("m", "sp", -16, mark="!"),)),
        ("[x1, w2, uxtw #3]", (Operand("m", "x1", 0, "w2", 8),)),
        ("[r0, -r1]", (Operand("m", "r0", 0, "-r1"),)),
        ("{r4, lr}", (Operand("l", registers=("r4", "lr")),)),
        ("r0!, {r1, r2}", (Operand("r", "r0", mark="!"), Operand("l", registers=("r1", "r2")))),
        ("r1, lsl #2", (Operand("r", "r1"), Operand("s", "lsl", 2))),
        ("", ()),
    ],
)
def test_operands_of_every_processor(text, made):
    assert operands(text) == made


@given(st.text(alphabet="r0x1[]{}(),+-*#$! lsptrword", max_size=40))
def test_no_text_breaks_them(text):
    assert all(one.kind in "rimsl" for one in operands(text))
