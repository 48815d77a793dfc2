"""What a rule looks at: one hunk's gained and lost readings, and what stands around it."""

from collections.abc import Iterable

from msgspec import Struct

from zoll.errors import BadSetting
from zoll.model import Fact, Place, Reading

RANGES = ("", "function", "file", "component", "release")


class Seen(Struct, frozen=True):
    """One gained or lost reading with what the release around it says.

    `newness` counts how far one must go to meet the reading's word in the old release: 0 it stood in this very part,
    1 new to the function, 2 to the file, 3 to the component, 4 to the whole release. `mentions` counts other places of
    the new release that mention the word, -1 when nothing was looked up.
    """

    reading: Reading
    newness: int = 1
    mentions: int = -1

    @property
    def undeclared(self) -> bool:
        """Looked up, and nothing else in the new release mentions it."""
        return self.mentions == 0


class Scene(Struct, frozen=True):
    """One hunk as rules see it."""

    gained: tuple[Seen, ...] = ()
    lost: tuple[Seen, ...] = ()
    standing: tuple[Fact, ...] = ()


def scene_of(lines: Iterable[str]) -> Scene:
    """Return the scene that synthetic facts describe: `+ gained`, `- lost`, `= standing`, marks such as `@new:file`.

    >>> scene_of(["+ gate literal->success about:password @undeclared", "= role authentication"]).gained[0].undeclared
    True
    """
    sides: dict[str, list[Seen]] = {"+": [], "-": [], "=": []}
    for line in lines:
        sign, seen = _seen(line)
        sides[sign].append(seen)
    return Scene(tuple(sides["+"]), tuple(sides["-"]), tuple(seen.reading.fact for seen in sides["="]))


def _seen(line: str) -> tuple[str, Seen]:
    words = line.split()
    if len(words) < 3 or words[0] not in "+-=":
        msg = f"example fact {line!r}: write `+ kind value trait:word ...`; signs are + - ="
        raise BadSetting(msg)
    marks = [word[1:] for word in words[3:] if word.startswith("@")]
    traits = tuple(sorted(_unquote(word) for word in words[3:] if not word.startswith("@")))
    newness = max((RANGES.index(mark[4:]) for mark in marks if mark.startswith("new:")), default=1)
    reading = Reading(Fact(words[1], _unquote(words[2]), traits), Place())
    return words[0], Seen(reading, newness, 0 if "undeclared" in marks else -1 if "declared" not in marks else 3)


def _unquote(word: str) -> str:
    return word.replace("_~_", " ")
