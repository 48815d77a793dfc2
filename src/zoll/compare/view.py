"""Two functions lined up, with what the search for lost safeguards asks again and again."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from rapidfuzz import fuzz

from zoll.compare.atoms import stem
from zoll.compare.statements import Alignment, Statements
from zoll.parse.code import Statement, Test
from zoll.parse.lengths import pointers_of

_ALIKE = 72.0
_STAT = re.compile(r"^_{0,2}[fl]?x?stat(?:at|64|x)?(?:64)?$")
_WRAPS = re.compile(r"\s*(?:(?:un)?likely|(?:WARN|BUG)_ON(?:_ONCE)?|__builtin_expect)\s*\((.{1,200})\)\s*", re.DOTALL)
_COMPARES = re.compile(r"(?<![-<>=!])(?:[=!]=|[<>]=?)(?![<>=])")
_NAME = re.compile(r"(?<=\$)[A-Za-z_]\w*+|\b[A-Za-z_]\w*+(?!\s{0,2}\()")  # `$class(...)` calls what a variable holds
_WALKS = re.compile(r"(?:\bas|\bfor|each\w{0,12})\b[^;]{0,60}?[\s$(|\[,]keys?\b")
_WORD = re.compile(r"[\w$]+")
_ANY_NAME = re.compile(r"[A-Za-z_]\w*")
_COMMON = frozenset(
    {
        "if",
        "else",
        "elif",
        "for",
        "while",
        "not",
        "and",
        "or",
        "in",
        "is",
        "return",
        "None",
        "null",
        "NULL",
        "nil",
        "true",
        "false",
        "True",
        "False",
        "self",
        "this",
        "new",
        "int",
        "char",
        "void",
        "const",
        "static",
        "unsigned",
        "struct",
        "sizeof",
        "typeof",
        "instanceof",
        "err",
        "error",
        "ret",
        "rc",
        "result",
        "i",
        "j",
        "k",
        "n",
        "x",
        "e",
    }
)


def names(text: str) -> set[str]:
    """Return the names in a text that could be a subject: no keywords, no CONSTANTS."""
    return {name for name in _NAME.findall(text) if name not in _COMMON and not (name.isupper() and len(name) > 1)}


class View:
    """An alignment and what can be asked of it; sides are 0 (old) and 1 (new). `compiled`: it is of machine code."""

    def __init__(
        self,
        alignment: Alignment,
        old_lines: Sequence[str] = (),
        new_lines: Sequence[str] = (),
        *,
        compiled: bool = False,
        language: str = "",
    ) -> None:
        self.compiled = compiled
        self.language = language
        self.sides: tuple[Statements, Statements] = (alignment.old, alignment.new)
        self.runs = alignment.runs
        self.kept = alignment.kept
        self.lines = (old_lines, new_lines)
        self.partner = dict(self.kept)
        for run in self.runs:
            self.partner.update(run.pairs)
        self.looked_at: dict[tuple[int, str], int] = {}  # by side and callee, calls whose result is tested; as asked
        self.restated: tuple[set[int], set[int]] | None = None  # old and new lines that ask the same in other words
        self.narrowed: tuple[set[int], set[str]] | None = None  # lines of new checks that refuse; what stood before
        self.back = {two: one for one, two in self.partner.items()}

    @cached_property
    def walks_keys(self) -> bool:
        """Tell whether a loop walks the keys of a table: `foreach ($all as $key => $one)`, `each do |key, one|`."""
        return any(_WALKS.search(one.text[:200]) for one in self.sides[1] if one.kind == "loop" or "each" in one.text)

    @cached_property
    def under(self) -> dict[int, list[int]]:
        """By the statement that encloses them, the new statements that have a partner, in the order of `back`."""
        under: dict[int, list[int]] = {}
        for two in self.back:
            under.setdefault(self.sides[1][two].within, []).append(two)
        return under

    @cached_property
    def arrived(self) -> dict[str, list[int]]:
        """By their text, the new statements that are none of those that stayed."""
        stayed, arrived = set(self.kept.values()), dict[str, list[int]]()
        for two in (two for run in self.runs for two in range(*run.new) if two not in stayed):
            arrived.setdefault(self.sides[1][two].text, []).append(two)
        return arrived

    @cached_property
    def asked(self) -> frozenset[str]:
        """Names that the new statements of all runs test or choose by."""
        asked: set[str] = set()
        for one in (self.sides[1][two] for run in self.runs for two in range(*run.new)):
            asked.update(*(names(f"{test.left} {test.right}") for test in one.tests))
            if one.kind in {"switch", "case"}:
                asked |= names(one.text)
        return frozenset(asked)

    @cached_property
    def numbers(self) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """By what is tested, everything that the old and the new function hold it against."""
        found: tuple[dict[str, set[str]], dict[str, set[str]]] = ({}, {})
        for side, held in zip(self.sides, found, strict=True):
            for test in (test for one in side for test in one.tests):
                held.setdefault(test.left, set()).add(test.right)
        return found

    @cached_property
    def callers(self) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        """By the last name of what they call, the statements of the old and of the new function."""
        return _callers(self.sides[0]), _callers(self.sides[1])

    @cached_property
    def words(self) -> tuple[frozenset[str], frozenset[str]]:
        """All words of the old and of the new function."""
        old, new = (frozenset(word for one in side for word in _WORD.findall(one.text)) for side in self.sides)
        return old, new

    @cached_property
    def stems(self) -> tuple[Counter[tuple[str, ...]], Counter[tuple[str, ...]]]:
        """How often each test stands in the old and in the new function, whatever its operator."""
        return _stems(self.sides[0]), _stems(self.sides[1])

    @cached_property
    def vocabulary(self) -> Counter[str]:
        """With how many fixed texts the old function compares each expression: a parser's word with many."""
        texts = {
            ("".join(test.left.split()), test.literal.text)
            for one in self.sides[0]
            for test in one.tests
            if test.literal and test.literal.kind == "string"
        }
        return Counter(subject for subject, _ in texts)

    @cached_property
    def calls(self) -> tuple[Counter[str], Counter[str]]:
        """How often each function is called, by its last name."""
        return _calls(self.sides[0]), _calls(self.sides[1])

    @cached_property
    def tested(self) -> tuple[Counter[str], Counter[str]]:
        """How often the result of each function decides something, by its last name."""
        return _tested(self.sides[0]), _tested(self.sides[1])

    @cached_property
    def pointers(self) -> frozenset[str]:
        """Names that the new function declares as pointers."""
        return frozenset(name for one in self.sides[1] for name in pointers_of(one))

    @cached_property
    def asks_of_files(self) -> bool:
        """Whether both functions ask the system what rights a file has."""
        return all(any(_STAT.search(name) for name in side) for side in self.calls)

    @cached_property
    def new_names(self) -> frozenset[str]:
        """Names that the new function still uses."""
        return frozenset(name for one in self.sides[1] if one.word != "function" for name in names(one.text))

    def lives(self, text: str) -> bool:
        """Tell whether the new function, parameters included, still speaks of what a text speaks of."""
        own = next((one.text for one in self.sides[1][:1] if one.word == "function"), "")
        return bool(names(text) & (self.new_names | names(own)))

    @cached_property
    def new_calls(self) -> tuple[str, ...]:
        """Names that the new function calls more often than the old one."""
        return tuple(name for name, count in self.calls[1].items() if count > self.calls[0][name])

    def renamed(self, name: str) -> bool:
        """Tell whether a call of much the same name came."""
        return any(fuzz.ratio(name.lower(), other.lower()) >= _ALIKE for other in self.new_calls[:200])

    def removed(self, index: int) -> list[Statement]:
        """Return the old statements of a run that became nothing."""
        run = self.runs[index]
        return [self.sides[0][one] for one in range(*run.old) if one not in self.partner]

    def inserted(self, index: int) -> list[int]:
        """Return the indices of the new statements of a run that came from nothing."""
        run = self.runs[index]
        return [two for two in range(*run.new) if two not in self.back]

    def in_file(self, text: str) -> tuple[int, int]:
        """Return in how many lines of the old and of the new file a text stands, white space apart."""
        flat = "".join(text.split())
        name = max(_ANY_NAME.findall(text), key=len, default=flat)
        found = [sum(1 for line in side if name in line and flat in "".join(line.split())) for side in self.lines]
        return found[0], found[1]

    def moved_away(self, text: str) -> bool:
        """Tell whether a text stands in the new file as often as in the old one, so that it only moved."""
        before, after = self.in_file(text)
        return 0 < before <= after


def last(name: str) -> str:
    """Return the last name of a dotted one."""
    return name.rsplit(".", 1)[-1]


def _stems(side: Iterable[Statement]) -> Counter[tuple[str, ...]]:
    return Counter(sides for one in side for test in one.tests for sides in (stem(test), *_wrapped(test)))


def _wrapped(test: Test) -> Iterator[tuple[str, ...]]:
    """Yield the sides of a test that stands inside a macro which says how likely or how grave it is."""
    inner = _WRAPS.fullmatch(test.left) if test.op == "truth" else None
    if inner:
        two = _COMPARES.split(inner[1], maxsplit=1)
        yield tuple(sorted("".join(side.split()).lstrip("!") for side in ((*two, "") if len(two) == 1 else two)))


def _calls(side: Iterable[Statement]) -> Counter[str]:
    return Counter(last(call.name) for one in side for call in one.calls)


def _callers(side: Sequence[Statement]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for index, one in enumerate(side):
        for name in {last(call.name) for call in one.calls}:
            found.setdefault(name, []).append(index)
    return found


def _tested(side: Iterable[Statement]) -> Counter[str]:
    return Counter(last(test.call) for one in side for test in one.tests if test.call)
