"""Which names an expression still holds the values of: what formats, joins or copies hands on what it got."""

import re
from functools import lru_cache

from zoll.readers.tables import pattern

_KEEPS = pattern("handing", "keeps")
_DROPS = pattern("handing", "drops")
_INNERMOST = re.compile(r"([\w.:>$!-]{0,80})[!]?\(([^()]{0,2000})\)")
_QUOTED = re.compile(r"""(?:\b[rbfuLBRF]{1,2})?(["'`])((?:\\.|(?!\1)[^\\]){0,600})\1""")
_PLACED = re.compile(r"[#$]?\{\s{0,3}\$?([A-Za-z_][^{}:!?\"']{0,120})|\$([A-Za-z_]\w{0,60})")
_KEYED = re.compile(
    r"""\??\.?\[\s?:?(["'])([A-Za-z_][\w-]{0,60})\1\s?\]|(?:\?\.|\.|->)(?:get|fetch|Get)\(\s?:?(["'])([A-Za-z_][\w-]{0,60})\3\s?(?:,[^(),]{0,40})?\)"""
)
_MEASURED = re.compile(
    r"[\w.>$-]{0,80}(?:\??\.(?:len|length|size|isEmpty|is_empty|empty|nil|present|blank|count)\b\??(?:\(\))?|\s?(?:\?(?![.\[])|[!=]==?|&&|\band\b))"
)
_MEASURES = (".", "?", "==", "!=", "&&", "and")
_NAME = re.compile(r"(?<![\w\"'])[A-Za-z_]\w*")
_PATH = re.compile(r"(?<![\w\"'.>])[A-Za-z_]\w*(?:(?:\??\.|->|::)[A-Za-z_]\w*){0,12}")
_LENGTH = re.compile(r"\b(?:strlen|sizeof|len|\w{1,40}_(?:len|length|size))\s?\([^()]{0,80}\)")
_JOIN = re.compile(r"\??\.|->|::")
_DEEP = 8  # calls inside calls


@lru_cache(maxsize=8192)
def _kept(expression: str) -> tuple[str, ...]:
    text = _KEYED.sub(_keyed, expression) if '"' in expression or "'" in expression else expression
    text = _QUOTED.sub(_placed, text) if any(map(text.__contains__, "\"'`")) else text
    text = _MEASURED.sub(" ", text) if any(map(text.__contains__, _MEASURES)) else text
    for _ in range(_DEEP if "(" in text else 0):
        less = _INNERMOST.sub(_through, text)
        if less == text:
            break
        text = less
    return tuple(found[0] for found in _PATH.finditer(text) if not text.startswith("(", found.end()))  # no call


def kept_paths(expression: str) -> list[str]:
    """Return the names, with what they are members of, whose values are still in what an expression gives.

    >>> kept_paths('hexdump(lchan->encr.key, lchan->encr.key_len)'), kept_paths('f"{conf["api_key"]}"')
    (['lchan->encr.key', 'lchan->encr.key_len'], ['conf.api_key'])
    """
    return list(_kept(expression))


def kept_names(expression: str) -> list[str]:
    """Return the names whose values are still in what an expression gives.

    >>> kept_names('base64(user + ":" + password)'), kept_names("sha256(password)"), kept_names("strlen(pass)")
    (['user', 'password'], [], [])
    """
    return [name for path in _kept(expression) for name in _NAME.findall(path)]


def _keyed(found: re.Match[str]) -> str:
    """Return what is looked up by its name as a member of that name."""
    return f".{(found[2] or found[4]).replace('-', '_')}"


def _placed(quoted: re.Match[str]) -> str:
    """Return what a text interpolates, in place of the text."""
    if "$" not in quoted[2] and "{" not in quoted[2]:
        return " "
    return f" {' '.join(one or two for one, two in _PLACED.findall(quoted[2]))} "


def _through(called: re.Match[str]) -> str:
    """Return the arguments of a call that passes on what it is given, nothing for another call."""
    receiver, name = re.split(r"^(.*[.:>])?(?=[^.:>]*$)", called[1])[1:3]
    return f" {receiver or ''} {called[2]} " if passes_on(name.strip("!$-")) else " "


@lru_cache(maxsize=4096)
def passes_on(name: str) -> bool:
    """Tell whether what a call of this name gives still holds what it was given."""
    return not name or (bool(_KEEPS.search(name)) and not _DROPS.search(name))


def named_paths(expression: str) -> list[str]:
    """Return every name of an expression with what it is a member of, whatever calls make of it, but for lengths.

    >>> named_paths("msgb_data(msg), msgb_length(msg)"), named_paths("&self.peer")
    (['msgb_data', 'msg'], ['self.peer'])
    """
    return _PATH.findall(_LENGTH.sub(" ", _QUOTED.sub(_placed, expression)))


def last_name(path: str) -> str:
    """Return the last name of a path.

    >>> last_name("ue->auth.opc")
    'opc'
    """
    return _JOIN.split(path)[-1]


def first_name(path: str) -> str:
    """Return the name that a path begins with.

    >>> first_name("ue->auth.opc")
    'ue'
    """
    return _JOIN.split(path, maxsplit=1)[0]
