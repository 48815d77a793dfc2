"""YAML as paths and values, with lines. Events only: nothing is constructed, aliases stay unexpanded, no recursion."""

import re
from collections.abc import Iterator
from typing import Protocol

import yaml

from zoll.parse.entry import DEEPEST, Entry, TooDeep, listed

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
STANDARD = "tag:yaml.org,2002:"


class _Mark(Protocol):
    """Where an event stands; the two parsers of the library have a class each."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


class _Frame:
    """An open mapping or sequence: its path, its ordinal, the key that waits for a value."""

    def __init__(self, mapping: bool, keys: tuple[str, ...], group: int, line: int) -> None:
        self.mapping = mapping
        self.keys = keys
        self.group = group
        self.line = line
        self.key: str | None = None
        self.empty = True

    def below(self) -> tuple[str, ...]:
        """Return the path of the value that comes next."""
        return (*self.keys, self.key or "") if self.mapping else listed(self.keys)


def _tagged(event: yaml.Event, text: str) -> str:
    tag = getattr(event, "tag", None) or ""
    if not tag or (tag.startswith(STANDARD) and "/" not in tag):
        return text
    return f"{tag.replace(STANDARD, '!!')} {text}".strip()


# YAML 1.1 ends a line at these too, no editor does: line numbers would drift.
_ODD_BREAK = re.compile("\r(?!\n)|[\x85\u2028\u2029]")


def entries(text: str) -> Iterator[Entry]:
    r"""Yield the leaves of all documents in order; ValueError where the text stops being YAML.

    >>> [(e.path, e.value, e.line) for e in entries("a:\n  - b: 1\n  - c")]
    [('a[].b', '1', 2), ('a[]', 'c', 3)]
    """
    try:
        yield from _walk(_ODD_BREAK.sub(" ", text))
    except yaml.YAMLError as error:
        raise ValueError(str(error).split("\n", 1)[0]) from None


def _walk(text: str) -> Iterator[Entry]:
    stack: list[_Frame] = []
    group = 0
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            group += 1
            stack.append(_opened(event, stack, group))
            if _tagged(event, ""):
                yield Entry(stack[-1].keys, _tagged(event, ""), stack[-1].line, stack[-1].line, group, stack[-1].line)
        elif isinstance(event, yaml.CollectionEndEvent):
            frame = stack.pop()
            if frame.empty and frame.keys:
                holder = stack[-1].group if stack else 0
                yield Entry(frame.keys, "{}" if frame.mapping else "[]", frame.line, frame.line, holder, frame.line)
            if stack:
                stack[-1].key = None
        elif isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
            yield from _leaf(event, stack)


def _opened(event: yaml.Event, stack: list[_Frame], group: int) -> _Frame:
    if len(stack) >= DEEPEST:
        raise TooDeep(f"more than {DEEPEST} levels")
    keys: tuple[str, ...] = ()
    if stack:
        if stack[-1].mapping and stack[-1].key is None:
            stack[-1].key = "?"
        keys = stack[-1].below()
        stack[-1].empty = False
    return _Frame(isinstance(event, yaml.MappingStartEvent), keys, group, _line(event.start_mark))


def _leaf(event: yaml.ScalarEvent | yaml.AliasEvent, stack: list[_Frame]) -> Iterator[Entry]:
    text = event.value if isinstance(event, yaml.ScalarEvent) else f"*{event.anchor}"
    frame = stack[-1] if stack else None
    if frame:
        frame.empty = False
        if frame.mapping and frame.key is None:
            frame.key = text[:200]
            return
    keys = frame.below() if frame else ("",)
    start, style = _line(event.start_mark), getattr(event, "style", None)
    end = max(start, _line(event.end_mark, last=True))
    first = start + (style in ("|", ">"))
    yield Entry(keys, _tagged(event, text), start, end, frame.group if frame else 0, first, style in ("'", '"'))
    if frame and frame.mapping:
        frame.key = None


def _line(mark: _Mark | None, *, last: bool = False) -> int:
    """Return the line of a mark; of one behind the last character, the line of that character."""
    if mark is None:  # events of this parser always have marks; those that others make need not
        return 1
    return int(mark.line + (mark.column > 0 if last else 1))
