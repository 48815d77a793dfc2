from zoll.model import Change, Fact, Finding, Hunk, Instruction, Pair, Part, Place, Reading
from zoll.reports import instructions


def one(address, text, note=""):
    return Instruction(address, address - 0x400000, text, note)


OLD = (one(0x401000, "mov rdi, rax"), one(0x401003, "call 0x401500", "puts"), one(0x401008, "ret"))
NEW = (
    one(0x402000, "mov rdi, rax"),
    one(0x402003, "call 0x402600", "puts"),
    one(0x402008, "lea rdi, [rip + 0x99]", '"id"'),
    one(0x40200F, "call 0x402700", "system"),
    one(0x402014, "ret"),
)


def drawn(old=OLD, new=NEW, **more):
    at = Place(("d",), "f", 1, 9, 0x402000)
    gained = (Reading(Fact("call", "system"), at, "system"),)
    hunk = Hunk((1, 1), (1, 2), gained=gained, code=(old, new))
    part = Part(at, "executable/elf", "x", 9)
    change = Change(Pair(part, part, "digest"), (hunk,))
    return list(instructions.draw(Finding("i", 1, 1.0, 1.0, "note", "t", change, hunk), 100, **more))


def test_code_that_only_moved_stays_and_what_came_is_marked():
    marks = [line.plain[17] for line in drawn()]
    assert marks == [" ", " ", "+", "+", " "]


def test_names_and_texts_stand_in_the_margin_and_a_gained_call_is_loud():
    lines = drawn()
    assert lines[2].plain.rstrip().endswith('"id"')
    assert any(span.style == "bold magenta" for span in lines[3].spans)
    assert not any(span.style == "bold magenta" for span in lines[1].spans)


def test_another_callee_is_a_change():
    other = (OLD[0], one(0x401003, "call 0x401500", "gets"), OLD[2])
    assert [line.plain[17] for line in drawn(other, OLD)] == [" ", "-", "+", " "]


def test_long_code_is_cut_with_the_rest_counted():
    lines = drawn(most=2)
    assert len(lines) == 3
    assert "3 more instructions" in lines[-1].plain


def test_nothing_where_there_is_no_code():
    assert drawn((), ()) == []
