"""Tells whether a pattern, a list or a mask admits more than the one before."""

import re
from collections.abc import Sequence
from ipaddress import ip_network

_ANY = re.compile(r"\.\*|\.\+|\[\\s\\S\]\*|(?<![\w.\])])\*(?![\w.])")
_MADE = re.compile(r"\\[.dwsAzZbB]|\[[^\]]{1,40}\][+*{]|\A\^.{3}|\.[*+]|.{3}\$\Z")
_CLASS = re.compile(r"\[(\^?)((?:[^\]\\]|\\.){1,80})\]")
_COUNT = re.compile(r"\{(\d{1,6})(,?)(\d{0,6})\}")
_PATHS = re.compile(r"((?:/[\w.-]{1,60}){0,8}/)(\*{1,2})")
_QUOTES = "\"'`/rbRB"
_WORD = re.compile(r"[A-Za-z][A-Za-z_]{1,60}")
# What takes any word: a class that may repeat, or one word of several.
_SIGNS = re.compile(
    r"\(?(?:\?:)?(?:\\[wS]|\[[\w-]{1,40}\])[+*]\)?|\((?:\?:)?[A-Za-z_]{2,60}(?:\|[A-Za-z_]{2,60}){1,20}\)"
)
_FRAMED = re.compile(r"([/#~!@%])(.*)\1[a-zA-Z]{0,8}", re.DOTALL)  # as PHP, Perl and JavaScript write patterns
_BRACED = re.compile(r"(?:m|qr)?\{(.*)\}[a-z]{0,8}", re.DOTALL)  # Perl, `m{^/a$}x`
_NETWORK = re.compile(r"[0-9a-fA-F:.]{2,45}/\d{1,3}")


def is_pattern(text: str) -> bool:
    """Tell whether a literal looks like a regular expression wherever it stands.

    >>> is_pattern('"^https://"'), is_pattern("'[a-z]+'"), is_pattern('"a sentence."')
    (True, True, False)
    """
    return bool(_MADE.search(text.strip(_QUOTES)[:300]))


def speaks_of(expression: str, text: str) -> bool:
    """Tell whether all words of a quoted text stand in a regular expression.

    >>> speaks_of("/(x-)?gzip/", "'x-gzip'"), speaks_of("/(x-)?gzip/", "'s3rv1ce'")
    (True, False)
    """
    words = re.findall(r"\w+", text)
    return text[:1] in "'\"`" and bool(words) and all(word in expression for word in words)


def wider(old: str, new: str) -> bool:
    """Tell whether a regular expression clearly admits more: an anchor lost, a wildcard, an alternative, a count."""
    one, two = _unframed(old), _unframed(new)
    if one == two:
        return False
    if _unanchored(one, two) or (one.startswith("\\b") and not two.startswith(("\\b", "^"))):
        return True
    if two.count("\\.") < one.count("\\.") and _plain(two) in _plain(one) and is_pattern(old):
        return True  # a dot that stood for itself stands for anything
    if _anything(two) > _anything(one):
        return True
    if _generalised(one, two):
        return True
    if two.count("|") > one.count("|") and all(part.strip("()^$") in two for part in one.split("|")):
        return True
    return _blanked(one) == _blanked(two) and _looser(one, two)


def _unframed(text: str) -> str:
    """Return a pattern without the signs around it and the letters after it.

    >>> _unframed('"/^[0-9]+$/D"'), _unframed('r"^a$"')
    ('^[0-9]+$', '^a$')
    >>> _unframed("m{^https://a$}i")
    '^https://a$'
    """
    bare = text.strip(_QUOTES[:3])
    braced = _BRACED.fullmatch(bare)
    if braced:
        return braced[1]
    framed = _FRAMED.fullmatch(bare)
    return framed[2] if framed else text.strip(_QUOTES)


def wider_paths(old: str, new: str) -> bool:
    """Tell whether a pattern of paths (`/public/**`) now takes in all that lies further up (`/**`).

    >>> wider_paths('"/public/**"', '"/**"'), wider_paths('"/a/*"', '"/a/**"'), wider_paths('"/a/**"', '"/b/**"')
    (True, True, False)
    """
    one, two = old.strip(_QUOTES[:3]), new.strip(_QUOTES[:3])
    found = _PATHS.fullmatch(two)
    if not found or not one.startswith("/") or one == two:
        return False
    above = one[: one.find("*")] if "*" in one else one
    deeper = above == found[1] and found[2] == "**" and one.endswith("/*")
    return deeper or (above.startswith(found[1]) and above.rstrip("/") != found[1].rstrip("/"))


def _generalised(one: str, two: str) -> bool:
    r"""Tell whether a word that a pattern asked for became a class of signs, or one word of several.

    >>> _generalised("^GOODSIG ", r"^\w+SIG "), _generalised("^OK$", "^(?:OK|EXPIRED)$"), _generalised("v1", r"v\d+")
    (True, True, False)
    """
    apart = (at for at, (mine, theirs) in enumerate(zip(one, two, strict=False)) if mine != theirs)
    start = next(apart, min(len(one), len(two)))
    most = min(len(one), len(two)) - start
    end = next((at for at in range(most) if one[-1 - at] != two[-1 - at]), most)
    old, new = one[start : len(one) - end], two[start : len(two) - end]
    return bool(_WORD.fullmatch(old) and _SIGNS.fullmatch(new) and re.fullmatch(new, old))


def _anything(pattern: str) -> int:
    """Count what stands for anything; a star in a class stands for itself."""
    return len(_ANY.findall(_CLASS.sub(lambda found: found[0] if found[2] == "\\s\\S" else "[]", pattern)))


def _plain(pattern: str) -> str:
    return pattern.replace("\\.", ".").strip("^$")


def _unanchored(one: str, two: str) -> bool:
    """Tell whether an anchor went and the rest of the pattern stayed much the same."""
    start = one.startswith(("^", "\\A")) and not two.startswith(("^", "\\A"))
    end = one.endswith(("$", "\\Z", "\\z")) and not two.endswith(("$", "\\Z", "\\z"))
    lines = (one.startswith("\\A") and two.startswith("^")) or (one.endswith("\\z") and two.endswith("$"))
    if lines and _core(one) == _core(two):
        return True  # in Ruby the one ends a text, the other a line
    core_one, core_two = one.strip("^$").replace("\\A", ""), two.strip("^$").replace("\\A", "")
    return (start or end) and (core_one == core_two or core_one in core_two or core_two in core_one)


def _core(pattern: str) -> str:
    return re.sub(r"^(?:\\A|\^)|(?:\\[zZ]|\$)$", "", pattern)


def _blanked(pattern: str) -> str:
    return _COUNT.sub("{}", pattern)


def _looser(one: str, two: str) -> bool:
    for before, after in zip(_COUNT.findall(one), _COUNT.findall(two), strict=False):
        low, high = int(before[0]), _upper(before)
        if int(after[0]) < low or _upper(after) > high:
            return True
    return False


def _upper(count: tuple[str, str, str]) -> int:
    return int(count[2]) if count[2] else 10**6 if count[1] else int(count[0])


_GROUP = re.compile(r"\(\?[:=!<]{1,2}")
_WHOLE = re.compile(r"(?:\^|\\A).{1,400}(?:\$|\\[zZ])", re.DOTALL)
_ITEM = re.compile(r"\\?.-\\?[^\]]|\\.|.", re.DOTALL)
_LONGEST_LIST = 200
_PARTS = frozenset(".:/\\@ \t\n'\"`<>%;&|$\0")  # what parts one name from the next, or text from commands
_PLAIN_PARTS = _PARTS - {"\\"}


def sign_let_in(old: str, new: str) -> str:
    """Return a sign that parts names, and that a class of a pattern newly takes for one of a name; "" for none.

    >>> sign_let_in("^[a-z_-]+$", "^[a-z._-]+$"), sign_let_in("[a-z]+", "[a-z0-9]+"), sign_let_in("[^/.]+", "[^/]+")
    ('.', '', '.')
    """
    one, two = old[:600], new[:600]
    if one == two:
        return ""
    if _CLASS.sub("[]", one) != _CLASS.sub("[]", two):
        return _newly_taken(one, two)
    for before, after in zip(_CLASS.findall(one), _CLASS.findall(two), strict=True):
        mine, theirs = (frozenset(_sign(item) for item in _ITEM.findall(text)) for _, text in (before, after))
        if before[0] == after[0]:
            came = mine - theirs if before[0] else theirs - mine
            if came & _PARTS and not (theirs - mine if before[0] else mine - theirs):
                return min(came & _PARTS)
    return ""


def _newly_taken(one: str, two: str) -> str:
    r"""Return a sign that parts names and that a class takes, where a pattern that held all of a text knew none.

    >>> _newly_taken("^[a-z]{2}(?:_[A-Z]{2})?$", r"^[a-z]{2}[\w./]*$"), _newly_taken("^[a-z]+$", "^[a-z]+:[/]$")
    ('.', '')
    """
    before, after = (_GROUP.sub("(", _unframed(side)) for side in (one, two))
    if not all(_WHOLE.fullmatch(side) for side in (before, after)) or not _CLASS.search(before):
        return ""
    outside = _CLASS.sub("", after)
    taken = {_sign(item) for turned, text in _CLASS.findall(after) if not turned for item in _ITEM.findall(text)}
    return "" if _PLAIN_PARTS & {*before[:-1], *outside[:-1]} else min(taken & _PARTS, default="")


_ALPHABET = re.compile(r"abcdefghij|ABCDEFGHIJ|0123456789")  # a text of signs that may stand in a name


def signs_let_in(old: str, new: str) -> str:
    """Return a sign that parts names, and that a list of signs which may stand in one newly holds; "" for none.

    >>> signs_let_in("0123456789._-", "0123456789._-/"), signs_let_in("0123456789-_", "0123456789+/")
    ('/', '')
    """
    if old == new or not _ALPHABET.search(old) or len(new) > _LONGEST_LIST:
        return ""
    mine, theirs = frozenset(old), frozenset(new)
    return min((theirs - mine) & _PARTS, default="") if mine < theirs else ""


def lists_let_in(olds: Sequence[tuple[str, str]], news: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """Return the first of some literals, by kind and text, that newly takes a sign which parts names: old and new."""
    for kind, let_in in (("regex", sign_let_in), ("string", signs_let_in)):
        before, after = ([text for sort, text in side if sort == kind] for side in (olds, news))
        pairs = zip(before, after, strict=True) if len(before) == len(after) else ()
        if found := next(((old, new) for old, new in pairs if let_in(old, new)), None):
            return found
    return None


def _sign(item: str) -> str:
    """Return an item of a class as the sign that it stands for, a range as it is."""
    return item[1:] if len(item) == 2 and item[0] == "\\" and not item[1].isalnum() else item


def wider_network(old: str, new: str) -> bool:
    """Tell whether a network (`10.0.0.0/24`) or a mask (`255.255.255.0`) has become wider."""
    one, two = old.strip(_QUOTES), new.strip(_QUOTES)
    if _NETWORK.fullmatch(one) and _NETWORK.fullmatch(two):
        try:
            before, after = ip_network(one, strict=False), ip_network(two, strict=False)
        except ValueError:
            return False
        return before.version == after.version and after.prefixlen < before.prefixlen
    return _is_mask(one) and _is_mask(two) and one.count("255") > two.count("255")


def _is_mask(text: str) -> bool:
    return bool(re.fullmatch(r"(?:255|0)\.(?:255|254|252|248|240|224|192|128|0)\.(?:\d{1,3})\.(?:\d{1,3})", text))
