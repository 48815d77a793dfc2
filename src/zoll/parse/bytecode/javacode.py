"""The instructions of a Java method, with where they lead.

Source: The Java Virtual Machine Specification, Java SE 21, chapter 6.
"""

import struct

from zoll.parse.bytecode.blocks import Instruction
from zoll.parse.bytecode.classfile import BadClass, Code

# Bytes of arguments behind an instruction, where there are any and the number is fixed.
ARGUMENTS = {
    **dict.fromkeys((16, 18, *range(21, 26), *range(54, 59), 169, 188), 1),
    **dict.fromkeys((17, 19, 20, 132, *range(153, 169), *range(178, 185), 187, 189, 192, 193, 198, 199), 2),
    **dict.fromkeys((185, 186, 200, 201), 4),
    197: 3,
}
TABLE, LOOKUP, WIDE, GOTO, JSR, RET, GOTO_W, JSR_W, THROW = 170, 171, 196, 167, 168, 169, 200, 201, 191
RETURNS = range(172, 178)
MOST_INSTRUCTIONS = 40_000


def instructions_of(code: Code) -> list[Instruction]:
    """Return the instructions of a method. Raises BadClass."""
    made: list[Instruction] = []
    data, at, line = code.data, 0, 0
    lines = dict(reversed(code.lines))
    while at < len(data):
        line = lines.get(at, line)
        one = _instruction(data, at, line)
        made.append(one[0])
        at = one[1]
        if len(made) > MOST_INSTRUCTIONS:
            raise BadClass("more instructions than are followed")
    return made


def _instruction(data: bytes, at: int, line: int) -> tuple[Instruction, int]:
    op = data[at]
    if op in (TABLE, LOOKUP):
        return _switch(data, at, line)
    if op == WIDE:
        inner = data[at + 1] if at + 1 < len(data) else 0
        size = 4 if inner == 132 else 2
        raw = data[at + 2 : at + 2 + size]
        return Instruction(at, str(inner), raw, line, (), "stop" if inner == RET else ""), at + 2 + size
    size = ARGUMENTS.get(op, 0)
    raw = data[at + 1 : at + 1 + size]
    if len(raw) < size:
        raise BadClass("an instruction is cut off")
    targets: tuple[int, ...] = ()
    ends = ""
    if 153 <= op <= 168 or op in (198, 199, GOTO_W, JSR_W):
        targets = (at + int.from_bytes(raw, "big", signed=True),)
        ends = "jump" if op in (GOTO, JSR, GOTO_W, JSR_W) else "branch"
    elif op in RETURNS or op in (THROW, RET):
        ends = "stop"
    return Instruction(at, str(op), raw, line, targets, ends), at + 1 + size


def _switch(data: bytes, at: int, line: int) -> tuple[Instruction, int]:
    """Return a switch; its argument is the numbers that lead to each of its targets, "" for all others."""
    start = at + 4 - at % 4
    try:
        default, low = struct.unpack_from(">ii", data, start)
        if data[at] == TABLE:
            high = struct.unpack_from(">i", data, start + 8)[0]
            count, end = high - low + 1, start + 12
        else:
            count, end = low, start + 8
        if not 0 <= count <= len(data):
            raise BadClass("a switch with more cases than bytes")
        width = 1 if data[at] == TABLE else 2
        row = struct.unpack_from(f">{count * width}i", data, end)
    except struct.error as error:
        raise BadClass("a switch is cut off") from error
    labels = [low + one for one in range(count)] if width == 1 else list(row[::2])
    targets = row if width == 1 else row[1::2]
    made = [(str(label), at + target) for label, target in zip(labels, targets, strict=True)]
    made.append(("", at + default))
    places = tuple(dict.fromkeys(target for _, target in made))
    names = [[label for label, target in made if target == place] for place in places]
    return Instruction(at, "170", names, line, places, "switch"), end + count * width * 4
