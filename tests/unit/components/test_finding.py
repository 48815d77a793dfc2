from hypothesis import given
from hypothesis import strategies as st

from zoll.catalogue import plugins
from zoll.components import (
    apk,
    banners,
    bundles,
    dpkg,
    go,
    headers,
    java,
    locks,
    node,
    python,
    rpm,
    rust,
    shared,
    vendored,
)
from zoll.components.finding import components_of, found_in, wanted
from zoll.errors import CannotRead
from zoll.model import Part, Place

ELF = b"\x7fELF\x02\x01\x01\0"


def test_every_plugin_keeps_the_contract():
    rooms = [apk, banners, bundles, dpkg, go, headers, java, locks, node, python, rpm, rust, shared, vendored]
    assert [module.__name__.rsplit(".", 1)[-1] for module in rooms] == list(plugins("zoll.components"))
    assert all(callable(module.wants) and callable(module.find) for module in rooms)


def test_installed_debian_packages_and_none_that_are_removed(told):
    status = (
        b"Package: zlib1g\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1:1.2.13.dfsg-1\n\n"
        b"Package: gone\nStatus: deinstall ok config-files\nVersion: 1\n"
    )
    assert told({"var/lib/dpkg/status": status, "var/lib/dpkg/status.d/base": b"Package: base\nVersion: 12\n"}) == [
        "base 12 var/lib/dpkg/status.d/base package-database",
        "zlib1g 1:1.2.13.dfsg-1 var/lib/dpkg/status package-database",
    ]


def test_what_a_debian_package_and_its_source_are(told):
    log = b"dropbear (2022.83-1ubuntu2) jammy; urgency=medium\n\n  * One.\n"
    assert told({"DEBIAN/control": b"Package: zq\nVersion: 1.2\nArchitecture: all\n"}) == ["zq 1.2 . package-database"]
    assert told({"debian/changelog": log}) == ["dropbear 2022.83-1ubuntu2 . metadata"]


def test_alpine_and_openwrt(told):
    installed = b"C:Q1abc=\nP:musl\nV:1.2.4-r1\nA:x86_64\nL:MIT\n\nP:busybox\nV:1.36.1-r2\n"
    assert told({"lib/apk/db/installed": installed, "usr/lib/opkg/status": b"Package: dnsmasq\nVersion: 2.90-1\n"}) == [
        "busybox 1.36.1-r2 lib/apk/db/installed package-database",
        "dnsmasq 2.90-1 usr/lib/opkg/status package-database",
        "musl 1.2.4-r1 lib/apk/db/installed package-database",
    ]


def test_python_distributions_stand_at_the_folder_of_their_code(told):
    meta = b"Metadata-Version: 2.1\nName: Zq_Tools\nVersion: 1.0\nLicense: MIT\n\nName: not-a-field\n"
    assert told({"site/zq_tools/__init__.py": b"x", "site/Zq_Tools-1.0.dist-info/METADATA": meta}) == [
        "Zq_Tools 1.0 site/zq_tools metadata"
    ]
    assert told({"site/other.py": b"x", "site/Zq_Tools-1.0.dist-info/METADATA": meta}) == [
        "Zq_Tools 1.0 site/Zq_Tools-1.0.dist-info metadata"
    ]
    assert told({"zq-1.0/PKG-INFO": meta, "zq-1.0/src/zq_tools.egg-info/PKG-INFO": meta}) == [
        "Zq_Tools 1.0 zq-1.0 metadata"
    ]


def test_vendored_python_by_list_and_by_its_own_version_is_told_once(told):
    files = {
        "pip/_vendor/vendor.txt": b"zq-cache==1.2\nsix==1.16.0\n    idna==3.4 # why\n",
        "pip/_vendor/zq_cache/__init__.py": b'__version__ = "1.2"\n',
        "pip/_vendor/six.py": b"x",
        "pip/_vendor/idna/package_data.py": b"__version__ = '3.4'\n",
        "pip/_vendor/lone/_version.py": b"__version__: str = '2.0.1'\n",
    }
    assert told(files) == [
        "idna 3.4 pip/_vendor/idna metadata",
        "lone 2.0.1 pip/_vendor/lone version-string",
        "six 1.16.0 pip/_vendor/six.py metadata",
        "zq-cache 1.2 pip/_vendor/zq_cache metadata",
    ]


def test_node_packages_and_what_only_a_lock_file_names(told):
    lock = (
        b'{"packages": {"": {"version": "9"}, "node_modules/a": {"version": "1.0.0"},'
        b' "node_modules/@s/b": {"version": "2.0.0"}}}'
    )
    files = {
        "package/package.json": b'{"name": "@zq/app", "version": "9.0.0", "license": {"type": "MIT"}}',
        "package/node_modules/a/package.json": b'{"name": "a", "version": "1.0.0"}',
        "package/node_modules/a/esm/package.json": b'{"type": "module"}',
        "package/package-lock.json": lock,
    }
    assert told(files) == [
        "@s/b 2.0.0 package/package-lock.json lock",
        "@zq/app 9.0.0 package metadata",
        "a 1.0.0 package/node_modules/a metadata",
    ]


def test_lock_files(told):
    files = {
        "yarn.lock": b'# yarn\n\n"@s/b@^1.0.0", "@s/b@~1":\n  version "1.2.3"\n\nms@2.1.2:\n  version "2.1.2"\n',
        "Cargo.lock": b'[[package]]\nname = "own"\nversion = "0.1.0"\n\n'
        b'[[package]]\nname = "serde"\nversion = "1.0.1"\nsource = "registry"\n',
        "go.sum": b"golang.org/x/net v0.17.0 h1:abc=\ngolang.org/x/net v0.17.0/go.mod h1:abc=\n",
        "Gemfile.lock": b"GEM\n  specs:\n    rack (2.2.3)\n      other (~> 1)\n",
        "composer.lock": b'{"packages": [{"name": "v/p", "version": "1.0"}]}',
        "Pipfile.lock": b'{"default": {"flask": {"version": "==2.0"}}}',
        "pnpm-lock.yaml": b"packages:\n\n  /left-pad@1.3.0:\n    resolution: {}\n  '@s/c@2.0.0(x@1)':\n    x: 1\n",
    }
    assert [line.removesuffix(" lock") for line in told(files)] == [
        "@s/b 1.2.3 yarn.lock",
        "@s/c 2.0.0 pnpm-lock.yaml",
        "flask 2.0 Pipfile.lock",
        "golang.org/x/net v0.17.0 go.sum",
        "left-pad 1.3.0 pnpm-lock.yaml",
        "ms 2.1.2 yarn.lock",
        "rack 2.2.3 Gemfile.lock",
        "serde 1.0.1 Cargo.lock",
        "v/p 1.0 composer.lock",
    ]


def test_java_archives_by_pom_and_by_manifest(told):
    pom = b"#Generated\nversion=2.17.1\ngroupId=org.zq\nartifactId=zq-core\n"
    files = {
        "lib/zq-core-2.17.1.jar!/META-INF/maven/org.zq/zq-core/pom.properties": pom,
        "lib/zq-core-2.17.1.jar!/META-INF/MANIFEST.MF": b"Manifest-Version: 1.0\r\nBundle-Version: 2.17.1\r\n",
        "lib/plain-1.5.jar!/META-INF/MANIFEST.MF": b"Manifest-Version: 1.0\r\nImplementation-Version: 1.4\r\n",
        "lib/x.jar!/META-INF/MANIFEST.MF": b"Bundle-SymbolicName: org.zq.x;singleton:=true\nBundle-Version: 3.1\n",
        "lib/zq-x-1.0.jar!/META-INF/MANIFEST.MF": b"Bundle-SymbolicName: org.zq.zqx\nBundle-Version: 1.0\n",
        "lib/zq-x-1.0.jar!/META-INF/maven/org.zq/x/pom.properties": b"version=1.0\ngroupId=org.zq\nartifactId=x\n",
        "lib/silent.jar!/META-INF/MANIFEST.MF": b"Manifest-Version: 1.0\n",
    }
    assert told(files) == [
        "org.zq.x 3.1 lib/x.jar metadata",
        "org.zq:x 1.0 lib/zq-x-1.0.jar metadata",
        "org.zq:zq-core 2.17.1 lib/zq-core-2.17.1.jar metadata",
        "plain 1.5 lib/plain-1.5.jar metadata",
    ]


def test_go_modules_in_executables_and_vendored(told):
    info = b"\xff Go buildinf:\x08\x02\0\0\x08go1.21.3\0path\tzq.example/app\nmod\tzq.example/app\t(devel)\t\n"
    info += (
        b"dep\tgolang.org/x/net\tv0.17.0\th1:abc=\ndep\tzq.example/old\tv1.0.0\n=>\tzq.example/fork\tv1.1.0\th1:x=\n\0"
    )
    assert told({"bin/app": ELF + info, "vendor/modules.txt": b"# golang.org/x/sys v0.13.0\n## explicit\n"}) == [
        "golang.org/x/net v0.17.0 bin/app metadata",
        "golang.org/x/sys v0.13.0 vendor metadata",
        "std 1.21.3 bin/app metadata",
        "zq.example/app  bin/app metadata",
        "zq.example/fork v1.1.0 bin/app metadata",
    ]


def test_rust_crates_in_executables_and_vendored(told):
    debian = b"/usr/share/cargo/registry/grep-matcher-0.1.5/src/lib.rs"
    path = b"/home/u/.cargo/registry/src/index.crates.io-6f17d22bba15001f/tokio-util-0.7.10+meta/src/lib.rs"
    assert told(
        {"bin/app": ELF + path + debian, "vendor/serde/Cargo.toml": b'[package]\nname = "serde"\nversion = "1.0.1"\n'}
    ) == [
        "grep-matcher 0.1.5 bin/app metadata",
        "serde 1.0.1 vendor/serde metadata",
        "tokio-util 0.7.10+meta bin/app metadata",
    ]


def test_bundled_shared_libraries_by_name_unless_their_words_say_more(told):
    zlib = ELF + b"\0 inflate 1.2.13 Copyright 1995\0"
    files = {
        "zq.libs/libkrb5-fcafa220.so.3.3": ELF,
        "zq.libs/libgfortran-040039e1.so.5.0.0": ELF,
        "zq.libs/libz-dead1234.so.1": zlib,
        "zq.libs/libscipy_openblas-68440149.so": ELF,
        "zq/.dylibs/libpng16.16.dylib": b"\xcf\xfa\xed\xfe" + ELF,
        "zq/own.so": ELF,
    }
    assert told(files) == [
        "libgfortran 5.0.0 zq.libs/libgfortran-040039e1.so.5.0.0 files",
        "libkrb5 3.3 zq.libs/libkrb5-fcafa220.so.3.3 files",
        "libpng16 16 zq/.dylibs/libpng16.16.dylib files",
        "libscipy_openblas  zq.libs/libscipy_openblas-68440149.so files",
        "zlib 1.2.13 zq.libs/libz-dead1234.so.1 version-string",
    ]


def test_headers_tell_versions_at_the_folder_that_bears_the_name(told):
    files = {
        "deps/zlib-1.2/zlib.h": b'#define ZLIB_VERSION "1.2.13"\n',
        "src/lua.h": b'#define LUA_VERSION_MAJOR "5"\n#define LUA_VERSION_MINOR "4"\n#define LUA_VERSION_RELEASE "6"\n',
        "src/duktape.h": b"#define DUK_VERSION                       20700L\n",
        "src/version.h": b'#define VERSION "9"\n',
        "Makefile": b"VERSION = 1\n",
    }
    assert told(files) == [
        "duktape 2.7.0 src/duktape.h version-string",
        "lua 5.4.6 src/lua.h version-string",
        "zlib 1.2.13 deps/zlib-1.2 version-string",
    ]


def test_banners_in_executables_need_the_code_itself(told):
    zlib = b"\0 inflate 1.2.13 Copyright 1995-2022 Mark Adler \0"
    uses = b"\0OpenSSL 3.0.11 19 Sep 2023\0"
    assert told(
        {"bin/a": ELF + zlib, "bin/b": ELF + uses, "bin/c": ELF + uses + b"OPENSSLDIR: x\0", "a.txt": zlib}
    ) == [
        "openssl 3.0.11 bin/c version-string",
        "zlib 1.2.13 bin/a version-string",
    ]
    sqlite = b"\0003.42.0\0" + b"x" * 9000 + b"SQLite format 3\0"
    assert told({"lib/s.so": ELF + sqlite}) == ["sqlite 3.42.0 lib/s.so version-string"]


def test_banners_in_scripts(told):
    bundle = b"/*! jQuery v3.5.1 | (c) JS Foundation */\nx\n/*! zq-grid.js v1.2.3 */\n// jQuery v1.0 is old\n"
    assert told({"static/app.js": bundle}) == [
        "jquery 3.5.1 static/app.js version-string",
        "zq-grid 1.2.3 static/app.js version-string",
    ]


def test_what_bundlers_leave(told):
    bundle = b"// node_modules/zq-a/lib/a.js\nvar x;\n// ../../node_modules/@zq/b/index.js\n"
    bundle += b'/***/ "./node_modules/zq-c/c.js":\n// see node_modules/not-this/readme\n/*! zq-a v1.2.3 */\n'
    mapped = b'{"sources": ["webpack://app/./node_modules/.pnpm/@zq+d@4.5.6_x@1/node_modules/@zq/d/d.js", "src/e.js"]}'
    assert told({"dist/app.js": bundle, "dist/app.js.map": mapped, "node_modules/f/f.js": bundle}) == [
        "@zq/b  dist/app.js files",
        "@zq/d 4.5.6 dist/app.js.map files",
        "zq-a 1.2.3 dist/app.js version-string",
        "zq-a 1.2.3 node_modules/f/f.js version-string",
        "zq-c  dist/app.js files",
    ]


def test_a_part_whose_bytes_are_gone_tells_nothing():
    part = Part(Place(("package.json",)), "config/json", "0" * 64, 10)

    def read(_digest):
        raise CannotRead("missing")

    assert wanted(part)
    assert components_of([part], read) == ()


NAMES = st.sampled_from(
    [
        *(
            "package.json",
            "PKG-INFO",
            "METADATA",
            "a.dist-info/METADATA",
            "go.sum",
            "yarn.lock",
            "Cargo.lock",
            "zlib.h",
        ),
        *(
            "Makefile",
            "a.js",
            "vendor.txt",
            "META-INF/MANIFEST.MF",
            "lib/apk/db/installed",
            "dpkg/status",
            "Cargo.toml",
        ),
        *("debian/changelog", "vendor/modules.txt", "package-lock.json", "META-INF/maven/g/a/pom.properties"),
    ]
)


@given(
    NAMES, st.binary(max_size=300), st.sampled_from([b"", ELF, b"[" * 3000, b'{"a":' * 3000, b"Package: a\nVersion: "])
)
def test_no_bytes_make_it_fall(name, data, head):
    part = Part(Place((name,)), "executable/elf" if head == ELF else "text/plain", "d", 1)
    assert all(one.at.hops is not None for one in found_in(part, head + data))
