"""Switches over texts, of which javac makes two: put back together."""

from collections.abc import Sequence

from zoll.parse.bytecode.blocks import Block


def fold_texts(blocks: Sequence[Block]) -> None:
    """Make one switch over texts of the two that javac makes of it: one over hashes, one over numbers of cases."""
    for block in blocks:
        if block.kind == "switch" and block.subject.endswith(".hashCode()") and block.lines:
            _fold_text(blocks, block)


def _fold_text(blocks: Sequence[Block], first: Block) -> None:
    local = first.subject.removesuffix(".hashCode()")
    texts, ends = _cases(blocks, first, local)
    second = next((blocks[end] for end in ends if end >= 0 and blocks[end].kind == "switch"), None)
    if second is None or not texts or second.lines:
        return
    index = next(at for at, block in enumerate(blocks) if block is second)
    given = next((one.text.split(" = ", 1)[1] for one in first.lines if one.text.startswith(f"{local} = ")), local)
    number = second.subject
    first.lines = [one for one in first.lines if not one.text.startswith((f"{local} = ", f"{number} = -1"))]
    first.kind, first.after, second.subject = "jump", [index], given
    second.labels = [[texts.get(label, label) for label in row] for row in second.labels]


def _cases(blocks: Sequence[Block], first: Block, local: str) -> tuple[dict[str, str], set[int]]:
    """Return the text that each number stands for, and where the comparisons lead in the end."""
    texts: dict[str, str] = {}
    ends: set[int] = set()
    work, seen = list(first.after), set[int]()
    while work:
        index = work.pop()
        if index in seen or index < 0:
            continue
        seen.add(index)
        block = blocks[index]
        head, tail = f"{local}.equals(", block.ask.yes if block.kind == "branch" else ""
        asked = tail.removeprefix("!").removeprefix(head).removesuffix(")")
        if block.kind == "branch" and asked.startswith('"') and not block.lines:
            then = blocks[block.after[1 if tail.startswith("!") else 0]]
            if len(then.lines) == 1 and then.lines[0].text.rpartition(" = ")[2].isdigit():
                texts[then.lines[0].text.rpartition(" = ")[2]] = asked
            work += block.after
        elif len(block.lines) == 1 and len(block.after) == 1:
            work += block.after
        elif block.kind == "switch":
            ends.add(index)
        else:
            work += block.after if block.kind == "jump" and not block.lines else []
    return texts, ends
