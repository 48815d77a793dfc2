"""Copies of libraries in real source, known by their functions: renamed, re-indented, merged, split, altered."""

import re
from pathlib import Path

import pytest

from zoll.openers.release import open_releases
from zoll.pipeline.components import find_components
from zoll.sandbox.limits import Limits
from zoll.sandbox.pool import Pool
from zoll.store.vault import Vault

HEADER = b'/* Permission is hereby granted to use this. */\n#define ZLIB_VERSION "1.2.13"\n'
BODY = """/* {name} mixes words. */
static int {name}(const unsigned char *text, int size)
{{
    int word = {start};
    for (int at = 0; at < size; at++) {{
        word = word * {odd} + text[at] % {start};  /* once more */
        if (word < {odd})
            word ^= table_{name}[at & 63];
    }}
    return fold_{name}(word, size, {odd});
}}
"""
FUNCTIONS = [
    BODY.format(name=f"zq_{word}", start=number * 37 + 5, odd=number * 7919 + 3)
    for number, word in enumerate(
        ("crc", "adler", "window", "huffman", "inflate", "deflate", "tree", "copy", "reset", "stored")
    )
]
LIBRARY = {
    "deps/zlib/zlib.h": HEADER,
    "deps/zlib/inflate.c": "\n".join(FUNCTIONS[:5]).encode(),
    "deps/zlib/deflate.c": "\n".join(FUNCTIONS[5:]).encode(),
}
OWN = """static void {name}(struct session *one, const char *said)
{{
    struct entry *entry = lookup(one->names, said, {n});
    if (entry == NULL || strlen(said) > {n})
        return complain(one, "no such name: %s", said);
    one->{name} = entry->value;
    notify(one->listeners, {n}, entry);
}}
"""
MAIN = "\n".join(OWN.format(name=f"own_{n}", n=n * 3 + 1) for n in range(5)).encode()
MERGED = "\n".join(re.sub(r"/\*.*?\*/", "", text).replace("    ", "\t\t") for text in reversed(FUNCTIONS)).encode()


@pytest.fixture
def found(tmp_path):
    def find(old, new, source=None):
        for side, files in (("old", old), ("new", new), ("source", source or {})):
            (tmp_path / side).mkdir()
            for name, data in files.items():
                path = Path(tmp_path / side / name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        with Vault() as vault, Pool(1, Limits(), vault.scratch, strict=True) as pool:
            paths = [tmp_path / side for side in ("old", "new", "source")]
            before, after, built_from = open_releases(paths, pool, vault)
            changes = find_components(before, after, vault.bytes, pool, built_from.parts).changes
        return [
            (change.how, one.name, one.version, one.at.path, one.copy, one.held.share, one.held.unlike)
            for change in changes
            if (one := change.new) and one.by == "functions"
        ]

    return find


def test_a_merged_re_indented_copy_without_comments_bears_the_name_of_the_known_one(found):
    new = {**LIBRARY, "src/all.c": MERGED, "src/main.c": MAIN}
    assert found(LIBRARY, new) == [("added", "zlib", "1.2.13", "src/all.c", "full", 100, ())]


def test_a_copy_that_lost_its_name_is_known_from_the_old_release(found):
    new = {"lib/squeeze/one.c": LIBRARY["deps/zlib/inflate.c"], "lib/squeeze/two.c": LIBRARY["deps/zlib/deflate.c"]}
    [one] = found(LIBRARY, {**new, "src/main.c": MAIN})
    assert one[1:] == ("zlib", "1.2.13", "lib/squeeze", "full", 100, ())


def test_an_altered_copy_names_its_functions(found):
    altered = MERGED.replace(b"word < 31679", b"word <= 31679 && size != 4242")
    assert altered != MERGED
    [one] = found(LIBRARY, {**LIBRARY, "src/all.c": altered, "src/main.c": MAIN})
    assert one[3:] == ("src/all.c", "modified", 100, ("zq_inflate",))


def test_a_copy_whose_functions_all_bear_a_prefix(found):
    prefixed = re.sub(rb"\b(zq|fold_zq|table_zq)_", rb"my_\1_", MERGED)
    [one] = found(LIBRARY, {**LIBRARY, "src/all.c": prefixed, "src/main.c": MAIN})
    assert one[1:6] == ("zlib", "", "src/all.c", "modified", one[5])
    assert (one[5], len(one[6])) >= (60, 6)


def test_part_of_a_library_among_own_code(found):
    mixed = "\n".join(FUNCTIONS[:6]).encode() + MAIN
    [one] = found(LIBRARY, {**LIBRARY, "src/mixed.c": mixed})
    assert (one[3], one[4]) == ("src/mixed.c", "partial")
    assert 55 < one[5] < 65


def test_the_source_lends_its_knowledge(found):
    both = {"src/all.c": MERGED, "src/main.c": MAIN}
    assert found(both, both) == []


def test_with_a_source_that_names_it(found):
    both = {"src/all.c": MERGED, "src/main.c": MAIN}
    assert found(both, both, LIBRARY) == [("same", "zlib", "1.2.13", "src/all.c", "full", 100, ())]


def test_own_code_is_no_copy(found):
    assert found({**LIBRARY, "src/main.c": MAIN}, {**LIBRARY, "src/main.c": MAIN + b"int more;\n"}) == []


PYTHON = """def {name}(said, *, size={odd}):
    # {name} folds what was said
    word = {odd}
    for at, letter in enumerate(said):
        word = word * {odd} + ord(letter) - {name}_table[at % size]
        if word > {odd} << 9:
            word ^= mixed(word, {odd}, "{name}")
    return held_by(word, size,
                   {name}=at)
"""
NAMED = [
    PYTHON.format(name=f"{word}_{other}", odd=len(word) * 1000 + number * 31)
    for number, (word, other) in enumerate(
        zip(
            ["fold", "read", "mix", "walk", "turn", "weigh"],
            ["said", "line", "note", "mark", "page", "leaf"],
            strict=True,
        )
    )
]


def test_re_indented_python_in_several_files(found):
    metadata = {"lib/zq-2.0.dist-info/METADATA": b"Name: zq\nVersion: 2.0\n"}
    old = {"lib/zq/one.py": "".join(NAMED[:3]).encode(), "lib/zq/two.py": "".join(NAMED[3:]).encode(), **metadata}
    narrow = {
        name.replace("lib/zq", "app/inner"): re.sub(rb"(?m)^ +", lambda blank: blank[0].replace(b"    ", b"  "), data)
        for name, data in old.items()
        if name.endswith(".py")
    }
    [one] = found(old, {**narrow, "app/main.py": b"print(1)\n" * 200})
    assert one[1:] == ("zq", "2.0", "app/inner", "full", 100, ())
