"""Documentation: headings and sentences, kept apart so that they never look like code."""

import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.readers.bounds import bounded
from zoll.readers.material import Material
from zoll.readers.words import shown

LONGEST = 4000
MOST = 100_000
SENTENCE = re.compile(r"[^.!?\s](?:[^.!?]|[.!?](?=\S)){0,600}[.!?]?")
TAG = re.compile(r"<(?:script|style)\b[^<]{0,50000}|<[^<>]{0,2000}>", re.IGNORECASE)
ROFF = re.compile(r"\\f(?:[BIRP]|\[\w*\])|\\[&|^]|\\\((?:aq|dq|em|en|bu|co)|\\(?=-)|\\s[-+]?\d")
MACRO = re.compile(r"[.'](?:\\\"|[A-Za-z]{2}\b)[ \t]*")
COMMENT = re.compile(r"[.']\\\"|[ \t]*#[,.:|~]")
PO = re.compile(r"msg(?:id|str|ctxt)(?:_plural)?(?:\[\d+\])?[ \t]+|\A(?=\")")
RULE = re.compile(r"[\s=\-~^*#_`+:.|\"'<>]*\Z")
DOC = Doc(
    title="Documents: headings and sentences of manuals, notes, change logs, translations",
    reads=("document/*",),
    yields=("document",),
    limitations=("a sentence that runs over several lines is told at the line where its paragraph starts",),
)


def read(material: Material) -> Iterator[Reading]:
    """Yield one document fact per sentence, folded and without markup."""
    yield from bounded(_all(material), MOST)


def _all(material: Material) -> Iterator[Reading]:
    kind = material.kind
    asked = None if material.asked_lines is None else set(material.asked_lines)
    for start, end, text in _paragraphs(material):
        if asked is not None and asked.isdisjoint(range(start, end + 1)):
            continue
        for sentence in SENTENCE.findall(text[:LONGEST]) if kind != "document/po" else [text[:LONGEST]]:
            folded = " ".join(sentence.split())
            if len(folded) > 3:
                yield material.say("document", shown(folded), start, end, folded)


def _paragraphs(material: Material) -> Iterator[tuple[int, int, str]]:
    held: list[str] = []
    start = last = 0
    for number, raw in enumerate(material.lines, 1):
        line, alone = _plain(raw, material.kind)
        if held and (alone or not line or len(held) > 30):
            yield start, last, " ".join(held)
            held = []
        if not line:
            continue
        if alone:
            yield number, number, line
            continue
        start = start if held else number
        last = number
        held.append(line)
    if held:
        yield start, last, " ".join(held)


def _plain(raw: str, kind: str) -> tuple[str, bool]:
    """Return a line without markup, and whether it stands alone (heading, item, table row, message)."""
    line = raw[:LONGEST].strip()
    if not line or RULE.match(line[:200]):
        return "", False
    if kind == "document/man":
        if COMMENT.match(line):
            return "", False
        macro = MACRO.match(line)
        return ROFF.sub("", line[macro.end() :] if macro else line).strip(), bool(macro)
    if kind == "document/html":
        bare = TAG.sub(" ", line).strip()
        return bare, line.startswith("<")
    if kind == "document/po":
        found = PO.match(line)
        return (line[found.end() :].strip('"'), True) if found else ("", True)
    return line.lstrip("#*->|+ ").strip(), line[0] in "#*-|+" or line[:1].isdigit() or raw[:4] in ("    ", "\t")
