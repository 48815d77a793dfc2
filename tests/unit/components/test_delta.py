from zoll.components.contents import contents_of, digest_of
from zoll.components.delta import Stock, copies, delta, own_of
from zoll.components.finding import components_of

PACKAGE = b'{"name": "%s", "version": "%s"}'


def package(name, version):
    return PACKAGE % (name.encode(), version.encode())


def stock(release, files):
    parts, read = release(files)
    components = components_of(parts, read)
    return Stock(components, contents_of(components, parts))


def lines(changes):
    return [
        f"{one.how} {(one.new or one.old).name} {one.old and one.old.version} {one.new and one.new.version}"
        for one in changes
    ]


def test_what_became_of_each(release):
    old = stock(
        release,
        {
            "n/a/package.json": package("a", "1.0.0"),
            "n/b/package.json": package("b", "1.9.0"),
            "n/c/package.json": package("c", "2.0.0"),
            "n/d/package.json": package("d", "1.0.0"),
            "n/d/d.js": b"one",
            "n/e/package.json": package("e", "1.0.0"),
        },
    )
    new = stock(
        release,
        {
            "n/a/package.json": package("a", "1.0.0"),
            "n/b/package.json": package("b", "1.10.0"),
            "n/c/package.json": package("c", "1.9.9"),
            "n/d/package.json": package("d", "1.0.0"),
            "n/d/d.js": b"two",
            "n/f/package.json": package("f", "1.0.0"),
        },
    )
    changes = delta(old, new)
    assert lines(changes) == [
        "downgraded c 2.0.0 1.9.9",
        "modified d 1.0.0 1.0.0",
        "added f None 1.0.0",
        "removed e 1.0.0 None",
        "updated b 1.9.0 1.10.0",
        "same a 1.0.0 1.0.0",
    ]
    assert changes[1].new.copy == "modified"


def test_fewer_files_of_the_same_bytes_are_a_partial_copy(release):
    files = {"n/a/package.json": package("a", "1.0.0"), "n/a/a.js": b"one", "n/a/a.d.ts": b"types"}
    less = {name: data for name, data in files.items() if not name.endswith(".d.ts")}
    (change,) = delta(stock(release, files), stock(release, less))
    assert (change.how, change.new.copy) == ("modified", "partial")
    (change,) = delta(stock(release, less), stock(release, files))
    assert (change.how, change.new.copy) == ("modified", "full")


def test_copies_pair_by_place_then_by_version(release):
    old = {"x/a/package.json": package("a", "1.0.0"), "y/a/package.json": package("a", "2.0.0")}
    new = {
        "x/a/package.json": package("a", "1.1.0"),
        "z/a/package.json": package("a", "2.0.0"),
        "w/a/package.json": package("a", "3.0.0"),
    }
    changes = delta(stock(release, old), stock(release, new))
    assert lines(changes) == ["added a None 3.0.0", "updated a 1.0.0 1.1.0", "same a 2.0.0 2.0.0"]
    assert {name: len(found) for name, found in copies(changes).items()} == {"a": 3}


def test_a_part_belongs_to_the_innermost_component(release):
    files = {
        "p/package.json": package("p", "1.0.0"),
        "p/main.js": b"main",
        "p/node_modules/q/package.json": package("q", "1.0.0"),
        "p/node_modules/q/q.js": b"q",
    }
    contents = stock(release, files).contents
    assert {place.path: sorted(content) for place, content in contents.items()} == {
        "p": ["main.js", "package.json"],
        "p/node_modules/q": ["package.json", "q.js"],
    }
    assert digest_of({}) == ""


def test_a_version_that_says_less_is_no_step_back(release):
    elf = b"\x7fELF\x02\x01\x01\0"
    old = stock(release, {"zq.libs/liba-0123abcd.so.1.0.9": elf, "zq.libs/libb-0123abcd.so.2.5": elf})
    new = stock(release, {"zq.libs/liba-0123abce.so.1": elf, "zq.libs/libb-0123abce.so.2.5": elf + b"x"})
    changes = delta(old, new)
    assert lines(changes) == ["modified libb 2.5 2.5", "updated liba 1.0.9 1"]
    assert changes[0].new.copy == ""


def test_what_a_database_or_an_executable_holds_is_never_called_modified(release):
    elf = b"\x7fELF\x02\x01\x01\0\0 inflate 1.2.13 Copyright 1995\0"
    status = b"Package: a\nStatus: install ok installed\nVersion: 1\n"
    old = stock(release, {"bin/x": elf, "var/lib/dpkg/status": status})
    new = stock(release, {"bin/x": elf + b"more", "var/lib/dpkg/status": status + b"Section: x\n"})
    assert {one.how for one in delta(old, new)} == {"same"}


def test_what_lies_beside_the_file_that_tells_a_version_belongs_to_it(release):
    old = {"src/duktape.h": b"#define DUK_VERSION 20700L\n", "src/duktape.c": b"one", "src/main.c": b"x"}
    (change,) = delta(stock(release, old), stock(release, {**old, "src/duktape.c": b"two"}))
    assert change.how == "modified"
    (change,) = delta(stock(release, old), stock(release, {**old, "src/main.c": b"y"}))
    assert change.how == "same"


def test_what_the_release_itself_is(release):
    wheel = {"zq-1.0.dist-info/METADATA": b"Name: zq\nVersion: 1.0\n", "zq.libs/libz-0123abcd.so.1": b"\x7fELF\x02\x01"}
    assert own_of(delta(Stock(), stock(release, wheel)), "zq-1.0.whl").new.name == "zq"
    pom = "META-INF/maven/g/%s/pom.properties"
    jar = {pom % name: f"version=1\ngroupId=g\nartifactId={name}\n".encode() for name in ("zq", "zq-cli", "other")}
    assert own_of(delta(Stock(), stock(release, jar)), "zq-cli-1.jar").new.name == "g:zq-cli"
    assert own_of(delta(Stock(), stock(release, jar)), "all.jar") is None
