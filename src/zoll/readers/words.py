"""Names split into words, and what their words say: subjects, security-named targets."""

import re
from functools import lru_cache

from xxhash import xxh32_hexdigest

from zoll.readers.tables import table

CLIP = 160  # characters of a value that is told whole
_POSITION = re.compile(r"\$([1-9#@*])")
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")
_NAME = re.compile(r"(?<!\w)(?:[@%]?[A-Za-z_]|\$)[\w$]*")  # `x0f` of `0x0f` names nothing
_PLAIN = re.compile(r"[A-Za-z_$@%][\w$]*")
_QUOTED = re.compile(r"""(["'`])((?:\\.|[^\\"'`]){0,200}?)\1""")
_KEY = re.compile(r"""[\[({,]\s*:?(["'])([\w .-]{1,60})\1\s*[\])},]""")
_CALLED = re.compile(r"[\s!(]{0,4}(?:\w{1,60}(?:\.|->|::)){0,6}(\w{1,80})\(")
_HEADER = re.compile(r"\w_(?:h|H)\Z")  # `have_pwd_h` speaks of a file
_DESCRIBING = frozenset(["fmt", "format", "type", "kind", "alg", "algorithm", "algo"])
_BESIDE = _DESCRIBING | frozenset(
    ["field", "label", "encoding", "encoder", "identifier", "path", "file", "filename", "url", "hint"]
)
_NOISE = frozenset(
    [
        "strlen",
        "sizeof",
        "len",
        "str",
        "int",
        "bool",
        "char",
        "const",
        "unsigned",
        "void",
        "static",
        "string",
        "String",
        "self",
        "this",
        "lower",
        "upper",
        "strip",
        "trim",
        "toString",
        "to_s",
        "to_str",
        "to_sym",
        "chomp",
        "downcase",
        "upcase",
        "tostring",
        "strval",
        "tolower",
        "toupper",
        "tolowercase",
        "touppercase",
        "get",
        "value",
        "values",
        "data",
        "decode",
        "encode",
        "equals",
        "length",
        "size",
        "count",
        "std",
        "new",
        "not",
        "and",
        "or",
        "cstr",
        "c_str",
        "as_str",
        "to_string",
        "unwrap",
        "ntohs",
        "ntohl",
        "htons",
        "htonl",
        "item",
        "items",
        "first",
        "last",
        "text",
        "content",
        "Some",
        "Ok",
        "get_mut",
        "as_ref",
    ]
)
ABOUT: dict[str, str] = {}
for _group, _members in table("names")["about"].items():
    for _member in _members:
        ABOUT.setdefault(_member, _group)
ORDER = {group: rank for rank, group in enumerate(table("names")["about"])}
SECURITY: dict[str, str] = {}
for _group, _members in table("names")["security"].items():
    for _member in _members:
        SECURITY.setdefault(_member, _group)


@lru_cache(maxsize=65536)
def split(name: str) -> tuple[str, ...]:
    """Split an identifier or path into its lower-case words; digits part words.

    >>> split("checkAuthToken_v2")
    ('check', 'auth', 'token', 'v')
    """
    return tuple(word.lower() for word in _WORD.findall(name))


def last_called(name: str) -> str:
    """Return the last name of what is called.

    >>> last_called("make().report")
    'report'
    """
    return name.replace("()", "").rsplit(".", 1)[-1]


def shown(text: str) -> str:
    """Return a text with its control characters spelled out, so that it stays on one line and safe to print."""
    return (
        text
        if text.isprintable()
        else "".join(ch if ch.isprintable() else ch.encode("unicode_escape").decode("ascii") for ch in text)
    )


def _spoken(quoted: re.Match[str]) -> str:
    """Return what of a quoted text counts as names: only what it interpolates."""
    return quoted[2] if "$" in quoted[2] else " "


@lru_cache(maxsize=65536)
def names_in(expression: str) -> tuple[str, ...]:
    """Return the identifiers of an expression in order, with a quoted key (`headers["x-key"]`) in its place."""
    keyed = _KEY.sub(lambda found: f" {found[2].replace(' ', '_').replace('-', '_')} ", expression)
    return tuple(_NAME.findall(_QUOTED.sub(_spoken, keyed)))


def subject_of(expression: str) -> str:
    """Return the last telling identifier of an expression, as it is written.

    >>> subject_of("strlen(ctx->user.password)"), subject_of("cap & 0x7f"), subject_of("n % 1000")
    ('password', 'cap', 'n')
    """
    keys = _KEY.findall(expression)
    if keys:
        return str(keys[-1][1])
    found = names_in(expression)
    telling = [name for name in found if name not in _NOISE and name.lower() not in _NOISE]
    return (telling or found or ("",))[-1].lstrip("$@%")


_MATCHED = re.compile(r"\.group(?:s|dict)?\(")  # a part of what a pattern matched, and no group of users
# With one of these, `usr` is the folder and no user.
_FOLDERS = frozenset(["dir", "lib", "bin", "sbin", "local", "prefix", "share", "merge", "path", "root"])


@lru_cache(maxsize=65536)
def about_of(expression: str) -> str:
    """Return what an expression is about: its last name is asked first, then the ones before.

    >>> about_of('req.headers.get("x-tenant")')
    'header'
    >>> about_of('match.group("impl")'), about_of("file.group")
    ('', 'user')
    >>> about_of("member.__name__"), about_of("member.name")  # of a class or module
    ('', 'user')
    """
    if expression.rstrip(") ").endswith(("__name__", "__qualname__", "__module__")):
        return ""
    expression = _MATCHED.sub("(", expression)
    called = _CALLED.match(expression)
    if called and _DESCRIBING & set(split(called[1])[-1:]):
        return "mode"  # the format of a credential is no credential
    for name in reversed(names_in(expression)):
        if name in _NOISE or _HEADER.search(name):
            continue
        words = split(name)
        if len(words) > 1 and words[-1] in _BESIDE:
            return ABOUT.get(words[-1], "mode")  # nor is what stands beside one
        folder = "usr" in words and not _FOLDERS.isdisjoint(words)
        groups = [ABOUT[word] for word in (*words, name.lower()) if word in ABOUT and not (folder and word == "usr")]
        if groups:
            return min(groups, key=ORDER.__getitem__)
    return ""


@lru_cache(maxsize=65536)
def security_of(target: str) -> str:
    """Return the group of security words that a target's name belongs to, or "".

    >>> security_of("session.isAuthenticated"), security_of("author")
    ('success', '')
    """
    found = _PLAIN.findall(_QUOTED.sub(lambda quoted: " " + quoted[2].replace("-", "_") + " ", target))
    for name in reversed(found[-2:]):
        for word in (name.lower().replace("_", ""), *reversed(split(name))):
            if word in SECURITY:
                return SECURITY[word]
    return ""


def clipped(value: str) -> str:
    """Return a value on one line; a long one keeps its start and a digest, so that a change behind the clip counts."""
    folded = " ".join(value[:20_000].split())
    if len(value) <= CLIP:
        return shown(folded)
    return f"{shown(folded[:110])}... #{xxh32_hexdigest(value.encode('utf-8', 'replace'))}"
