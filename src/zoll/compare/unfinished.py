"""Decryption that no longer comes to its end, where the tag is looked at: what was altered on the way passes."""

import re
from collections.abc import Iterator

from zoll.compare.lost import Lost
from zoll.compare.view import View, last

_FINAL = re.compile(
    r"(?i)\A(?:finali[sz]e(?:_with_tag)?|final|do_?final|(?:EVP_)?(?:Decrypt|Open|Cipher)_?Final(?:_ex)?|"
    r"(?:mbedtls_|psa_)?(?:gcm|ccm|aead|chachapoly)_(?:finish|verify|check_tag)|check_?tag)\Z"
)
_DECRYPTS = re.compile(r"(?i)decrypt|decipher|unseal|unprotect")
_WHOLE = re.compile(r"(?i)decrypt|open|unseal|verify|check|final|finish|auth")
_FEEDS = re.compile(r"(?i)update|decrypt|open")


def unfinished(view: View) -> Iterator[Lost]:
    """Yield the last step of a decryption that goes on and no longer takes it."""
    old, new = view.calls
    gone = [name for name in old if _FINAL.match(name) and not new[name]]
    if not gone or any(map(_WHOLE.search, view.new_calls)) or not any(map(_FEEDS.search, new)):
        return
    for index, run in enumerate(view.runs):
        for place in range(*run.old):
            one = view.sides[0][place]
            call = next((call.name for call in one.calls if last(call.name) in gone), "")
            if call and any(_DECRYPTS.search(other.text) for other in view.sides[0]):
                line = view.sides[1][run.new[0]].line if run.new[0] < len(view.sides[1]) else 0
                yield Lost(index, "guard", one.text, call, "unfinished", "key", line)
                return
