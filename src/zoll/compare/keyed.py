"""Keys, nonces and salts made of less: of what others can tell, of one draw that is kept, or of none."""

import re
from collections.abc import Iterator

from zoll.compare.conditions import Weak
from zoll.compare.strength import fold, table
from zoll.compare.view import View, last
from zoll.parse.code import Statement
from zoll.parse.lengths import lengths

# What a key, or what it is made from, is called, and what makes one of what it is given.
_SECRET = re.compile(
    r"(?<![A-Za-z])(?:\w{0,40}[a-z_])?(?:[nN]once|[tT]oken|[sS]alt|[sS]ecret|[sS]eed|IV|[kK]ey|[cC]hallenge|[cC]ookie|"
    r"[oO]tp|[pP]assword|[pP]in)(?:_?(?:hash|buf|bytes|data|raw))?\d?\Z|(?:\A|[_.>])(?:iv|sid)\Z"
)
_OF_SESSIONS = re.compile(r"(?i)(?:\A|_)(?:sess(?:ion)?|ticket|captcha|csrf)(?:_|\Z)")
_MAKES_KEYS = re.compile(
    r"(?i)pbkdf|scrypt|argon2|hkdf|bcrypt|(?:\A|_)kdf|derive|generichash|blake|hmac(?:_?sha)?\d*\Z|aesgcm|chacha20poly|"
    r"SecretKeySpec|PBEKeySpec|fernet|create_?cipher|create_?hash|sha(?:256|512|1|384)?(?:_hex)?\Z|md5|set_?seed|from_seed|"
    r"seed_from|secretbox|key_?schedule|set_?(?:encrypt_?)?key"
)
# What somebody else can tell: names of machines, their numbers, times, processes, what is public of somebody.
_TELLABLE = re.compile(
    r"(?<![A-Za-z])(?:(?:get)?_?host_?name|uname|(?:\w{0,20}_)?serial(?:_?(?:no|num|number|nr))?|mac_?addr(?:ess)?|hw_?addr|"
    r"machine_?id|boot_?id|device_?id|get_?pid|pid|uptime|imei|imsi|user_?name|e_?mail|pub(?:lic)?_?key|time_ns|"
    r"current_?time_?millis|nano_?time|unix_?nano|micro_?time|tick_?count|install_?date|build_?date|version|ip_?addr(?:ess)?)"
    r"(?![A-Za-z])|(?<!\$)\$\$(?![\w{])|(?<![\w$>.])time(?=\s?[/,;)])|\buniqid\(|\bgetmypid\b|Date\.now\b|\btime\.(?:time|Now)\b|\btime\(|\bTime\.now\b|SystemTime::now",
    re.IGNORECASE,
)
_AGREES = re.compile(r"(?i)priv|ecdh|(?<![a-z])dh(?![a-z])|exchange|agree|shared|derive[-_](?!key)|x25519|x448|kem")
_DERIVES = re.compile(r"(?i)(?:pbkdf2|scrypt|argon2|hkdf|bcrypt)\W{1,2}\w+\Z")
_DOTTED = re.compile(r"[A-Za-z_][\w.]*")
_PARTS = re.compile(r"([a-z0-9])([A-Z])")
_COPIES = frozenset({"memcpy", "memmove", "memset", "bzero", "copy", "bcopy", "strncpy", "strcpy", "snprintf", "fill"})
_WORD = re.compile(r"[A-Za-z_]\w*")
_PLACE = re.compile(r"[&*]*((?:\w{1,40}(?:->|\.|::))*\w{1,60})(?:\[[^\]]{0,20}\])?")
# A field of the thing itself: what it holds was there before.
_OWN_FIELD = re.compile(
    r"(?:(?:self|this|\$this|[a-z])(?:\.|->)|@)_{0,2}\w{0,30}(?i:nonce|iv|salt|challenge|seed)\w{0,12};?"
)
_ONCE = re.compile(r"(?i)(?:nonce|_?iv|salt|challenge)\d?\Z|\A(?:iv|nonce|salt)")
_SIZES = re.compile(r"(?i)(?:size|len|length)\Z|\A(?:make|new|[cm]?alloc|calloc)\Z")
_NAMED = re.compile(r"[A-Za-z_]\w*")
_TAKES = re.compile(r">>|[/%]|&(?!&)")
_FALLBACK = re.compile(
    r"(?:unwrap_or(?:_else)?\(|\?\?|\|\|| or |\?:|(?:getOrDefault|getenv|fetch|\.get)\([^,()]{1,60},)"
    r"\s?(?:\|\w*\|\s?)?[*&]?[bur]?([\"'][^\"'\s]{8,}[\"'])"
)
_KEYS = re.compile(r"(?i)(?:key|secret|token)_?(?:provider|store|vault|manager|ring|file|loader)")
_READER = re.compile(r"(?i)rand(?:om)?\.Reader")
_LONG = 600
_MOST = 60
_BRINGS = re.compile(r"(?i)rand|gen|new|create|make|draw|entropy|unique|uuid|next|nonce|salt|fill|read|get|load|fetch")


def made_of_less(view: View, index: int) -> Iterator[tuple[Weak, Statement, Statement]]:
    """Yield how the statements of a run make keys and nonces of less than before."""
    for place, other in view.runs[index].pairs[:_MOST]:
        one, two = view.sides[0][place], view.sides[1][other]
        if weak := _of_tellable(one, two) or _of_one_draw(one, two) or _of_part(one, two) or _of_fallback(one, two):
            yield weak, one, two
    for place in range(*view.runs[index].old)[:_MOST]:
        yield from _undrawn(view, place)


def _of_tellable(one: Statement, two: Statement) -> Weak | None:
    """Return what others can tell and is put in the place of what made a key."""
    if one.kind != two.kind or max(len(one.text), len(two.text)) > _LONG:
        return None
    same = bool(one.calls and two.calls) and one.calls[0].name == two.calls[0].name
    if not (same and any(makes_keys(call.name) for call in two.calls)) and not _key_made_anew(one, two):
        return None
    found = _TELLABLE.search(_apart(two.text))
    gone = [word for word in _WORD.findall(one.value or one.text) if word not in _WORD.findall(two.text)]
    if found is None or not gone or _TELLABLE.search(_apart(one.text)):
        return None
    if "pub" in found[0].lower() and _AGREES.search(_apart(two.text)):
        return None  # of two public keys, with a private one, a secret is agreed on
    plain = found[0].replace("_", "").lower()
    written = (word for word in _DOTTED.findall(two.text) if plain in word.replace("_", "").lower())
    return Weak("randomness", gone[0], next(written, found[0]), how="tellable")


def makes_keys(name: str) -> bool:
    """Tell whether a call by its name makes a key, a hash or a cipher of what it is given."""
    return bool(_MAKES_KEYS.search(last(name)) or _DERIVES.search(name))


def _key_made_anew(one: Statement, two: Statement) -> bool:
    """Tell whether a key or token that a call brought is what another call makes now."""
    same = one.target == two.target and bool(_SECRET.search(two.target))
    return same and bool(one.calls and two.calls)


def _apart(text: str) -> str:
    """Return a text with the words of its names apart, so that `publicKey` is one name of two words."""
    return _PARTS.sub(r"\1_\2", text)


def _of_one_draw(one: Statement, two: Statement) -> Weak | None:
    """Return a nonce that was drawn each time and now is what the thing itself holds."""
    if one.target != two.target or not _ONCE.search(one.target) or not _OWN_FIELD.fullmatch(two.value.strip()):
        return None
    call = next(iter(_draws(one)), "")
    return Weak("randomness", call, two.value.strip(" ;"), how="once") if call else None


def _of_part(one: Statement, two: Statement) -> Weak | None:
    """Return a bound under which something secret is drawn, and of which something is taken off now."""
    before = {call.name: call.args for call in one.calls}
    ladder = table().ladder("random")
    for call in two.calls:
        if ladder.tier(fold(last(call.name))) != 0:
            continue
        for old, new in zip(before.get(call.name, ()), call.args, strict=False):
            mine, theirs = "".join(old.split()), "".join(new.split())
            if _NAMED.match(mine) and theirs.startswith(mine) and _TAKES.match(theirs, len(mine)):
                return Weak("randomness", old, new, how="part")
    return None


def _of_fallback(one: Statement, two: Statement) -> Weak | None:
    """Return a fixed text that is taken for a key or secret where none is to be had."""
    told = [two.target, *(argument.strip("\"'") for call in two.calls for argument in call.args[:1])]
    found = _FALLBACK.search(two.text[:_LONG]) if any(map(_SECRET.search, told)) or _KEYS.search(two.text) else None
    if found is None or _FALLBACK.search(one.text[:_LONG]) or found[1] in one.text:
        return None
    return Weak("randomness", "", found[1], how="fallback")


def _draws(one: Statement) -> Iterator[str]:
    """Yield the calls of a statement that draw from a strong generator."""
    for length in lengths(one) if one.calls else ():
        if length.purpose == "drawn":
            yield length.call
    ladder = table().ladder("random")
    yield from (call.name for call in one.calls if ladder.tier(fold(last(call.name))) == 0)


def _undrawn(view: View, place: int) -> Iterator[tuple[Weak, Statement, Statement]]:
    """Yield a buffer for something secret that was filled at random, is still used, and nobody fills any more."""
    one, partner = view.sides[0][place], view.partner.get(place)
    call = next(iter(_draws(one)), "") if one.calls else ""
    if not call or (partner is not None and any(_draws(view.sides[1][partner]))) or view.calls[1][last(call)]:
        return
    filled, heads = _filled(one), [side[0].text if side[0].word == "function" else "" for side in view.sides]
    named = [filled, *_WORD.findall(heads[0][:200])[:5]]
    speaks = any(_SECRET.search(name) or _OF_SESSIONS.search(name) for name in named)
    if not filled or not speaks or view.moved_away(f"{last(call)}("):
        return
    handed = filled in _WORD.findall(heads[1]) and filled not in _WORD.findall(heads[0])
    uses = [two for two in view.sides[1] if two.word != "function" and filled in _WORD.findall(two.text)]
    if uses and not handed and not any(_brings(two, filled) for two in uses):
        yield Weak("randomness", call, filled, how="unfilled"), one, uses[0]


def _filled(one: Statement) -> str:
    """Return the buffer that a call fills at random, "" where it hands out what it drew."""
    for length in lengths(one):
        sides = [*length.sides, length.text] if length.purpose == "drawn" else []
        found = next(filter(None, (_PLACE.fullmatch(side.strip()) for side in sides if not _READER.search(side))), None)
        if found and not found[1].isdigit():
            return re.split(r"->|\.|::", found[1])[-1]
    return ""


def _brings(two: Statement, filled: str) -> bool:
    """Tell whether a statement fills a buffer by a call that may draw it, or takes it from somewhere."""
    ladder = table().ladder("random")
    for call in two.calls:
        name = last(call.name)
        if (name in _COPIES and len(call.args) > 1) or _SIZES.search(name) or ladder.tier(fold(name)) > 0:
            continue
        first = call.args[0] if call.args else ""
        if (filled in _WORD.findall(first) or two.target == filled) and _BRINGS.search(name):
            return True
    return False
