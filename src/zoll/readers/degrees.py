"""What is weak by itself among values with an order: over how much is compared, how much is drawn, who may write."""

import re
from collections.abc import Iterator, Sequence

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.accumulators import kept_none, undone
from zoll.parse.code import Statement
from zoll.parse.lengths import Length, is_answer, lengths, pointers_of, to_the_end, weakness
from zoll.parse.rights import OTHERS_WRITE, SET_USER, STICKY, Rights, rights
from zoll.readers.frame import frame_of
from zoll.readers.material import Material

DOC = Doc(
    title="Values with an order in security that are weak by themselves",
    reads=("code/*",),
    yields=("degree",),
    limitations=(
        "what a secret is shows in names alone",
        "the size of a pointer is known where the function itself declares the pointer",
    ),
)
_SECRET = re.compile(
    r"(?<![a-z])(?:[hc]?mac|mic|digest|hash|sig|signature|tok|token|passw?|passwd|password|passphrase|pwd|pw|secret|cookie|"
    r"auth(?!or)\w{0,12}|cred\w{0,10}|[sx]res|[ht]?otp|challenge|nonce|icv|verifier|csrf|hmac\w{0,4}|secret\w{0,4})(?![a-z])",
    re.IGNORECASE,
)
_APART = re.compile(r"([a-z])([A-Z])|_|\d")
_CONSTANT_TIME = re.compile(
    r"const|crypto|timing|secure|safe|digest|hash_equals|ct_|hmac|compare_digest", re.IGNORECASE
)
_LOWEST = re.compile(r"min_?(?:proto|version|tls|ssl)|set_?min|MinVersion|protocol_min", re.IGNORECASE)
_NOUGHTS = frozenset(["0", "0x0", "0x00", "0u", "0U", "0UL", "0ull"])
_PLACE = re.compile(r"([A-Za-z_][\w.>-]{0,60})\[([^\[\]]{1,40})\]")
_DRAWN = re.compile(r"rand(?:om|bytes|_bytes)?(?:\Z|_|[A-Z])|nonce|urandom", re.IGNORECASE)
_TEXT = re.compile(r"str(?:ing)?|text|char|name|hex|base|pass", re.IGNORECASE)
_WIPES = re.compile(r"(?:^|_)(?:memset|bzero|memzero|explicit_bzero|OPENSSL_cleanse|fill)$")
_BARE = re.compile(r"^\((?:const |unsigned |signed |u?int8_t|char|void|uchar|u8|[ *])+\)|[&\s]")
_REACH = 60  # statements that are looked back at
_MEASURE = re.compile(r"(?:len|length|Len|Length|LEN)$")
_ORDER = re.compile(r"\s[<>]=?\s")
_TRUTH = re.compile(r"^(?:\w+ )*(?:bool|boolean|_Bool|gboolean|BOOL)\b")
_QUESTION = re.compile(
    r"(?i)(?:is|has|had|same|equal|fixed|var|known|no|with|without|check|use|valid|wrong|bad|ok|need|zero|match|any|odd|implicit|"
    r"explicit|show|print|include|indefinite|definite|infinite|unknown|omit|allow|ignore|strict|too|min|max)[_A-Z]?\w{0,12}$"
)
_ORDERS = frozenset(["==", "!=", "<", ">", "<=", ">="])
_MEASURED = re.compile(r"strlen|len\b|length|size|count", re.IGNORECASE)


def read(material: Material) -> Iterator[Reading]:
    """Yield each weak value once."""
    frame = frame_of(material)
    pointers: frozenset[str] | None = None
    for index in material.indices:
        statement = frame.statements[index]
        if statement.calls or statement.tests:
            if pointers is None and "sizeof" in statement.text:
                pointers = frozenset(name for one in frame.statements for name in pointers_of(one))
            for length in lengths(statement):
                yield from _length(material, index, length, pointers or frozenset())
            for given in rights(statement):
                yield from _rights(material, statement, given)
            yield from _protocol(material, statement)
        if statement.kind == "assign" and statement.operator == "=" and statement.value in _NOUGHTS:
            yield from _zeroed(material, index)
        if statement.kind in ("assign", "declare") and _MEASURE.search(statement.target[-40:]):
            yield from _answered(material, statement)
        if how := _gathered(frame.statements, index):
            yield material.say(
                "degree", f"gathered.{how}", statement.line, statement.end, statement.text, strength="weak"
            )


def _gathered(statements: Sequence[Statement], index: int) -> str:
    if statements[index].operator == "&=" and kept_none(statements, index):
        return "none"
    return undone(statements, index) if "^" in statements[index].text else ""


def _length(material: Material, index: int, length: Length, pointers: frozenset[str]) -> Iterator[Reading]:
    statement = material.statements[index]
    if length.purpose == "drawn":
        how = weakness(length, pointers) or _blotted(material, index, length)
        if how in ("chosen", "cut") and length.call:
            return
    else:
        how = "" if to_the_end(length.text) else weakness(length, pointers)
        how = how if how and _secret(material, length, how) else ""
        how = how or ("handed" if _handed(material, index, length) else "")
        if how == "input" and _measured_too(material, index, length):
            how = ""
    if how:
        yield material.say(
            "degree", f"{length.purpose}.{how}", statement.line, statement.end, statement.text,
            call=length.call.rsplit(".", 1)[-1], amount=length.text, strength="weak",
        )  # fmt: skip


def _answered(material: Material, statement: Statement) -> Iterator[Reading]:
    """Yield a length that is set to a yes or no: `key_len = key.empty()` is one at most."""
    value = statement.value[:300]
    asks = statement.operator in ("", "=", ":=") and is_answer(value)
    if asks and _ORDER.search(value) and not _MEASURED.search(value):
        return  # of how many there are, one or none
    if asks and not _TRUTH.search(statement.text[:200]) and not _QUESTION.search(statement.target[-60:]):
        yield material.say(
            "degree", "measured.answer", statement.line, statement.end, statement.text,
            amount=statement.value, strength="weak",
        )  # fmt: skip


def _zeroed(material: Material, index: int) -> Iterator[Reading]:
    """Yield a nought that is put into one place of what was drawn just before; a text is ended that way."""
    statement = material.statements[index]
    found = _PLACE.fullmatch("".join(statement.target.split()))
    for one in material.statements[max(0, index - 3) : index] if found else ():
        for call in one.calls:
            name = call.name.rsplit(".", 1)[-1]
            filled = [argument.strip() for argument in call.args]
            if found and found[1] in filled and _DRAWN.search(name) and not _TEXT.search(f"{name} {found[1]}"):
                yield material.say(
                    "degree", "drawn.overwritten", statement.line, statement.end, statement.text,
                    call=name, amount=found[0], strength="weak",
                )  # fmt: skip


def _secret(material: Material, length: Length, how: str) -> bool:
    """Tell whether what is compared has to be kept secret or stands for that somebody knows a secret.

    Few bytes of something in a function that authenticates may be a mark at the head of a message.
    """
    if _CONSTANT_TIME.search(length.call):
        return True
    name = material.function.name.rsplit(".", 1)[-1] if material.function and how != "few" else ""
    return any(_SECRET.search(_APART.sub(r"\1 \2", text[:200])) for text in (*length.sides, name))


def _handed(material: Material, index: int, length: Length) -> bool:
    """Tell whether a secret is compared with what was handed in, over just the length that was handed in with it.

    Where anybody asks how long it is, it may well be as long as the secret; a function that is given both sides
    compares for somebody else.
    """
    given = material.function.params if material.function else ()
    place = given.index(length.text) if length.text in given else 0
    sides = [_BARE.sub("", side) for side in length.sides]
    own = [side for side in sides if side not in given]
    if not place or given[place - 1] not in sides or len(own) != 1 or not re.match(r"\w+(?:->|\.|\[)", own[0]):
        return False
    name = re.compile(rf"(?<![\w.>]){re.escape(length.text)}(?!\w)")
    before = material.statements[max(1, index - _REACH) : index + 1]
    asked = any(name.search(f"{test.left} {test.right}") for one in before for test in one.tests if not test.via)
    return not (asked or any(one.target == length.text for one in before)) and any(
        _SECRET.search(_APART.sub(r"\1 \2", side[:200])) for side in sides
    )


def _measured_too(material: Material, index: int, length: Length) -> bool:
    """Tell whether the lengths of the two sides are held against each other, here or shortly before."""
    names = [name for side in length.sides for name in re.findall(r"[A-Za-z_$]\w*", side)[-1:]]
    for one in material.statements[max(0, index - 12) : index + 1]:
        for test in one.tests:
            text = f"{test.left} {test.right}"
            ordered = test.op in _ORDERS and _MEASURED.search(text) and not test.length
            if ordered and any(name in text for name in names):
                return True
    return False


def _blotted(material: Material, index: int, length: Length) -> str:
    """Say that part of what was drawn is overwritten with something fixed right after."""
    if not length.sides:
        return ""
    buffer = "".join(length.sides[0].split()).lstrip("&(")
    for one in material.statements[index + 1 : index + 5]:
        for call in one.calls:
            last = call.name.rsplit(".", 1)[-1]
            if _WIPES.search(last) and call.args and _part_of("".join(call.args[0].split()), buffer, length.text):
                return "overwritten"
    return ""


def _part_of(text: str, buffer: str, amount: str) -> bool:
    """Tell whether a text is a place inside of a buffer, other than behind what was drawn."""
    text = text.lstrip("&(")
    inside = len(buffer) > 1 and text.startswith(buffer) and text[len(buffer) : len(buffer) + 1] in ("+", "[")
    return inside and "".join(amount.split()) not in text[len(buffer) :]


def _rights(material: Material, statement: Statement, given: Rights) -> Iterator[Reading]:
    """Yield rights for everyone to write; of what is made the mask of the process takes them away."""
    how = ""
    if given.use == "given" and given.bits & OTHERS_WRITE and not given.bits & STICKY:
        how = "others-write"
    elif given.use == "given" and given.bits & SET_USER:
        how = "set-user"
    elif given.use == "masked" and not given.bits & OTHERS_WRITE:
        how = "mask-open"
    if how:
        yield material.say(
            "degree", f"rights.{how}", statement.line, statement.end, statement.text,
            call=given.call.rsplit(".", 1)[-1], amount=given.text, strength="weak",
        )  # fmt: skip


def _protocol(material: Material, statement: Statement) -> Iterator[Reading]:
    """Yield a lowest protocol version of zero: whatever the library knows."""
    for call in statement.calls:
        if len(call.args) >= 2 and call.args[-1].strip() == "0" and _LOWEST.search(call.name):
            yield material.say(
                "degree", "protocol.any", statement.line, statement.end, statement.text,
                call=call.name.rsplit(".", 1)[-1], amount="0", strength="weak",
            )  # fmt: skip
