"""What is this part? From its first bytes and its name: magic bytes, shebangs, endings, a look at the text.

Content wins where it is clear; a name only decides between kinds of text. A kind is `code`, `config`, `document`,
`text`, `container`, `executable` or `data`, a slash and a format: `code/python`, `config/yaml`, `data/png`.
"""

import re
from collections.abc import Callable

from zoll.parse.compressed import method_of
from zoll.parse.conf_kinds import CONFINED, OPENING, UNIFIED, of_conf, of_place, of_rules
from zoll.parse.plain_text import narrow, wide
from zoll.parse.tar import BLOCK, looks_like_tar

HEAD = 4096  # bytes that are enough to tell

MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"PK\x03\x04", "container/zip"),
    (0, b"PK\x05\x06", "container/zip"),
    (0, b"PK\x07\x08", "container/zip"),
    (0, b"!<arch>\ndebian-binary", "container/deb"),
    (0, b"!<arch>\n", "container/ar"),
    (0, b"!<thin>\n", "container/ar"),
    (0, b"7z\xbc\xaf\x27\x1c", "container/7z"),
    (0, b"Rar!\x1a\x07", "container/rar"),
    (0, b"\xed\xab\xee\xdb", "container/rpm"),
    (0, b"070701", "container/cpio"),
    (0, b"070702", "container/cpio"),
    (0, b"070707", "container/cpio"),
    (0, b"MSCF\0\0\0\0", "container/cab"),
    (0, b"hsqs", "container/squashfs"),
    (0, b"sqsh", "container/squashfs"),
    (0, b"UBI#", "container/ubi"),
    (0, b"\x27\x05\x19\x56", "container/uimage"),
    (0, b"\xd0\x0d\xfe\xed", "container/fdt"),
    (0, b"\x04\x22\x4d\x18", "container/lz4"),
    (0, b"\x89LZO\0\r\n\x1a\n", "container/lzop"),
    (0, b"LZIP", "container/lzip"),
    (0, b"\x1f\x9d", "container/compress"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "container/ole"),
    (1024, b"\xe2\xe1\xf5\xe0", "container/erofs"),
    (1080, b"\x53\xef", "container/ext"),
    (0, b"\x7fELF", "executable/elf"),
    (0, b"\xfe\xed\xfa\xce", "executable/macho"),
    (0, b"\xfe\xed\xfa\xcf", "executable/macho"),
    (0, b"\xce\xfa\xed\xfe", "executable/macho"),
    (0, b"\xcf\xfa\xed\xfe", "executable/macho"),
    (0, b"\0asm", "executable/wasm"),
    (0, b"dex\n03", "executable/dex"),
    (0, b"\x1bLua", "executable/luac"),
    (0, b"BC\xc0\xde", "executable/llvm"),
    (0, b"\x89PNG\r\n\x1a\n", "data/png"),
    (0, b"\xff\xd8\xff", "data/jpeg"),
    (0, b"GIF87a", "data/gif"),
    (0, b"GIF89a", "data/gif"),
    (0, b"\0\0\1\0", "data/ico"),
    (8, b"WEBP", "data/webp"),
    (0, b"%PDF-", "data/pdf"),
    (0, b"wOFF", "data/font"),
    (0, b"wOF2", "data/font"),
    (0, b"OTTO\0", "data/font"),
    (0, b"\0\1\0\0\0", "data/font"),
    (0, b"SQLite format 3\0", "data/sqlite"),
    (0, b"\xde\x12\x04\x95", "data/mo"),
    (0, b"\x95\x04\x12\xde", "data/mo"),
    (0, b"\xfe\xed\xfe\xed", "data/keystore"),
    (0, b"OggS", "data/ogg"),
    (0, b"ID3", "data/mp3"),
    (0, b"fLaC", "data/flac"),
    (4, b"ftyp", "data/mp4"),
    (0, b"TZif", "data/tzif"),
    (0, b"\x1a\x45\xdf\xa3", "data/matroska"),
    (0, b"\x93NUMPY", "data/numpy"),
    (0, b"\x89HDF\r\n\x1a\n", "data/hdf5"),
    (0, b"\x99\x01", "data/pgp"),
)

FIRST: dict[int, tuple[tuple[int, bytes, str], ...]] = {}
for _row in MAGIC:
    if _row[0] == 0:
        FIRST[_row[1][0]] = (*FIRST.get(_row[1][0], ()), _row)
LATER = tuple(row for row in MAGIC if row[0])

LANGUAGES = {
    "c": "c xs xsi",
    "cpp": "cc cpp cxx c++ hh hpp hxx h++ ipp inl tcc cu ino mm",
    "python": "py pyi pyw pyx pxd pth wsgi bzl sconscript",
    "javascript": "js mjs cjs jsx es6",
    "typescript": "tsx mts cts",
    "go": "go",
    "java": "java",
    "php": "php php3 php4 php5 php7 phtml phps",
    "perl": "pl pm psgi plx al",
    "ruby": "rb rake gemspec ru podspec",
    "lua": "lua wlua rockspec",
    "rust": "rs",
    "shell": "sh bash zsh ksh dash ash bats ebuild",
}
CONFIG = {
    "yaml": "yaml yml",
    "json": "json json5 jsonc webmanifest ipynb avsc geojson jsonl",
    "toml": "toml",
    "ini": "ini cfg inf editorconfig gitconfig pc",
    "xml": "xml xsd xsl xslt plist svg pom wsdl rng csproj vbproj vcxproj nuspec xib storyboard resx",
    "make": "mk mak make am",
    "cmake": "cmake",
    "m4": "m4 ac",
    "systemd": "service socket timer automount",
    "desktop": "desktop directory",
    "properties": "properties",
    "env": "env",
    "conf": "cnf cf",
    "hcl": "tf tfvars hcl",
    "pem": "pem crt cer pub csr p7b",
    "rpm-spec": "spec",
}
DOCUMENT = {
    "md": "md markdown mdx mkd",
    "rst": "rst",
    "man": "mdoc roff man",
    "html": "html htm xhtml shtml vue svelte ejs jsp",
    "text": "txt text adoc asciidoc texi texinfo tex pod org rtf info",
    "po": "po pot",
}
TEXT = {
    "patch": "patch diff",
    "csv": "csv tsv",
    "assembly": "s asm nasm",
    "css": "css scss less sass",
    "sql": "sql",
    "groovy": "gradle groovy jenkinsfile",
    "proto": "proto graphql thrift asn asn1 asn1c",
    "kotlin": "kt kts",
    "scala": "scala sbt",
    "swift": "swift",
    "csharp": "cs csx",
    "basic": "vb vbs bas",
    "powershell": "ps1 psm1 psd1",
    "batch": "bat cmd",
    "awk": "awk",
    "tcl": "tcl tk exp",
    "objc": "m",
    "r": "r",
    "julia": "jl",
    "haskell": "hs",
    "erlang": "erl hrl",
    "elixir": "ex exs",
    "clojure": "clj cljs edn",
    "dart": "dart",
    "coffee": "coffee",
    "vim": "vim",
    "lisp": "el lisp scm",
    "grammar": "y l yy ll g4",
    "starlark": "star",
    "nix": "nix",
}
TABLES = (("code", LANGUAGES), ("config", CONFIG), ("document", DOCUMENT), ("text", TEXT))
ENDINGS = {
    ending: f"{family}/{name}"
    for family, table in TABLES
    for name, endings in table.items()
    for ending in endings.split()
}
ENDINGS["dsc"] = "container/dsc"

NAMED = {
    "config/make": "makefile gnumakefile bsdmakefile kbuild rules makefile.am makefile.in",
    "config/cmake": "cmakelists.txt",
    "config/meson": "meson.build meson_options.txt meson.options",
    "config/dockerfile": "dockerfile containerfile",
    "config/m4": "configure.ac configure.in",
    "config/toml": "pipfile cargo.lock poetry.lock uv.lock",
    "config/json": "pipfile.lock composer.lock .babelrc .eslintrc",
    "config/yaml": "yarn.lock .clang-format",
    "config/ini": ".npmrc .pypirc pip.conf entry_points.txt",
    "config/env": ".env environment",
    "config/cron": "crontab",
    "config/requirements": "requirements.txt constraints.txt",
    "config/gomod": "go.mod go.work",
    "config/gosum": "go.sum",
    "config/conf": "sources.list fstab hosts inittab sshd_config ssh_config torrc login.defs",
    "config/sudoers": "sudoers",
    "config/passwd": "passwd shadow group gshadow",
    "config/pem": "authorized_keys known_hosts",
    "config/deb-control": "control",
    "config/properties": "manifest.mf .gitmodules .gitconfig",
    "code/shell": "configure apkbuild pkgbuild .bashrc .profile .bash_profile .zshrc profile",
    "code/ruby": "rakefile gemfile vagrantfile podfile fastfile guardfile",
    "code/python": "sconstruct sconscript wscript build.bazel",
    "text/groovy": "jenkinsfile",
    "document/text": "readme license licence copying copyright authors install todo thanks notice pkg-info metadata",
    "text/plain": "record",
}
NAMES = {name: kind for kind, names in NAMED.items() for name in names.split()}
CHANGELOG = re.compile(r"(?:changelog|changes|news|history|release[-_. ]?notes|releases)(?:[-_.].{0,40})?\Z", re.ASCII)
PROSE = {"document/md", "document/rst", "document/text", "document/html", ""}
TEMPLATE = {"in", "tmpl", "tpl", "template", "j2", "erb", "orig", "bak", "dist", "example", "sample", "default", "new"}

PROGRAMS = {
    "code/python": "python pypy python2 python3",
    "code/javascript": "node nodejs bun",
    "code/typescript": "deno tsx ts-node",
    "code/perl": "perl",
    "code/ruby": "ruby jruby",
    "code/php": "php",
    "code/lua": "lua luajit texlua",
    "code/shell": "sh bash dash ash zsh ksh mksh busybox bats openrc-run runscript csh tcsh rc",
    "code/rust": "rust-script",
    "config/make": "make gmake",
    "config/conf": "nft",
    "text/awk": "awk gawk mawk",
    "text/tcl": "tclsh wish expect",
}
INTERPRETERS = {program: kind for kind, programs in PROGRAMS.items() for program in programs.split()}

STRAY = 0.02  # zeros that plain text without a telling name or look may hold
CONTROL = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 27})
ABOVE = bytes(range(128, 256))
CPP = re.compile(
    rb"^[ \t]*(?:class[ \t]+\w+[^;\n]{0,200}[{:\n]|namespace\b|template[ \t]*<|using[ \t]+(?:namespace|\w+[ \t]*=)"
    rb"|(?:public|private|protected)[ \t]*:|#[ \t]*include[ \t]*<(?:string|vector|map|memory|iostream|functional"
    rb"|algorithm|utility|cstdint|cstddef|set)>)",
    re.MULTILINE,
)
MODELINES = 400  # bytes at the head in which editors are told what a file is
MODELINE = re.compile(
    rb"-\*-(?:[^\n]{0,100}\bmode:)?[ \t]{0,8}([\w+-]{1,30}?)[ \t]{0,8}(?:;[^\n]{0,200}?)?-\*-"
    rb"|\bvim?:[^\n]{0,80}\b(?:ft|filetype|syntax)=([\w+]{1,30})"
)
PYTHON = (
    rb"^(?:from [\w.]+ import [\w(*]|import [\w.]+(?: as \w+)?\s*$|def \w+\([^\n]{0,200}\)(?: -> [^\n]{1,80})?:\s*$"
    rb"|class \w+[^\n]{0,100}:\s*$|load\(\")"
)
JAVA = rb"^(?:import (?:static )?[\w.]+(?:\.\*)?;|(?:public|final|abstract) (?:class|interface|enum) \w+)"
JAVASCRIPT = (
    rb"^(?:['\"]use strict['\"]|(?:const|let|var) [\w${}, ]{1,200}= ?require\(|module\.exports|export default"
    rb"|(?:async )?function \w*\()"
)
SHELL = rb"^(?:set -[eux]+\b|if \[ |case \"?\$\w+\"? in|export \w+=|\. /|fi\s*$|esac\s*$|[\w-]{1,40}\(\) ?\{)"
CONTROL_FILE = rb"\A(?:Package|Source|Format|Architecture|Types|Enabled): ?\S[^\n]*\n(?:[A-Z][A-Za-z0-9-]{1,40}:|[ \t])"
LOOKS = tuple(
    (kind, tuple(word.encode() for word in words.split("|")), re.compile(pattern, re.MULTILINE))
    for kind, words, pattern in (  # the words make it quick: without one of them the pattern cannot match
        ("code/php", "<?", rb"\A\s{0,99}<\?(?:php\b|=)"),
        ("document/html", "<", rb"\A\s{0,99}(?i:<!doctype html|<html[\s>])"),
        ("config/xml", "<", rb"\A\s{0,99}<(?:\?xml\s|!DOCTYPE )"),
        ("config/pem", "-----BEGIN ", rb"^-----BEGIN [A-Z0-9 ]{3,40}-----"),
        ("config/deb-control", ":", CONTROL_FILE),
        ("document/man", ".|'", rb"\A(?:[.'](?:\\\"|TH |Dd |so |de |if |ie )|'\\\")"),
        ("config/apparmor", "<tunables/|<abstractions/", CONFINED),
        ("config/systemd", "[", OPENING + rb"\[(?:Unit|Service|Socket|Timer|Install)\]"),
        ("config/uci", "option ", UNIFIED),
        ("config/desktop", "[Desktop", OPENING + rb"\[Desktop Entry\]"),
        ("text/patch", "\n@@ -", rb"^--- [^\n]{1,300}\n\+\+\+ [^\n]{1,300}\n@@ -\d"),
        ("code/go", "package ", rb"^package \w+\s*$(?s:.){0,2000}?^(?:import|func|type|var|const)\b"),
        ("code/c", "include|ifndef|define", rb"^[ \t]*#[ \t]*(?:include[ \t]*[<\"]|ifndef \w+|define \w+\()"),
        ("code/python", "import |def |class |load(", PYTHON),
        ("code/perl", "use |package |my ", rb"^(?:use strict|use warnings|package [\w:]+;|my [$@%]\w+)"),
        ("code/java", "import |class |interface |enum ", JAVA),
        (
            "code/rust",
            "use |fn |impl",
            rb"^(?:use (?:std|crate|super)::|(?:pub )?fn \w+[^\n]{0,200}\{|impl\b[^\n]{0,100}\{)",
        ),
        ("code/javascript", "use strict|require(|exports|export default|function ", JAVASCRIPT),
        ("code/lua", "local ", rb"^local (?:function )?\w+ ?[=(]"),
        ("code/ruby", "require|module ", rb"^(?:require(?:_relative)? ['\"]|module [A-Z]\w*\s*$)"),
        ("code/shell", "set -|if [|case |export |\n. /|fi\n|esac|()", SHELL),
        ("config/ini", "[", OPENING + rb"\[[\w .:\"/-]{1,80}\]\s*\n\s*[\w.-]{1,60} ?="),
        ("config/yaml", "---|:", OPENING + rb"(?:---\s|[\w.-]{1,60}:\s*\n\s+[\w-]{1,60}:)"),
        ("config/json", "{|[", rb"\A\s{0,99}(?:\{\s{0,99}\"[^\"\n]{0,200}\"\s{0,20}:|\[\s{0,99}[\[{\"])"),
        ("config/make", "all|clean|install|.PHONY", rb"^(?:all|clean|install|\.PHONY)\s?:(?!=)"),
    )
)


def kind_of(name: str, head: bytes) -> str:
    r"""Return the kind of a part called `name` (a path or a last name) whose first bytes are `head`.

    >>> kind_of("run", b"#!/usr/bin/env python3\n")
    'code/python'
    """
    if not head:
        return _by_name(name, head) or "text/plain"
    head = head[:HEAD].removeprefix(b"\xef\xbb\xbf") or b"\n"
    if found := _by_magic(head):
        return found
    return _of_text(name, head) if is_text(head) else _of_odd_text(name, head)


def _of_odd_text(name: str, head: bytes) -> str:
    """Text in wide characters, or with zeros in it, is what it would be without: zeros must not hide source."""
    if codec := wide(head):
        narrowed = narrow(head, codec)
        kind = _of_text(name, narrowed) if is_text(narrowed) else "text/plain"
        return "text/utf16" if kind == "text/plain" else kind
    zeros = head.count(0)
    rest = head.replace(b"\0", b"") or b"\0"
    if not zeros or not is_text(rest):
        return "data/binary"
    kind = _of_text(name, rest)
    return kind if kind != "text/plain" or zeros <= max(1, len(head) * STRAY) else "data/binary"


def _of_text(name: str, head: bytes) -> str:
    rust = head[:3] == b"#![" and name.endswith(".rs")  # an attribute of the whole file
    if head[:2] == b"#!" and not rust and (script := _by_shebang(head)):
        return script
    if head[:5] == b"<?php":
        return "code/php"
    if named := _by_name(name, head):
        return named
    looks = _by_looks(head)  # what a file tells editors counts only where its text tells nothing: it could be a lie
    return looks if looks != "text/plain" else _by_modeline(head) or looks


def _by_modeline(head: bytes) -> str:
    """Return what a file tells editors that it is (Emacs manual, "Choosing File Modes"; Vim manual, `modeline`)."""
    met = MODELINE.search(head[:MODELINES])
    if not met:
        return ""
    mode = (met[1] or met[2]).decode("latin-1").lower()
    mode = {"shell-script": "sh", "c++": "cpp", "cperl": "perl"}.get(mode, mode)
    return INTERPRETERS.get(mode) or (kind if (kind := ENDINGS.get(mode, "")).startswith("code/") else "")


def is_text(head: bytes) -> bool:
    """Tell whether bytes read as text: no NUL, hardly a control character, UTF-8 or an eight-bit alphabet."""
    if b"\0" in head:
        return False
    if not head.isascii():
        try:
            head.decode("utf-8")
        except UnicodeDecodeError as error:
            if error.start < len(head) - 4:  # not merely cut off
                return _eight_bit(head)
    return len(head) - len(head.translate(None, CONTROL)) <= len(head) // 50


def _eight_bit(head: bytes) -> bool:
    """Text in an eight-bit alphabet has few bytes above 127, and hardly any control character of either half."""
    high = len(head) - len(head.translate(None, ABOVE))
    control = len(head) - len(head.translate(None, CONTROL + ABOVE[:32] + b"\x7f"))
    return high <= len(head) * 0.4 and control <= len(head) // 100


def _by_magic(head: bytes) -> str:
    for offset, magic, kind in FIRST.get(head[0], ()):
        if head.startswith(magic, offset):
            return kind
    if head[:4] == b"\xca\xfe\xba\xbe":  # a class (major version 45 and up), or a fat Mach-O
        return "executable/class" if head[6:8] >= b"\0\x2d" else "executable/macho"
    if head[:2] == b"MZ" and not is_text(head):
        return "executable/pe"
    if head[2:4] == b"\r\n" and b"\0" in head[4:16] and head[1] in range(2, 16):
        return "executable/pyc"
    if method := method_of(head):
        return f"container/{method}"
    for offset, magic, kind in LATER:
        if head.startswith(magic, offset):
            return kind
    return "container/tar" if head[257:262] == b"ustar" or _old_tar(head) else ""


def _old_tar(head: bytes) -> bool:
    return len(head) >= BLOCK and head[148:156].strip(b" \0").isdigit() and looks_like_tar(head)


def _by_shebang(head: bytes) -> str:
    words = head[2:200].split(b"\n", 1)[0].decode("latin-1").split()
    if not words:
        return ""
    program = words[0].rsplit("/", 1)[-1]
    if program == "env":
        program = next((word.rsplit("/", 1)[-1] for word in words[1:] if word[0] != "-" and "=" not in word), "")
    return INTERPRETERS.get(program) or INTERPRETERS.get(program.rstrip("0123456789.-")) or "code/shell"


def _by_name(path: str, head: bytes) -> str:
    name = path.rsplit("/", 1)[-1].lower()
    stem, dot, ending = name.rpartition(".")
    kind = ENDINGS.get(ending, "") if dot and stem else ""
    if kind in PROSE and CHANGELOG.match(name):
        return "document/changelog"
    if name in NAMES:
        return NAMES[name]
    if placed := of_place(path):
        return placed
    if dot and ending in CHECKED:
        return CHECKED[ending](head)
    if kind == "document/text" and stem.startswith(("requirements", "constraints")):
        return "config/requirements"
    return kind or _by_rest(name, path, head)


def _by_rest(name: str, path: str, head: bytes) -> str:
    """Names that carry a word more: `config.h.in`, `Dockerfile.arm64`, `.env.local`, `cron.d/clean`."""
    stem, _, ending = name.rpartition(".")
    if ending in TEMPLATE and stem:
        return _by_name(stem, head)
    if name.startswith("dockerfile.") or ending == "dockerfile":
        return "config/dockerfile"
    if name.startswith(("makefile.", "gnumakefile.")):
        return "config/make"
    if name.startswith(".env."):
        return "config/env"
    return "config/cron" if "/cron.d/" in path or path.startswith("cron.d/") else ""


def _header(head: bytes) -> str:
    return "code/cpp" if CPP.search(head) else "code/c"


def _man(head: bytes) -> str:
    return "document/man" if head[:1] in {b".", b"'"} or b"\n.SH" in head or b"\n.Sh" in head else _by_looks(head)


def _typescript(head: bytes) -> str:
    """Qt's translations are XML with the same ending, MPEG streams are no text."""
    return "config/xml" if head.lstrip()[:5] in {b"<?xml", b"<!DOC", b"<TS v"} else "code/typescript"


def _perl_test(head: bytes) -> str:
    looks = _by_looks(head)
    return looks if looks.startswith("code/") else "code/perl"


def _by_looks(head: bytes) -> str:
    for kind, words, pattern in LOOKS:
        for word in words:
            if word in head:
                if pattern.search(head):
                    return kind
                break
    return "text/plain"


CHECKED: dict[str, Callable[[bytes], str]] = {
    **dict.fromkeys(("1", "2", "3", "4", "5", "6", "7", "8", "9", "1m", "3p", "3pm", "1p"), _man),
    **dict.fromkeys(("inc", "map", "key", "config", "props", "targets", "path", "target", "mount", "link"), _by_looks),
    "h": _header,
    "ts": _typescript,
    "t": _perl_test,
    "conf": of_conf,
    "rules": of_rules,
}
