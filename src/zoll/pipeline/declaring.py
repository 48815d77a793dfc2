"""Reads what the vendor says, in workers: the logs of both releases and the notes that the user adds."""

from collections.abc import Callable, Iterable, Sequence

from zoll.declared.lookup import again
from zoll.declared.mention import Said
from zoll.declared.notes import documents_of, logs_of, notes_of, statements_of
from zoll.declared.plain import Line, plain_lines
from zoll.declared.words import word_of
from zoll.errors import BadInput
from zoll.model import Declaring, Gap, Note, Part
from zoll.parse import pdf
from zoll.sandbox.limits import Failure
from zoll.sandbox.pool import Pool

Read = Callable[[str], bytes]
MOST_DOCUMENTS = 6_000_000


def read_notes(
    old: Iterable[Part], new: Iterable[Part], added: Sequence[Part], read: Read, pool: Pool, version: str = ""
) -> tuple[tuple[Note, ...], tuple[Gap, ...]]:
    """Return the notes of the new release and of the user, and the gaps of those that no worker could read.

    Logs that both sides have say nothing new.

    Raises BadInput where the user's notes are PDF and nothing here can read that.
    """
    if any(part.kind == "data/pdf" for part in added) and not pdf.readable():
        raise BadInput("cannot read notes in PDF without pypdf: pip install 'zoll[pdf]', or give them as text")
    before, after = logs_of(old), logs_of(new)
    both = {part.digest for part in before} & {part.digest for part in after}
    before, after = ([part for part in side if part.digest not in both] for side in (before, after))
    told = _answers([*before, *after, *added], read, pool)
    gaps = [
        Gap("read", part.place, answer.reason, f"its notes: {answer.detail}", side, part.size)
        for side, parts in (("old", before), ("new", [*after, *added]))
        for part in parts
        if isinstance(answer := told[part.digest], Failure)
    ]
    return notes_of(before, after, added, _lines(told), version), tuple(gaps)


def explained(declared: Sequence[Declaring], new: Iterable[Part], read: Read, pool: Pool) -> tuple[Declaring, ...]:
    """Return the same with what documents speak of in other words (`overflow:deny`, "overflow ... deny") as vague."""
    words = {word_of(one.fact) for one in declared if one.how == "undeclared"}
    if not words:
        return tuple(declared)
    parts, size = [], 0
    for part in sorted(documents_of(new), key=lambda part: (part.size, part.place)):
        size += part.size
        if size <= MOST_DOCUMENTS:
            parts.append(part)
    said = Said(statements_of(parts, _lines(_answers(parts, read, pool))), words)
    return tuple(again(one, said) for one in declared)


def _answers(parts: Sequence[Part], read: Read, pool: Pool) -> dict[str, list[Line] | Failure]:
    def lines(part: Part) -> list[Line]:
        data = read(part.digest)
        if part.kind == "data/pdf":
            return [Line(number, text) for number, text in enumerate(pdf.lines(data), 1)]
        return list(plain_lines(data, part.place.name))

    answers = pool.run(lines, parts, list[Line], lambda part: part.size)
    return {part.digest: answer for part, answer in answers}


def _lines(told: dict[str, list[Line] | Failure]) -> dict[str, Sequence[Line]]:
    return {digest: () if isinstance(answer, Failure) else answer for digest, answer in told.items()}
