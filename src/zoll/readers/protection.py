"""Protection that is passed over: a plain way after a failed one, keys told or chosen by who sends, anchors put in.

They need no old side: what is wholly new is judged by what it does.
"""

import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Statement
from zoll.readers.frame import Frame, frame_of
from zoll.readers.material import Material
from zoll.readers.tables import pattern

DOC = Doc(
    title="Plain connections after failed ones, session keys handed out, checks by the sender's key, anchors added",
    reads=("code/*",),
    yields=("lapse",),
    limitations=("what protects a connection and what does not shows in names alone",),
)
_PROTECTED = pattern("protection", "protected")
_PLAIN = pattern("protection", "plain")
_SENT = pattern("protection", "sent")
_KEYLOG = pattern("protection", "keylog")
_ANCHORED = pattern("protection", "anchored")
_KNOWN = (("sent", _SENT), ("keylog", _KEYLOG), ("anchored", _ANCHORED))
# What a function has to hold, in small letters, for its statements to be asked.
_HINTS = {
    "unprotected": "dial http: ws: ldap: ftp: amqp: mqtt: redis: connect createconnection httpconnection socket smtp "
    "insecure tls ssl secure net::http",
    "known": "alg jwk x5c x5u jku x509 certificate keylog secret_cb certs/ -certificates/ cacerts anchor "
    "trusted trust-source apt-key certutil",
}
_FAILED = re.compile(
    r"\berr\w{0,8} ?!= ?nil\b|[<=]= ?(?:0|NULL|nullptr|-1|1)\b|< ?0\b|!= ?(?:1|0|\w+_OK)\b|!\w|\bnot \w|\bNone\b"
)
_BACK = 3
_LONG = 1000


def read(material: Material) -> Iterator[Reading]:
    """Yield each way past what protects."""
    text = "\n".join([statement.text[:_LONG] for statement in material.told]).lower()
    asked = frozenset(lapse for lapse, words in _HINTS.items() if any(word in text for word in words.split()))
    frame = frame_of(material) if asked else None
    for index in material.indices if frame else ():
        statement = material.statements[index]
        if statement.kind == "import" or frame is None:
            continue
        for lapse, call in _told(frame, index, asked):
            yield material.say("lapse", lapse, statement.line, 0, statement.text, call=call)


def _told(frame: Frame, index: int, asked: frozenset[str]) -> Iterator[tuple[str, str]]:
    statement = frame.statements[index]
    text = statement.text[:_LONG]
    if "unprotected" in asked and (call := _instead(frame, index)):
        yield "unprotected", call
    for lapse, known in _KNOWN if "known" in asked else ():
        if found := known.search(text):
            yield lapse, next(filter(None, found.groups()), found[0])[:60]


def _instead(frame: Frame, index: int) -> str:
    """Return the plain connection that is made where a protected one could not be."""
    statement = frame.statements[index]
    home = statement.within
    plain = _PLAIN.search(statement.text[:_LONG]) if home >= 0 and statement.kind != "condition" else None
    if not plain or _PROTECTED.search(plain[0]):
        return ""
    around = frame.statements[home]
    if around.word in ("catch", "except", "rescue"):
        tried = [frame.statements[at] for at in frame.children.get(around.within, ()) if at < home][-6:]
    elif around.kind == "condition" and statement.branch != "else" and _FAILED.search(around.text[:_LONG]):
        tried = [one for one in frame.statements[max(0, home - _BACK) : home + 1] if one.within == around.within]
    else:
        return ""
    return plain[0].strip("( ") if any(map(_protects, tried)) else ""


def _protects(one: Statement) -> bool:
    """Tell whether a statement makes a connection that is protected."""
    return any(_PROTECTED.search(f"{call.name}({', '.join(call.args)[:200]})") for call in one.calls)
