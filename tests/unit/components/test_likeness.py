import pytest

from zoll.components.finding import components_of
from zoll.components.likeness import copied

CODE = {f"f{number}.c": f"int f{number}(void) {{ return {number}; }}\n".encode() * 40 for number in range(5)}


@pytest.fixture
def copies(release):
    def tell(files):
        parts, read = release(files)
        found = copied(parts, components_of(parts, read))
        return [f"{one.name} {one.version} {one.at.path} {one.copy}" for one in found]

    return tell


def at(folder, files):
    return {f"{folder}/{name}": data for name, data in files.items()}


def test_a_folder_that_stands_twice(copies):
    fewer = dict(list(CODE.items())[:4])
    other = {**CODE, "f0.c": CODE["f0.c"] + b"int more;\n"}
    assert copies({**at("a/zq", CODE), **at("b/zq2", CODE)}) == ["zq  a/zq full", "zq2  b/zq2 full"]
    assert copies({**at("a/zq", CODE), **at("b/zq", fewer)}) == ["zq  a/zq partial", "zq  b/zq partial"]
    assert copies({**at("a/zq", CODE), **at("b/zq", other)}) == ["zq  a/zq modified", "zq  b/zq modified"]


def test_few_or_small_shared_files_are_chance(copies):
    assert copies({**at("a", CODE), **at("b", dict(list(CODE.items())[:2]))}) == []
    short = {name: data[:200] for name, data in CODE.items()}
    assert copies({**at("a", short), **at("b", short)}) == []
    assert copies({name: data for number in range(20) for name, data in at(f"t{number}", CODE).items()}) == []


def test_an_unnamed_copy_of_a_known_component_bears_its_name(copies):
    known = {**at("deps/zlib", CODE), "deps/zlib/zlib.h": b'#define ZLIB_VERSION "1.2.13"\n'}
    assert copies({**known, **at("src/compress", CODE)}) == ["zlib 1.2.13 src/compress full"]
    assert copies({**known, **at("third/zlib", CODE), "third/zlib/zlib.h": known["deps/zlib/zlib.h"]}) == []
