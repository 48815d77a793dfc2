"""What a reader is given: one part's bytes and, for source, its statements."""

from collections.abc import Sequence
from functools import cached_property, lru_cache

from zoll.model import Fact, Part, Place, Reading
from zoll.parse.code import Code, Function, Statement


class Material:
    """One part to read.

    `kind` is the file's kind (`code/python`, `config/yaml`); `statements` is empty unless it is code. For a function,
    `data` is the whole file and `statements` are the function's own; `function.name` is "" for the text outside
    functions.
    """

    def __init__(
        self,
        part: Part,
        kind: str,
        data: bytes,
        statements: Sequence[Statement] = (),
        function: Function | None = None,
        code: Code | None = None,
    ) -> None:
        self.part = part
        self.kind = kind
        self.data = data
        self.statements = statements
        self.function = function
        self.code = code

    @property
    def language(self) -> str:
        """`python` for `code/python`, else ""."""
        return self.kind.removeprefix("code/") if self.kind.startswith("code/") else ""

    @cached_property
    def text(self) -> str:
        """The bytes as text; what is not UTF-8 shows as replacement characters."""
        return self.data.decode("utf-8", "replace")

    @cached_property
    def lines(self) -> list[str]:
        """The text's lines without their ends, split at newlines only, so that line numbers agree with every editor."""
        return [line.rstrip("\r") for line in self.text.split("\n")]

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
