"""What a digest, signature or tag covers: a shorter length, a part left out, additional data no longer given."""

import re
from collections.abc import Iterator, Sequence

from zoll.compare.conditions import Weak
from zoll.compare.keyed import makes_keys
from zoll.compare.view import View, last
from zoll.parse.code import Call, Statement
from zoll.parse.lengths import Length, shortened

_COVERS = re.compile(
    r"(?i)(?:\A|[_.a-z\d])(?:sha\d{0,3}|md5|sm3|blake\d?\w?|h?mac|cmac|gmac|poly1305|hash|digest|sign|verify|crc32)"
    r"(?:_?(?:sha)?\d{0,3})?(?:_?(?:update|final|data|detached|hash|raw|message|buf|bytes|new|sum256|sum))?\Z|"
    r"(?:hash|hmac|sha\d+|md5|digest|sign|verify)_?(?:update|init|hmac)\w{0,12}\Z|\A(?:Sum(?:256|512)|compute_?hash|hash_hmac|createHmac)\Z"
)
_UPDATES = re.compile(r"(?i)\A(?:\w{0,30}_)?(?:update|write|feed|absorb|input|add_?data|consume)\Z")
_HASHER = re.compile(
    r"(?i)(?:\A|[_.>$@&*(])(?:h|m|d|s|md|mac|h?mac\w{0,8}|hash\w{0,6}|digest\w{0,4}|sha\d{0,3}|sig\w{0,8}|signer|verifier|"
    r"[a-z]{0,6}_?ctx|context|hasher|state|blake\w{0,3}|poly)\Z"
)
_MESSAGE = re.compile(
    r"(?i)(?:payload|message|msg|to_?sign|signed\w{0,8}|signing\w{0,8}|sign_?(?:data|input|base)|canonical\w{0,12}|material|"
    r"base_?string|data|buf(?:fer)?|input|content|preimage|transcript|tbs)\Z"
)
_LENGTH = re.compile(
    r"(?i)\A(?:(?:sizeof\b|strlen\().*|[\w.>()-]*(?:len|length|size|count|bytes)(?:\(\))?)(?:\s?[-/%&>].{1,20})?\Z"
)
# A length that the message itself brings, in the order of bytes of the network or in a field of its head.
_SENT = re.compile(
    r"\b(?:(?:ntoh|be|le|betoh|letoh)\w{0,10}|get_(?:be|le|unaligned)\w{0,10}|(?:Read|From|Get)\w{0,6}(?:BE|BigEndian|16|32))\s?\("
)
_LESSER = re.compile(r"(?i)(?<![a-z])min(?:_t|imum)?\(|<=?[^?]{1,60}\?|>=?[^?]{1,60}\?")
_AEAD = re.compile(r"(?i)\A(?:seal|open|encrypt|decrypt)(?:_(?:in_place|and_digest|detached)\w{0,20})?\Z")
_ASIDE = re.compile(
    r"(?i)(?:\A|[_.>(&*]|[a-z](?=A))(?:aad|ad|assoc\w{0,12}|additional\w{0,12}|header|hdr|context)\)?\Z"
)
_SETS_ASIDE = re.compile(
    r"(?i)\A(?:(?:set|update|add)_?aad|(?:set_?|authenticate_?)?(?:additional|associated)_?(?:authenticated_?)?data)\Z"
)
_NOTHING = frozenset({"nil", "None", "NULL", "null", "nullptr", "undefined", "0"}) | {
    'b""',
    "b''",
    '""',
    "''",
    "[]",
    "&[]",
    "[]byte{}",
}
_JOINED = re.compile(r"\s\+\s|\s\.\s|\|\||,")
_WORD = re.compile(r"[A-Za-z_]\w*")
_QUOTED = re.compile(r"[bruf]{0,2}(?:\"[^\"]*\"|'[^']*')")
# The beginning of a text, short enough to be guessed; 72 bytes are what bcrypt takes.
_BEGINNING = re.compile(
    r"\[(?:0?:)\s?(?:[0-9]|[12]\d|3[01])\]|\.(?:slice|substr(?:ing)?|subarray)\(0,\s?(?:[0-9]|[12]\d|3[01])\)"
)
_SEVERAL = 3
_MOST = 60
_NEAR = 16
_LONG = 600


def covers_less(view: View, index: int) -> Iterator[tuple[Weak, Statement, Statement]]:
    """Yield what the statements of a run leave out of what a digest, signature or tag covers."""
    for place, other in view.runs[index].pairs[:_MOST]:
        one, two = view.sides[0][place], view.sides[1][other]
        if max(len(one.text), len(two.text)) > _LONG:
            continue
        weak = _of_call(view, one, two) or _of_message(view, other, one, two)
        if weak:
            yield weak, one, two
    for one in view.removed(index)[:_MOST]:
        if weak := _left_out(view, one):
            two = view.sides[1][min(view.runs[index].new[0], len(view.sides[1]) - 1)]
            yield weak, one, two


def _of_call(view: View, one: Statement, two: Statement) -> Weak | None:
    """Return a shorter length that a covering call is given, or additional data that it is given no more."""
    for old, new in zip(one.calls, two.calls, strict=False):
        if old.name != new.name or len(old.args) != len(new.args):
            continue
        for before, after in zip(old.args, new.args, strict=True):
            if before == after:
                continue
            if _aside_gone(new, before, after) or (_covers(new) and _shorter(view, before, after)):
                return Weak("coverage", before, after)
            if (_covers(new) or makes_keys(new.name)) and (part := _part_gone(before, after)):
                return Weak("coverage", *part)
            break
    return None


def _part_gone(before: str, after: str) -> tuple[str, str] | tuple[()]:
    """Return what a covering call is given no more: one of several parts, or all but the beginning of one."""
    if _BEGINNING.sub("", after) == before and _BEGINNING.search(after):
        return before, after
    olds, news = _parts(before), _parts(after)
    gone = [part for part in olds if part not in news]
    kept = [part for part in olds if part in news]
    named = bool(gone) and kept == news != [] and not _QUOTED.fullmatch(gone[0]) and f"{gone[0]}(" not in before
    return (gone[0], "") if named and len(gone) == 1 else ()


def _covers(call: Call) -> bool:
    if call.name.endswith(("hmac.new", "hmac.digest")):
        return True
    return bool(_COVERS.search(last(call.name)) or (_UPDATES.match(last(call.name)) and _on_hasher(call)))


def _on_hasher(call: Call) -> bool:
    holder = call.name.rpartition(".")[0] or (call.args[0] if len(call.args) > 1 else "")
    return bool(_HASHER.search(holder))


def _shorter(view: View, before: str, after: str) -> bool:
    if _capped(before, after) or (_SENT.search(after) and not _SENT.search(before) and _LENGTH.match(before)):
        return True
    if not (_LENGTH.match(before) and _LENGTH.match(after)):
        return False
    if shortened(Length("hashed", "", before, ()), Length("hashed", "", after, ()), view.pointers):
        return True
    field = after.replace("->", ".").partition(".")[2]
    return bool(field) and before.isidentifier() and before in view.new_names  # the whole length is still known


def _capped(before: str, after: str) -> bool:
    """Tell whether the lesser of a length and of something else counts: `MIN(n, 2)`, `n < 2 ? n : 2`."""
    mine, whole = "".join(before.split()), "".join(after.split())
    lesser = _LESSER.search(whole)
    return bool(mine and lesser and mine != whole) and mine in _WORD.findall(whole) and not _LESSER.search(mine)


def _aside_gone(call: Call, before: str, after: str) -> bool:
    return after.strip() in _NOTHING and bool(_AEAD.match(last(call.name))) and bool(_ASIDE.search(before.strip()))


def _of_message(view: View, other: int, one: Statement, two: Statement) -> Weak | None:
    """Return a part of a message that is put together for a covering call, and is no more in it."""
    if not two.target or one.target != two.target or not _MESSAGE.search(two.target) or one.kind != two.kind:
        return None
    olds, news = _parts(one.value), _parts(two.value)
    gone = [part for part in olds if part not in news]
    if not gone or len(news) >= len(olds) or any(part not in olds for part in news):
        return None
    left = [part for part in gone if not _QUOTED.fullmatch(part)]
    near = view.sides[1][other + 1 : other + _NEAR]
    used = [after for after in near if two.target in _WORD.findall(after.text) and any(map(_covers, after.calls))]
    if not left or not used or any(_named_in(left[0], after) for after in used):
        return None
    return Weak("coverage", left[0], "")


def _parts(value: str) -> list[str]:
    return [part.strip(" ;()") for part in _JOINED.split(value[:_LONG]) if part.strip(" ;()")]


def _named_in(part: str, one: Statement) -> bool:
    return bool(set(_WORD.findall(part)[-1:]) & set(_WORD.findall(one.text)))


def _left_out(view: View, one: Statement) -> Weak | None:
    """Return what was fed to a digest beside other things, is still at hand, and is fed to it no more."""
    for call in one.calls[:1] if one.kind in {"call", "other", "condition"} else ():
        name, given = last(call.name), call.args[-1:] if "." in call.name and len(call.args) == 1 else call.args[1:2]
        if not given or not given[0] or view.calls[1][name] >= view.calls[0][name]:
            continue
        feeds = (_UPDATES.match(name) and _on_hasher(call)) or (_COVERS.search(name) and "update" in name.lower())
        if feeds and view.calls[1][name] and _still_fed(view.sides[1], call) and not _fed(view, given[0]):
            return Weak("coverage", given[0], "")
    for call in one.calls:
        name = last(call.name)
        if _SETS_ASIDE.match(name) and call.args and not view.calls[1][name] and not view.renamed(name):
            return Weak("coverage", call.args[-1] if len(call.args) < _SEVERAL else call.args[1], "")
    return None


def _still_fed(side: Sequence[Statement], gone: Call) -> bool:
    """Tell whether another call feeds the same digest: on the same thing, or with the same thing first."""
    same = (call for one in side for call in one.calls if call.name == gone.name)
    return any("." in gone.name or call.args[:1] == gone.args[:1] for call in same)


def _fed(view: View, given: str) -> bool:
    """Tell whether a new statement hands the same thing on, or nothing speaks of it any more."""
    words = {word for word in _WORD.findall(given) if word not in {"b", "f", "str", "bytes", "byte", "encode"}}
    if not words or not words & view.new_names:
        return True
    came = (view.sides[1][two] for index in range(len(view.runs)) for two in range(*view.runs[index].new))
    return any(words <= set(_WORD.findall(one.text)) for one in came if one.calls)
