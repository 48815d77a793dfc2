"""Reads what the vendor says, in workers: the logs of both releases and the notes that the user adds."""

from collections.abc import Callable, Iterable, Sequence

from zoll.declared.notes import logs_of, notes_of
from zoll.declared.plain import Line, plain_lines
from zoll.errors import BadInput
from zoll.model import Note, Part
from zoll.parse import pdf
from zoll.sandbox.limits import Failure
from zoll.sandbox.pool import Pool

Read = Callable[[str], bytes]


def read_notes(
    old: Iterable[Part], new: Iterable[Part], added: Sequence[Part], read: Read, pool: Pool, version: str = ""
) -> tuple[Note, ...]:
    """Return the notes of the new release and of the user; logs that both sides have say nothing new.

    Raises BadInput where the user's notes are PDF and nothing here can read that.
    """
    if any(part.kind == "data/pdf" for part in added) and not pdf.readable():
        raise BadInput("cannot read notes in PDF without pypdf: pip install 'zoll[pdf]', or give them as text")
    before, after = logs_of(old), logs_of(new)
    both = {part.digest for part in before} & {part.digest for part in after}
    before, after = ([part for part in side if part.digest not in both] for side in (before, after))

    def lines(part: Part) -> list[Line]:
        data = read(part.digest)
        if part.kind == "data/pdf":
            return [Line(number, text) for number, text in enumerate(pdf.lines(data), 1)]
        return list(plain_lines(data, part.place.name))

    said: dict[str, Sequence[Line]] = {}
    for part, answer in pool.run(lines, [*before, *after, *added], list[Line], lambda part: part.size):
        said[part.digest] = () if isinstance(answer, Failure) else answer
    return notes_of(before, after, added, said, version)
