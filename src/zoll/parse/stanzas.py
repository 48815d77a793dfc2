"""Stanzas of `Field: value` with folded lines: Debian control files, wheel METADATA, PKG-INFO, JAR manifests."""

from collections.abc import Iterator

from zoll.parse.entry import Entry


def entries(text: str, *, body: bool = True) -> Iterator[Entry]:
    r"""Yield each field; `group` counts stanzas. `body`: stop at the empty line that ends a mail-like header.

    >>> [(e.path, e.value, e.line, e.end) for e in entries("Package: a\nDepends: b,\n c\n\nPackage: d", body=False)]
    [('Package', 'a', 1, 1), ('a.Depends', 'b,\nc', 2, 3), ('Package', 'd', 5, 5)]
    """
    name, field, start, group = "", "", 0, 1
    held: list[str] = []
    for number, raw in enumerate([*text.split("\n"), ""], 1):
        line = raw.rstrip()
        if field and line[:1] in (" ", "\t"):
            held.append(line.strip())
            continue
        if field:
            value = "\n".join(held).strip()
            if field == "Package":
                name = value
            path = (name, field) if name and field != "Package" else (field,)
            yield Entry(path, value, start, start + len(held) - 1, group, start)
            field = ""
        if not line:
            name, group = "", group + 1
            if body and held:
                return
            continue
        head, mark, value = line.partition(":")
        if mark and head and " " not in head and head[0] != "#":
            field, start, held = head[:100], number, [value.strip()]
