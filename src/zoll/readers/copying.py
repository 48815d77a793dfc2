"""Copies: what is sent is sent once more to somebody else, and who gets a mail or a key beside those who are named."""

import re
from collections.abc import Iterator
from functools import lru_cache

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Call, Literal, Statement
from zoll.readers.ability import power_of
from zoll.readers.frame import Frame, frame_of
from zoll.readers.kept import last_name, named_paths
from zoll.readers.material import Material
from zoll.readers.shapes import endpoints_in
from zoll.readers.tables import pattern, table
from zoll.readers.words import last_called, split

DOC = Doc(
    title="What is sent once more to somebody else, and recipients that are hidden or fixed",
    reads=("code/*",),
    yields=("copied",),
    limitations=(
        "both sendings stand in one function and send the same local, member or parameter, or a copy of it",
        "that a call sends shows in its name alone",
    ),
)
_SENDS = frozenset(table("names")["copying"]["sends"])
_SENDS_TOO = _SENDS | {"write"}
_PEER = frozenset(["send", "fetch"])
_ANSWERS = frozenset(["error", "err", "reply", "response", "nack", "ack", "reject", "fail", "failure", "hist", "cb"])
# What writes one number into a buffer, as `write_uint(buf, n)`: the buffer is where it goes, and nothing that is sent.
_NUMBERS = frozenset(
    ["int", "uint", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "varint"]
) | {"u8", "u16", "u32", "u64", "i32", "i64", "short", "long", "float", "double", "byte", "bool", "boolean", "integer"}
_DATA = frozenset(table("names")["copying"]["data"])
_CHANNEL = frozenset(table("names")["copying"]["channel"])
_FILLS = frozenset(table("names")["copying"]["fills"])
_COPIES = pattern("copying", "copies")
_BCC = pattern("copying", "bcc")
_ADDS = pattern("copying", "adds")
_KEYS = pattern("copying", "keys")
_MAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_MAILS = re.compile(r"(?i)(?:send_?(?:e?mail|message)|mail\.send|sendMessage)$|^mail$")
_LIST = re.compile(r"[\[{(]([^\[\]{}()]{1,400})[\]})]\s*\Z")
_QUOTED = re.compile(r"""["']([^"'\n]{0,200})["']""")
_HEADER = re.compile(r"(?:^|\\n|\n)bcc:\s*(.*)", re.IGNORECASE | re.DOTALL)
_HIDES = re.compile(
    r"""(?:["']bcc["']\s?\]?\s?(?:=>?|:)|\bbcc\s?[=:](?!=)|\.bcc\s?=(?!=))\s?(?!\[?\]?["']{0,2}\s?[,)}\]]|(?:None|null|nil|undefined)\b)\S""",
    re.IGNORECASE,
)
_GROWS = frozenset({"append", "push", "add", "extend", "insert", "unshift"})
# Lists that grow by a call of a function: Perl's `push @rcpts, ...`, Go's `append(rcpts, ...)`, PHP's `array_push`.
_GROWING = frozenset({"push", "unshift", "append", "array_push", "insert"})
_GROWN = re.compile(r"(?i)recipients?(?![a-z])|rcpt|to_?addrs?(?![a-z])|receivers|mail_?to(?![a-z])|subscribers|bcc")
_NAMED_BCC = re.compile(r"""["']bcc["']""", re.IGNORECASE)
_ABOUT = re.compile(r"bcc|Bcc|BCC|blind|Blind|@\w|--(?:hidden-|default-)?(?:recipient|encrypt)")
_FIRST = re.compile(r"[A-Za-z_]\w*")
_NAME = re.compile(r"[A-Za-z_]\w*")
_ADDRESS = re.compile(r"sockaddr|addr|peer|dest|dst|\bto\b", re.IGNORECASE)
_NEAR = 40  # statements between two sendings of the same, and before one in which its address is made
_NAMES = re.compile(r"[A-Za-z_]\w*")
_INLINE = re.compile(r"((?:\w{1,30}(?:\.|->|::))*\w{2,40})\(&?(\w{1,60})(?:, ?\w{1,40})?\)")
_MEASURE = re.compile(r"-?\d+|sizeof.*|0x\w+")
_BESIDE = 8  # statements in which names and texts say what is written
_WRITES = re.compile(
    r"(?i)^(?:f(?:write|puts?|print\w{0,3})|write\w{0,8}|append|put(?!s$)\w{0,6}|emit|add)$"
)  # not to a screen
_WRAPPING = re.compile(
    r"(?i)\A(?:encrypt\w{0,12}|wrap\w{0,12}|seal\w{0,8}|\w{0,20}public_?encrypt|\w{0,12}_wrap(?:_key)?)\Z"
)
_OWN_KEY = re.compile(r"&?(?:\w{1,40}(?:\.|::))?(?!PUBLIC_KEY_)[A-Z][A-Z0-9_]*KEY[A-Z0-9_]*(?:\.\w{1,40}){0,2}")
_WRAPPED = re.compile(
    r"&?(?:\w{1,40}(?:\.|->))*(?i:(?:session|data|content|master|file|traffic|sym\w*|disk|volume)_?key|cek|dek|secret_?key)(?:\.\w{1,20})?"
)
_GATHERS = re.compile(r"(?i)(?:recipients?|rcpts?|to_?addrs?|receivers?|envelope_?to|mail_?to)$")
_RECIPIENTS = re.compile(r"(?i)recipients?(?![a-z])|rcpt|envelope_?to|to_?addrs?(?![a-z])")
_JUMPS = frozenset(["return", "throw", "jump"])


def read(material: Material) -> Iterator[Reading]:
    """Yield each sending of what is sent elsewhere too, and each recipient that nobody sees or that is fixed."""
    sending = _sendings(material) if material.function and material.function.name else {}
    for index in material.indices:
        statement = material.statements[index]
        for call in sending.get(index, ()) if len(sending) > 1 else ():
            other = _twin(material, index, call, sending)
            if other >= 0:
                to = "fixed" if _fixed(material, index, call) else ""
                case = "one" if _only_in_a_case(material, index, other) else ""
                yield _say(material, statement, "sent", call=last_called(call.name), to=to, case=case)
        how, to = _recipient(statement)
        if not how and _joins(material, index):
            how, to = "shown", "fixed"
        wraps = "KEY" in statement.text and _wraps(statement)
        if wraps or (how and not (how == "key" and _handed_in(material, statement))):
            called = statement.calls[0] if statement.calls else None
            yield _say(
                material,
                statement,
                "recipient",
                call=last_called(called.name) if called else "",
                how="key" if wraps else how,
                to=to,
            )


def _handed_in(material: Material, statement: Statement) -> bool:
    """Tell whether whoever calls the function says whose key it is."""
    given = frozenset(material.function.params) if material.function else frozenset()
    return any(name in given or f"{name}s" in given for name in _NAMES.findall(statement.text[:400]))


def _say(material: Material, statement: Statement, value: str, **traits: str) -> Reading:
    return material.say("copied", value, statement.line, statement.end, statement.text, **traits)


def _sendings(material: Material) -> dict[int, list[Call]]:
    """Return the calls of a function that send something, by the statement they stand in."""
    if material.language == "shell" or not any(_sending(material, index) for index in material.indices):
        return {}
    found = ((index, _sending(material, index)) for index in range(len(material.statements)))
    return {index: calls for index, calls in found if calls}


def _sending(material: Material, index: int) -> list[Call]:
    calls = material.statements[index].calls
    return [call for call in calls if call.args and _sends(call.name, material.language)]


@lru_cache(maxsize=16384)
def _sends(name: str, language: str) -> bool:
    words = split(last_name(name.replace("()", "")))
    if _ANSWERS.intersection(words) or _NUMBERS.intersection(words):
        return False
    if _SENDS_TOO.intersection(words) or "tx" in (*words[:1], *words[-1:]):
        return True
    return not _PEER.isdisjoint(power_of(name, (), language))


def _twin(material: Material, index: int, call: Call, sending: dict[int, list[Call]]) -> int:
    """Return where another call of the function sends the same to somebody else and both may happen, -1 for nowhere."""
    frame = frame_of(material)
    for other, calls in sending.items():
        if other == index or abs(other - index) > _NEAR:
            continue
        first, second = sorted((index, other))
        for one in calls:
            data = _same(material, call, one)
            if data and not _refilled(material, first, second, data) and not _apart(frame, first, second):
                return other
    return -1


def _only_in_a_case(material: Material, index: int, other: int) -> bool:
    """Tell whether a sending hangs on a condition that the other one of the same does not hang on."""
    frame = frame_of(material)
    around = {at for at, _ in _above(frame, other)}
    return any(frame.statements[at].word == "if" and at not in around for at, _ in _above(frame, index))


def _same(material: Material, one: Call, two: Call) -> frozenset[str]:
    """Return the data that both calls send, nothing where they send it to the same."""
    if last_called(one.name) != last_called(two.name) and not (_plainly(one) and _plainly(two)):
        return frozenset()
    mine, theirs = _sent(material, one), _sent(material, two)
    copied = _copied(one) | _copied(two)  # what is copied to be sent is data, whatever it is called
    shared = frozenset(path for path in mine & theirs if path in copied or _is_data(path)) or _beside_address(one, two)
    return shared if shared and _whom(material, one, shared) != _whom(material, two, shared) else frozenset()


def _copied(call: Call) -> frozenset[str]:
    """Return what a call is handed a copy of: `send(x, pkt_clone(p))`."""
    found = (_INLINE.fullmatch(argument.strip()) for argument in call.args)
    return frozenset(one[2] for one in found if one and _COPIES.search(one[1]))


def _beside_address(one: Call, two: Call) -> frozenset[str]:
    """Return what two calls of one function are handed alike, where they differ in an address alone; no channel."""
    if one.name != two.name or len(one.args) != len(two.args):
        return frozenset()
    pairs = [(mine.strip(), theirs.strip()) for mine, theirs in zip(one.args, two.args, strict=True)]
    alike = [mine for mine, theirs in pairs if mine == theirs and _NAME.fullmatch(mine) and not mine.isupper()]
    apart = [pair for pair in pairs if pair[0] != pair[1]]
    if len(alike) < 2 or not any(_ADDRESS.search(side) for pair in apart[:1] for side in pair):
        return frozenset()
    return frozenset(name for name in alike if not _CHANNEL.intersection(split(name)) and name != alike[0])


def _plainly(call: Call) -> bool:
    """Tell whether a call sends or writes by the last words of its name, and nothing else in it says more."""
    words = split(last_called(call.name))
    return len(words) < 5 and not _SENDS_TOO.isdisjoint(words) and last_called(call.name) != "write"


def _sent(material: Material, call: Call) -> frozenset[str]:
    """Return what a call is handed; a copy counts as what it is a copy of."""
    paths = [path for argument in call.args for path in named_paths(argument[:600])]
    copies = _copies(material)
    return frozenset(copies.get(path, path) for path in paths)


@lru_cache(maxsize=1)
def _copies(material: Material) -> dict[str, str]:
    """Return what is a copy, by what it is a copy of; all sendings of one function ask."""
    found: dict[str, str] = {}
    for one in material.statements:
        call = one.calls[0] if one.calls and one.target and one.kind in ("assign", "declare") else None
        if call and call.args and _COPIES.search(call.name):
            of, into = named_paths(call.args[0][:200]), _FIRST.findall(one.target)
            if of and into:
                found[into[-1]] = of[-1]
    return found


def _is_data(path: str) -> bool:
    words = split(re.split(r"\.|->|::", path)[-1])
    if not words or path.isupper() or _CHANNEL.intersection(words[-1:]):
        return False
    return bool(_DATA.intersection(words))


def _whom(material: Material, call: Call, data: frozenset[str]) -> tuple[str, ...]:
    """Return what a call is handed beside the data, and what it is called on."""
    copies = _copies(material)
    told = (
        (argument.strip(), {copies.get(path, path) for path in named_paths(argument[:600])}) for argument in call.args
    )
    beside = (argument for argument, paths in told if data.isdisjoint(paths) and not _MEASURE.fullmatch(argument))
    return (call.name.rpartition(".")[0], *beside)


def _refilled(material: Material, first: int, second: int, data: frozenset[str]) -> bool:
    """Tell whether something else is put into the data between the two sendings."""
    for one in material.statements[first + 1 : second]:
        if one.target and one.kind in ("assign", "declare") and not data.isdisjoint(_FIRST.findall(one.target)):
            return True
        for call in one.calls:
            given = {path for argument in call.args[:2] for path in named_paths(argument[:200])}
            if _FILLS.intersection(split(last_called(call.name))) and not data.isdisjoint(given):
                return True
    return False


def _apart(frame: Frame, first: int, second: int) -> bool:
    """Tell whether of two statements only one can happen: on two sides of a condition, or behind a leaving."""
    above = dict(_above(frame, first))
    if frame.statements[first].kind == "return" or first in dict(_above(frame, second)):
        return True  # the second is sent where the first could not be
    for at, branch in _above(frame, second):
        if at in above and above[at] != branch:
            return True
    return any(_leaves(frame, at, first) and not _within(frame, second, at) for at in above)


def _above(frame: Frame, index: int) -> Iterator[tuple[int, str]]:
    """Yield what encloses a statement, with the side on which it stands."""
    at = index
    for _ in range(64):
        one = frame.statements[at]
        if one.within < 0 or one.within == at:
            return
        yield one.within, one.branch
        at = one.within


def _within(frame: Frame, index: int, around: int) -> bool:
    return any(at == around for at, _ in _above(frame, index))


def _leaves(frame: Frame, at: int, first: int) -> bool:
    """Tell whether the block in which the first sending stands leaves the function or the round at its end."""
    one = frame.statements[at]
    inside = frame.children.get(at, ())
    behind = [child for child in inside if child > first]
    return one.kind == "case" or (bool(behind) and frame.statements[behind[-1]].kind in _JUMPS)


def _fixed(material: Material, index: int, call: Call) -> bool:
    """Tell whether whom a call sends to is an address in the code, given here or shortly before."""
    statement = material.statements[index]
    named = {name for argument in call.args for name in _FIRST.findall(argument[:300])} | {call.name.split(".")[0]}
    names = {name for name in named if not _is_data(name)}
    if any(map(_addresses, statement.literals)):
        return True
    for one in material.statements[max(0, index - _NEAR) : index]:
        around = _FIRST.findall(one.target) or [
            name for each in one.calls for name in _FIRST.findall(" ".join(each.args))
        ]
        if not names.isdisjoint(around) and (any(map(_addresses, one.literals)) or _octets(one)):
            return True
    return False


def _addresses(literal: Literal) -> bool:
    return literal.kind == "string" and any(
        reach not in ("loopback", "any") for *_, reach in endpoints_in(literal.text[:300])
    )


def _octets(one: Statement) -> bool:
    numbers = [literal.text for literal in one.literals if literal.kind == "number"]
    return (len(numbers) >= 4 and bool(re.search(r"AF_INET|addr|\bip", one.text))) or bool(
        re.search(r"0x[0-9a-fA-F]{8}\b", one.value)
    )


def _joins(material: Material, index: int) -> bool:
    """Tell whether a fixed address is written, or added, to whom a mail goes, as the names and texts beside it say."""
    statement = material.statements[index]
    alone = [one for one in statement.literals if _MAIL.fullmatch(one.text.replace("\\n", "").strip("<> \r\n"))]
    if not alone or statement.kind == "return":
        return False
    if statement.kind == "assign" and _GATHERS.search(statement.target):
        return statement.operator == "+=" or statement.target in statement.value
    writes = "<<" in statement.text or any(_WRITES.search(last_called(call.name)) for call in statement.calls)
    near = material.statements[max(0, index - _BESIDE) : index + _BESIDE]
    own = material.function.name if material.function else ""
    return writes and bool(
        _RECIPIENTS.search(own)
        or any(_RECIPIENTS.search(literal.text) for one in near for literal in one.literals)
        or any(_RECIPIENTS.search(call.name) for one in near for call in one.calls)
    )


def _wraps(statement: Statement) -> bool:
    """Tell whether a key is encrypted for a key that the code itself names: `SERVICE_KEY.encrypt(session_key, pad)`."""
    for call in statement.calls:
        if _WRAPPING.search(last_called(call.name)):
            named = (call.name.rpartition(".")[0], *call.args)
            if any(map(_OWN_KEY.fullmatch, named)) and any(map(_WRAPPED.fullmatch, call.args)):
                return True
    return False


def _recipient(statement: Statement) -> tuple[str, str]:
    """Return how somebody is added to whom something goes (hidden, shown, key), and whether the code says who."""
    if not _ABOUT.search(statement.text):
        return "", ""
    texts = [literal for literal in statement.literals if literal.kind == "string"]
    fixed = "fixed" if any(_MAIL.search(literal.text) for literal in texts) else ""
    for literal in texts:
        header = _HEADER.search(literal.text[:400])
        if header:
            return "hidden", fixed
        if _KEYS.fullmatch(literal.text):
            return "key", ""
    if _HIDES.search(statement.text) and statement.kind != "condition":
        return "hidden", fixed
    for call in statement.calls:
        name, own = last_called(call.name), call.name.replace("()", "").rpartition(".")[0]
        if call.args and (
            _BCC.search(name)
            or (name in _GROWS and _BCC.search(last_called(own)))
            or (len(call.args) > 1 and _NAMED_BCC.fullmatch(call.args[0].strip()))
        ):
            return "hidden", fixed
        if (
            fixed
            and _ADDS.search(call.name.replace("()", ""))
            and any(_MAIL.search(argument) for argument in call.args)
        ):
            return "shown", fixed
        if fixed and name in _GROWING and len(call.args) > 1 and _GROWN.search(call.args[0][:200]):
            return ("shown", fixed) if any(map(_MAIL.search, call.args[1:])) else ("", "")
        if fixed and _MAILS.search(call.name) and any(map(_beside_fixed, call.args)):
            return "shown", fixed
    return "", ""


def _beside_fixed(argument: str) -> bool:
    """Tell whether a list of recipients holds a fixed address beside one that is handed in."""
    held = _LIST.search(argument[:600]) if "@" in argument else None
    texts = _QUOTED.findall(held[1]) if held else []
    return held is not None and any(map(_MAIL.fullmatch, texts)) and bool(_FIRST.search(_QUOTED.sub(" ", held[1])))
