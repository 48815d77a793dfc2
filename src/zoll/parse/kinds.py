"""What is this part? From its first bytes and its name: magic bytes, shebangs, endings, a look at the text.

Content wins where it is clear; a name only decides between kinds of text. Kinds: `code/`, `config/`, `document/`, `text/`, `container/`, `executable/`
and `data/`, each with a format behind it.
"""

import re

from zoll.parse.compressed import method_of
from zoll.parse.tar import looks_like_tar

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
    "c": "c h xs xsi",
    "cpp": "cc cpp cxx c++ hh hpp hxx h++ ipp inl tcc cu ino mm",
    "python": "py pyi pyw pyx pxd pth wsgi bzl sconscript",
    "javascript": "js mjs cjs jsx es6",
    "typescript": "ts tsx mts cts",
    "go": "go",
    "java": "java",
    "php": "php php3 php4 php5 php7 phtml phps inc",
    "perl": "pl pm pod6 t psgi plx al",
    "ruby": "rb rake gemspec ru podspec erb",
    "lua": "lua wlua rockspec",
    "rust": "rs",
    "shell": "sh bash zsh ksh dash ash bats ebuild",
}
CONFIG = {
    "yaml": "yaml yml",
    "json": "json json5 jsonc map webmanifest ipynb avsc geojson jsonl",
    "toml": "toml",
    "ini": "ini cfg inf editorconfig gitconfig pc",
    "xml": "xml xsd xsl xslt plist svg pom wsdl rng csproj vbproj vcxproj props targets nuspec config xib storyboard resx",
    "make": "mk mak make am",
    "cmake": "cmake",
    "m4": "m4 ac",
    "systemd": "service socket timer mount automount path target slice network netdev link",
    "desktop": "desktop directory",
    "properties": "properties",
    "env": "env",
    "conf": "conf cnf cf",
    "udev": "rules",
    "hcl": "tf tfvars hcl",
    "gradle": "gradle",
    "sql": "sql",
    "pem": "pem crt cer key pub csr p7b",
}
DOCUMENT = {
    "md": "md markdown mdx mkd",
    "rst": "rst",
    "man": "1 2 3 4 5 6 7 8 9 man 1m 3pm 3p 1p mdoc roff",
    "html": "html htm xhtml shtml",
    "text": "txt text adoc asciidoc texi texinfo tex pod org rtf info",
    "po": "po pot",
}
ENDINGS = {
    ending: f"{family}/{name}"
    for family, table in (("code", LANGUAGES), ("config", CONFIG), ("document", DOCUMENT))
    for name, endings in table.items()
    for ending in endings.split()
}
ENDINGS |= {"dsc": "container/dsc", "in": "", "patch": "text/patch", "diff": "text/patch", "csv": "text/csv", "s": "text/assembly"}

NAMES = {
    "makefile": "config/make", "gnumakefile": "config/make", "bsdmakefile": "config/make", "kbuild": "config/make",
    "rules": "config/make", "cmakelists.txt": "config/cmake", "meson.build": "config/meson",
    "meson_options.txt": "config/meson", "meson.options": "config/meson", "dockerfile": "config/dockerfile",
    "containerfile": "config/dockerfile", "configure.ac": "config/m4", "configure.in": "config/m4",
    "configure": "code/shell", "pipfile": "config/toml", "cargo.lock": "config/toml", "poetry.lock": "config/toml",
    "uv.lock": "config/toml", "pipfile.lock": "config/json", "composer.lock": "config/json", "yarn.lock": "config/yaml",
    ".npmrc": "config/ini", ".pypirc": "config/ini", "pip.conf": "config/ini", ".env": "config/env",
    "environment": "config/env", "crontab": "config/cron", "rakefile": "code/ruby", "gemfile": "code/ruby",
    "vagrantfile": "code/ruby", "podfile": "code/ruby", "fastfile": "code/ruby", "guardfile": "code/ruby",
    "sconstruct": "code/python", "sconscript": "code/python", "wscript": "code/python", "gnumakefile.in": "config/make",
    "makefile.am": "config/make", "makefile.in": "config/make", "build": "code/python", "workspace": "code/python",
    "build.bazel": "code/python", "jenkinsfile": "config/gradle", "pkg-info": "document/text", "metadata": "document/text",
    "record": "text/plain", "entry_points.txt": "config/ini", "requirements.txt": "config/requirements",
    "apkbuild": "code/shell", "pkgbuild": "code/shell", ".bashrc": "code/shell", ".profile": "code/shell",
    ".bash_profile": "code/shell", ".zshrc": "code/shell", "profile": "code/shell", "go.mod": "config/gomod",
    "go.sum": "config/gosum", "go.work": "config/gomod", "sources.list": "config/conf", "sudoers": "config/sudoers",
    "passwd": "config/passwd", "shadow": "config/passwd", "group": "config/passwd", "fstab": "config/conf",
    "hosts": "config/conf", "inittab": "config/conf", "authorized_keys": "config/pem", "changelog": "document/changelog",
    "changes": "document/changelog", "news": "document/changelog", "history": "document/changelog",
    "release-notes": "document/changelog", "readme": "document/text", "license": "document/text",
    "licence": "document/text", "copying": "document/text", "copyright": "document/text", "authors": "document/text",
    "install": "document/text", "todo": "document/text", "thanks": "document/text", "notice": "document/text",
    "control": "config/deb-control", "manifest.mf": "config/properties",
}  # fmt: skip
CHANGELOGS = re.compile(r"(?:change(?:log|s)|news|history|release[-_. ]?notes|releases)(?:[-_.].{0,40})?\Z", re.ASCII)
PROSE = {"document/md", "document/rst", "document/text", "document/html", ""}

SHEBANGS = (
    ("python", "code/python"), ("pypy", "code/python"), ("node", "code/javascript"), ("deno", "code/typescript"),
    ("bun", "code/javascript"), ("perl", "code/perl"), ("ruby", "code/ruby"), ("php", "code/php"), ("luajit", "code/lua"),
    ("lua", "code/lua"), ("texlua", "code/lua"), ("make", "config/make"), ("gmake", "config/make"), ("bash", "code/shell"),
    ("dash", "code/shell"), ("ash", "code/shell"), ("zsh", "code/shell"), ("ksh", "code/shell"), ("mksh", "code/shell"),
    ("sh", "code/shell"), ("busybox", "code/shell"), ("bats", "code/shell"), ("openrc-run", "code/shell"),
    ("runscript", "code/shell"), ("nft", "config/conf"), ("jruby", "code/ruby"), ("nodejs", "code/javascript"),
    ("tsx", "code/typescript"), ("ts-node", "code/typescript"), ("rust-script", "code/rust"), ("tcsh", "code/shell"),
    ("csh", "code/shell"), ("rc", "code/shell"),
)  # fmt: skip
INTERPRETERS = dict(SHEBANGS)

CONTROL = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 27})
LOOKS_LIKE_CPP = re.compile(
    rb"^[ \t]*(?:class[ \t]+\w+[^;\n]{0,200}[{:\n]|namespace\b|template[ \t]*<|using[ \t]+(?:namespace|\w+[ \t]*=)|(?:public|private|protected)[ \t]*:"
    rb"|#[ \t]*include[ \t]*<(?:string|vector|map|memory|iostream|functional|algorithm|utility|cstdint|cstddef|set)>)",
    re.MULTILINE,
)
LOOKS_LIKE = tuple(
    (kind, re.compile(pattern, re.MULTILINE))
    for kind, pattern in (
        ("code/php", rb"\A\s{0,99}<\?(?:php\b|=)"),
        ("document/html", rb"\A\s{0,99}(?i:<!doctype html|<html[\s>])"),
        ("config/xml", rb"\A\s{0,99}<\?xml\s"),
        ("config/pem", rb"^-----BEGIN [A-Z0-9 ]{3,40}-----"),
        ("config/deb-control", rb"\A(?:Package|Source|Format|Architecture|Version): ?\S[^\n]*\n(?:[A-Z][A-Za-z0-9-]{1,40}:|[ \t])"),
        ("document/man", rb"\A(?:[.'](?:\\\"|TH |Dd |so |de |if |ie )|'\\\")"),
        ("config/systemd", rb"\A(?:[#;][^\n]{0,200}\n|\s){0,40}\[(?:Unit|Service|Socket|Timer|Install)\]"),
        ("config/desktop", rb"\A(?:[#;][^\n]{0,200}\n|\s){0,40}\[Desktop Entry\]"),
        ("code/go", rb"^package \w+\s*$(?s:.){0,2000}?^(?:import|func|type|var|const)\b"),
        ("code/c", rb"^[ \t]*#[ \t]*(?:include[ \t]*[<\"]|ifndef \w+|define \w+\()"),
        ("code/python", rb"^(?:from [\w.]+ import |import [\w.]+(?: as \w+)?\s*$|def \w+\([^\n]{0,200}\):\s*$|class \w+[^\n]{0,100}:\s*$)"),
        ("code/perl", rb"^(?:use strict|use warnings|package [\w:]+;|my [$@%]\w+)"),
        ("code/java", rb"^(?:import (?:static )?[\w.]+(?:\.\*)?;|(?:public|final|abstract) (?:class|interface|enum) \w+)"),
        ("code/rust", rb"^(?:use (?:std|crate|super)::|(?:pub )?fn \w+[^\n]{0,200}\{|impl\b[^\n]{0,100}\{)"),
        ("code/javascript", rb"^(?:['\"]use strict['\"]|(?:const|let|var) [\w${}, ]{1,200}= ?require\(|module\.exports|export default|(?:async )?function \w*\()"),
        ("code/lua", rb"^local (?:function )?\w+"),
        ("code/ruby", rb"^(?:require(?:_relative)? ['\"]|module [A-Z]\w*\s*$)"),
        ("code/shell", rb"^(?:set -[eux]+\b|if \[ |case \"?\$\w+\"? in|export \w+=|\. /|fi\s*$|esac\s*$)"),
        ("config/ini", rb"\A(?:[#;][^\n]{0,200}\n|\s){0,40}\[[\w .:\"/-]{1,80}\]\s*\n\s*[\w.-]{1,60} ?="),
        ("config/yaml", rb"\A(?:#[^\n]{0,200}\n|\s){0,40}(?:---\s|[\w.-]{1,60}:\s*\n\s+[\w-]{1,60}:)"),
        ("config/json", rb"\A\s{0,99}(?:\{\s{0,99}\"[^\"\n]{0,200}\"\s{0,20}:|\[\s{0,99}[\[{\"])"),
    )
)


def kind_of(name: str, head: bytes) -> str:
    """Return the kind of a part called `name` (a path or a last name) whose first bytes are `head`.

    >>> kind_of("run", b"#!/usr/bin/env python3\\n")
    'code/python'
    """
    if head:
        found = _by_magic(head)
        if found:
            return found
        if not is_text(head):
            return "data/utf16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "data/binary"
        if head[:2] == b"#!" and (script := _by_shebang(head)):
            return script
    return _by_name(name, head) or _by_looks(head)


def is_text(head: bytes) -> bool:
    """Tell whether bytes read as text: no NUL, hardly a control character, UTF-8 or an eight-bit alphabet."""
    if b"\0" in head:
        return False
    if head.isascii():
        return len(head) - len(head.translate(None, CONTROL)) <= len(head) // 50
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:
            return _eight_bit(head)
    return len(head) - len(head.translate(None, CONTROL)) <= len(head) // 50


def _eight_bit(head: bytes) -> bool:
    """Latin text has few bytes above 127, and hardly any control character."""
    high = len(head) - len(head.translate(None, bytes(range(128, 256))))
    control = len(head) - len(head.translate(None, CONTROL + bytes(range(128, 160)) + b"\x7f"))
    return high <= len(head) * 0.4 and control <= len(head) // 100


def _by_magic(head: bytes) -> str:
    for offset, magic, kind in FIRST.get(head[0], ()):
        if head.startswith(magic, offset):
            return kind
    if head[0] == 0xCA and head[:4] == b"\xca\xfe\xba\xbe":  # a class, or a fat Mach-O with a few architectures
        return "executable/class" if len(head) > 8 and head[6:8] >= b"\0\x2d" else "executable/macho"
    if head[0] == 0x4D and head[:2] == b"MZ" and not is_text(head):
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
    return len(head) >= 512 and head[148:156].strip(b" \0").isdigit() and looks_like_tar(head)


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
    if CHANGELOGS.match(name) and ENDINGS.get(ending, "") in PROSE:
        return "document/changelog"
    kind = NAMES.get(name) or (ENDINGS.get(ending, "") if dot and stem else "")
    if kind in CHECKED:
        return CHECKED[kind](path.lower(), head)
    if not kind and dot:
        kind = _by_stem(stem, ending, path, head)
    return kind or ("config/cron" if "/cron." in path or path.startswith("cron.") else "")


def _by_stem(stem: str, ending: str, path: str, head: bytes) -> str:
    """`Makefile.in`, `foo.c.in`, `Dockerfile.arm64`, `config.h.in`, `prog.1.gz` unpacked."""
    if stem.startswith("dockerfile") or ending == "dockerfile":
        return "config/dockerfile"
    if ending in ("in", "tmpl", "tpl", "template", "j2", "erb", "orig", "bak", "dist", "example", "sample"):
        return _by_name(stem, head)
    if stem.startswith("makefile"):
        return "config/make"
    if stem == "" and ending in DOTTED:
        return DOTTED[ending]
    if "debian/" in path and ending in MAINTAINER:
        return "code/shell" if ending in MAINTAINER[:5] else "text/plain"
    return ""


DOTTED = {"bashrc": "code/shell", "profile": "code/shell", "npmrc": "config/ini", "env": "config/env"}
MAINTAINER = ("postinst", "preinst", "postrm", "prerm", "config", "install", "docs", "manpages")


def _header(_: str, head: bytes) -> str:
    return "code/cpp" if LOOKS_LIKE_CPP.search(head) else "code/c"


def _rules(path: str, head: bytes) -> str:
    return "config/make" if path.endswith(("debian/rules", "rules")) and b":" in head and b"==" not in head else "config/udev"


def _man(_: str, head: bytes) -> str:
    return "document/man" if head[:1] in (b".", b"'") or b"\n.SH" in head or b"\n.Sh" in head else _by_looks(head)


def _typescript(_: str, head: bytes) -> str:
    """Qt's translations are XML with the same ending."""
    return "config/xml" if head.lstrip()[:5] in (b"<?xml", b"<!DOC", b"<TS v") else "code/typescript"


def _included(_: str, head: bytes) -> str:
    return _by_looks(head)


CHECKED = {
    "document/man": _man,
    "code/typescript": _typescript,
}


def _by_looks(head: bytes) -> str:
    if not head:
        return "text/plain"
    for kind, pattern in LOOKS_LIKE:
        if pattern.search(head):
            return kind
    return "text/plain"
