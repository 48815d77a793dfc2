"""Statements that no other reader describes, by class, so that nothing changes without a word."""

from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.readers.material import Material

DOC = Doc(
    title="Statements that nothing else describes",
    reads=("code/*",),
    yields=("statement",),
    limitations=("only the class is said; the words are in the hunk",),
)
_PLAIN = frozenset(["assign", "declare", "other", "jump", "loop", "throw", "directive"])


def read(material: Material) -> Iterator[Reading]:
    """Yield the class of each statement without calls, tests or texts."""
    for statement in material.told:
        if statement.kind in _PLAIN and not statement.calls and not statement.tests and not statement.literals:
            yield material.say("statement", statement.kind, statement.line, statement.end, statement.text)
