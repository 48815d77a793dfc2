"""What is compared with a fixed text, number or named constant."""

from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Statement, Test
from zoll.readers.deciding import listed, members, tested
from zoll.readers.frame import Frame, frame_of
from zoll.readers.material import Material
from zoll.readers.standards import standard_of
from zoll.readers.words import shown

DOC = Doc(
    title="Comparisons with a literal or a named constant",
    reads=("code/*",),
    yields=("comparison",),
    limitations=("a constant's value is not looked up; its name is the value",),
)


def read(material: Material) -> Iterator[Reading]:
    """Yield one comparison for each atom that has a literal or constant on one side."""
    frame = frame_of(material)
    for index in material.indices:
        statement = frame.statements[index]
        for test in statement.tests:
            for member in members(test, frame):
                yield from _comparison(material, frame, index, statement, member)


def _comparison(material: Material, frame: Frame, index: int, statement: Statement, test: Test) -> Iterator[Reading]:
    what = tested(test, frame, index)
    literal = test.literal
    if (literal is None and not what.literal) or (what.kind == "file" and test.op == "truth"):
        return
    value = shown(literal.text) if literal else what.literal
    kind = literal.kind if literal else (what.type or "constant")
    if what.kind == "type":
        kind = "type"
    yield material.say(
        "comparison", value, test.line or statement.line, 0, statement.text,
        op=test.op, type=kind, subject=what.subject, about=what.about, via=test.via, length=test.length,
        among=listed(material, frame) if kind == "string" else "", known=standard_of(value) if kind == "string" else "",
    )  # fmt: skip
