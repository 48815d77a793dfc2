"""Whose an address is: its host, or on a forge the owner too. More of a known site is less news than a new one."""

import re
from functools import lru_cache

from zoll.model import Fact

_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,20}:)?//(?:[^/@\s]{0,100}@)?([a-z0-9.-]{4,200})(?::\d+)?(?:/([\w.-]{1,100}))?"
)
# Where everybody has a place of their own: the first word of a path says whose it is.
_FORGES = {
    "github.com": "github.com",
    "www.github.com": "github.com",
    "raw.githubusercontent.com": "github.com",
    "codeload.github.com": "github.com",
    "gitlab.com": "gitlab.com",
    "bitbucket.org": "bitbucket.org",
    "codeberg.org": "codeberg.org",
}
# Hosts on which everybody may put or fetch anything, so that knowing them says nothing.
_ANYBODYS = re.compile(
    r"(?:.*\.)?(?:gist\.github(?:usercontent)?\.com|pastebin\.com|paste\.\w+\.\w+|transfer\.sh|webhook\.site|ngrok\.io"
    r"|discord(?:app)?\.com|telegram\.org|slack\.com|amazonaws\.com|storage\.googleapis\.com|(?:docs|drive)\.google\.com"
    r"|dropbox(?:usercontent)?\.com|t\.co|bit\.ly|tinyurl\.com|ipfs\.io|cloudflare-dns\.com|dns\.google)"
)


@lru_cache(maxsize=1 << 12)
def site_of(fact: Fact) -> str:
    """Return what a release that knows the owner of a gained web address has in its text; "" where nothing tells.

    >>> site_of(Fact("endpoint", "https://raw.githubusercontent.com/Acme/widget/main/x", ("type:url",)))
    'github.com/acme'
    >>> site_of(Fact("endpoint", "https://acme.example/x", ("type:url",)))
    'acme.example'
    """
    if fact.trait("type") != "url" and fact.trait("shape") != "url":
        return ""
    found = _ADDRESS.match(fact.value.lower())
    if found is None or _ANYBODYS.fullmatch(found[1]):
        return ""
    forge = _FORGES.get(found[1])
    return f"{forge}/{found[2]}" if forge and found[2] else "" if forge else found[1]
