"""Replacements in a text that were made wherever their pattern stood, and by another way of writing only once now.

JavaScript: `v.replace(/'/g, r)` that became `v.replace("'", r)`, `replaceAll` that became `replace`; in Go with a 1.
"""

import re
from collections.abc import Iterator

from zoll.compare.conditions import Weak
from zoll.parse.code import Statement

_SCRIPTS = frozenset({"javascript", "typescript", "tsx", "jsx", "vue", "svelte"})
_EVERYWHERE = re.compile(
    r"\.replace\(\s?(/(?!\^)(?:[^/\\\n\[]|\\.|\[(?:[^\]\\]|\\.){1,80}\]){1,80}(?<!\$)/[a-z]{0,4}g[a-z]{0,4}),"
)
_ONE_TEXT = re.compile(r"\s?(?:\"(?:[^\"\\]|\\.){1,40}\"|'(?:[^'\\]|\\.){1,40}'|'''|`(?:[^`\\]|\\.){1,40}`)")
_GO_ALL = re.compile(r"\b((?:strings|bytes)\.Replace)(?:All\(|\()")
_GO_NUMBER = re.compile(r",\s?1(?=\))")
_MOST = 600


def of_once(one: Statement, two: Statement, language: str) -> Iterator[Weak]:
    """Yield what was replaced wherever it stood, and is replaced only at its first place."""
    if one.text == two.text or max(len(one.text), len(two.text)) > _MOST or "eplace" not in one.text:
        return
    if language in _SCRIPTS:
        yield from _of_script(one.text, two.text)
    elif language == "go":
        yield from _of_go(one.text, two.text)


def _of_script(one: str, two: str) -> Iterator[Weak]:
    """Yield a pattern that meant everywhere and became a plain text, of which JavaScript replaces the first."""
    if ".replaceAll(" in one and one.replace(".replaceAll(", ".replace(", 1) == two:
        yield Weak("repeat", "replaceAll", "replace")
        return
    for found in _EVERYWHERE.finditer(one):
        start, end = found.span(1)
        head, tail = one[:start], one[end:]
        between = two[len(head) : len(two) - len(tail)] if two.startswith(head) and two.endswith(tail) else ""
        if _ONE_TEXT.fullmatch(between):
            yield Weak("repeat", found[1], between)
            return


def _of_go(one: str, two: str) -> Iterator[Weak]:
    """Yield a replacement with a number behind it: how many are replaced, where -1 stands for all."""
    if not _GO_ALL.search(one):
        return
    for found in _GO_NUMBER.finditer(two):
        head, tail = two[: found.start()], two[found.end() :]
        if f"{head}, -1{tail}" == one or f"{head}{tail}" == one.replace(".ReplaceAll(", ".Replace(", 1):
            yield Weak("repeat", one[:60], two[:60])
            return
