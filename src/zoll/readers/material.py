"""What a reader is given: one part's bytes and, for source, its statements."""

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property, lru_cache

from zoll.model import Fact, Part, Place, Reading
from zoll.parse.code import Code, Function, Statement


class Material:
    """One part to read.

    `kind` is the file's kind (`code/python`, `config/yaml`); `statements` is empty unless it is code. For a function,
    `data` is the whole file and `statements` are the function's own; `function.name` is "" for the text outside
    functions. `asked` are the indices of the statements to read, `asked_lines` the numbers of the lines, None for all:
    readers loop over `indices`, `told` and `numbered` where what they say hangs on a statement or a line alone.
    """

    def __init__(
        self,
        part: Part,
        kind: str,
        data: bytes,
        statements: Sequence[Statement] = (),
        function: Function | None = None,
        code: Code | None = None,
        asked: Collection[int] | None = None,
        asked_lines: Collection[int] | None = None,
    ) -> None:
        self.part = part
        self.kind = kind
        self.data = data
        self.statements = statements
        self.function = function
        self.code = code
        self.asked_lines = asked_lines
        self.beside: bytes | None = None  # the same part on the other side, where only what differs is asked
        self.indices: Sequence[int] = range(len(statements)) if asked is None else sorted(asked)
        self.language = kind.removeprefix("code/") if kind.startswith("code/") else ""  # `python` for `code/python`

    @property
    def told(self) -> Iterator[Statement]:
        """The statements to read; the others stand equally on the other side."""
        return map(self.statements.__getitem__, self.indices)

    @cached_property
    def text(self) -> str:
        """The bytes as text; what is not UTF-8 shows as replacement characters."""
        return self.data.decode("utf-8", "replace")

    @cached_property
    def lines(self) -> list[str]:
        """The text's lines without their ends, split at newlines only, so that line numbers agree with every editor."""
        lines = self.text.split("\n")
        return [line.rstrip("\r") for line in lines] if "\r" in self.text else lines

    @cached_property
    def numbered(self) -> Sequence[tuple[int, str]]:
        """The lines to read with their numbers; the others stand as often on the other side."""
        if self.asked_lines is None:
            return list(enumerate(self.lines, 1))
        return [(number, self.lines[number - 1]) for number in sorted(self.asked_lines)]

    def say(self, kind: str, value: str, line: int = 0, end: int = 0, words: str = "", **traits: str) -> Reading:
        """Return a reading at a line of this part; trait names write `_` for `-` and empty traits are left out."""
        marks = (
            tuple(sorted([f"{_trait(name)}:{text[:80]}" for name, text in traits.items() if text])) if traits else ()
        )
        place: Place = self.part.place.at(line, end) if line else self.part.place
        return Reading(Fact(kind, value[:200], marks), place, words[:300])


@lru_cache(maxsize=256)
def _trait(name: str) -> str:
    return name.rstrip("_").replace("_", "-")
