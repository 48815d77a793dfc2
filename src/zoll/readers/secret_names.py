"""Which names are those of a secret: passwords, keys that must stay secret, tokens, what a subscriber's card holds."""

import re
from collections.abc import Iterable

from zoll.readers.tables import table
from zoll.readers.words import split

_TABLE = table("names")["secrets"]
_ALONE = frozenset(_TABLE["alone"])
_BEFORE = {last: frozenset(words) for last, words in _TABLE["before"].items()}
_GLUED = re.compile(_TABLE["glued"])
# Names that begin so are of a question or a deed: `with_credentials`, `reset_password`.
_ACTS = frozenset(_TABLE["acts"])
# Words that may mean something other than a secret: a run over the data, an account's entry, the key of a table.
_PLAIN = frozenset(["pass", "pw", "pwd", "pin"])
_SIGNS_IN = frozenset(
    ["user", "username", "login", "auth", "authenticate", "account", "credentials", "signin", "password"]
)
# Names of keys in the standards of mobile telephony, so short that they mean other things elsewhere.
_SHORT = frozenset(_TABLE["short"])
_TELEPHONY = frozenset(_TABLE["telephony"])
_JOINS = re.compile(r"\??\.|->|::")


def secret(path: str, beside: Iterable[str]) -> bool:
    """Tell whether a path of names ends in a secret's; a word with another meaning counts only beside what explains it.

    >>> secret("lchan->encr.key", ()), secret("table.key", ()), secret("keys", ())
    (True, False, False)
    """
    names = [name for name in _JOINS.split(path) if name]
    words = split(names[-1]) if names else ()
    if not words or names[-1].isupper():
        return False
    last = words[-1]
    if len(words) > 1 and words[0] in _ACTS:
        return False
    if last in _ALONE or _GLUED.fullmatch(last):
        return True
    if last in _BEFORE:
        before = words[:-1] or (split(names[-2]) if len(names) > 1 else ())
        return bool(before) and before[-1] in _BEFORE[last]
    if len(words) == 1 and last in _SHORT:
        return bool(_TELEPHONY.intersection(word for one in beside for word in split(one) if one != names[-1]))
    if last not in _PLAIN or names[-1] == "pw":
        return False
    return any(_SIGNS_IN.intersection(split(one)) for one in beside)
