"""Values with an order in security, of two statements that stand for each other: lengths, rights, lasting times."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from zoll.compare.conditions import Weak
from zoll.compare.spans import multiplied, stretched
from zoll.compare.steps import keeps_on
from zoll.compare.strength import says
from zoll.compare.view import View
from zoll.compare.words import weaker_word
from zoll.parse.accumulators import gathers
from zoll.parse.arithmetic import evaluate
from zoll.parse.code import Statement
from zoll.parse.lengths import Length, cut, lengths, shortened, to_the_end, whole
from zoll.parse.rights import Rights, rights, wider

_VALUE = {"compared": "length", "drawn": "randomness"}
_LOOPS = frozenset({"for", "while", "do", "until"})
_BOUNDS = frozenset({"<", "<=", "!=", ">", ">="})
_WORD = re.compile(r"\w+")
_DRAWN = re.compile(
    r"(?<![\w$])(?:rand|mt_rand|random_bytes|random_int|randombytes|urandom|getrandom|token_(?:hex|bytes|urlsafe)|uuid4|"
    r"randomBytes|randomUUID|getRandomValues|SecureRandom|arc4random\w*|RAND_bytes|random\.\w+|Math\.random)\b"
)
_MAKES = re.compile(r"(?i)ran?d|gen|new|create|make|draw|bytes|entropy|unique|uuid|secur|crypt|nonce|salt|token|secret")
_GUESSED = re.compile(r"(?i)nonce|token|salt|secret|session|cookie|csrf|challenge|otp|passw|ticket|sid\b|_?iv\b|key")
_DEFINED = re.compile(r"#\s{0,4}define\s+(\w{1,80})\s+(.{1,120})\Z")
_FIELD = re.compile(r"\.(\w{2,60})\s?=\s?(\w{1,60})(?=\s?[,}])")  # `.strict_modes = 1`
_ON = frozenset({"1", "true", "TRUE"})
_CLOSED = re.compile(r"\b(?:SSL_)?OP_NO_(?:SSL|TLS|DTLS)v?\w{0,6}\b")
_FOLLOWS_NOT = re.compile(r"\b(?:O|AT_SYMLINK)_NOFOLLOW\b|\bRESOLVE_(?:NO_SYMLINKS|BENEATH)\b")  # open(2), openat2(2)
_TAGS = frozenset(f"EVP_CTRL_{mode}_SET_TAG" for mode in ("AEAD", "GCM", "CCM"))  # EVP_EncryptInit(3)
_BODY = 24
_NAME = re.compile(r"[A-Za-z_$]\w*")
_SHORT = re.compile(r"\b[A-Za-z_$]{1,2}\b")
_OF_TYPE = re.compile(r"sizeof\s?\(\s?(?:(?:const\s)?(?:struct|union|enum)\s|\w{1,60}_t\s?\))")
_HEAD = re.compile(r"([A-Za-z_$]\w*)(\s*\()?")
_KEY = re.compile(r"^[A-Za-z_]\w*\s*[=:]\s*")
_STRETCHES = re.compile(
    r"pbkdf|bcrypt|scrypt|argon|gensalt|key_?gen|gen(?:erate)?_?(?:rsa_?|private_?|ec_?|dh_?)?key|PBEKeySpec|iterations?$|rounds$|set_?tag|"
    r"tag_?len|security_?level|dh_?param|RSA_generate|key_?derivation|derive_?key|hkdf|password_hash|crypt_gensalt",
    re.IGNORECASE,
)


def compare_degrees(view: View, place: int, other: int) -> Iterator[Weak]:
    """Yield what is less than before where less is weaker, and more than before where more is."""
    one, two = view.sides[0][place], view.sides[1][other]
    yield from _of_lengths(one, two, view)
    yield from _of_rights(view, one, two)
    yield from _of_loop(view, place, other)
    yield from _of_value(one, two)
    yield from _of_tolerance(one, two)
    if view.language in ("c", "cpp"):
        yield from _of_switched(one, two)
    yield from of_strength(one, two)
    yield from _of_draw(one, two)
    gone = set(_CLOSED.findall(one.text)) - set(_CLOSED.findall(two.text))
    if gone:
        yield Weak("algorithm", min(gone), "", how="allowed")
    followed = set(_FOLLOWS_NOT.findall(one.text)) - set(_FOLLOWS_NOT.findall(two.text))
    if followed and {call.name for call in one.calls} & {call.name for call in two.calls}:
        yield Weak("argument", min(followed), "")


def _of_lengths(one: Statement, two: Statement, view: View) -> Iterator[Weak]:
    olds, news = list(lengths(one)), list(lengths(two))
    for new in news:
        old = _twin(new, news, olds)
        if old is None:
            if new.purpose == "compared" and _was_whole(one, new) and not to_the_end(new.text):
                yield Weak("length", "whole", new.text, how="part")
            continue
        if new.purpose == "drawn" and _was_filled(one, two, new):
            yield Weak("randomness", "whole", new.text, how="part")
            continue
        how = shortened(old, new, view.pointers) or _other_thing(old, new, view)
        if how:
            yield Weak(_VALUE[new.purpose], old.text, new.text, how=how)


def _twin(new: Length, news: Sequence[Length], olds: Sequence[Length]) -> Length | None:
    """Return the old length that a new one took the place of: of the same sides, else the one at the same turn."""
    mine = [old for old in olds if old.purpose == new.purpose]
    same = [old for old in mine if old.sides == new.sides]
    if same:
        return next((old for old in same if old.text == new.text), same[0])
    theirs = [one for one in news if one.purpose == new.purpose]
    return mine[theirs.index(new)] if len(mine) == len(theirs) else None


def _was_whole(one: Statement, new: Length) -> bool:
    sides = {"".join((cut(side)[0] or side).split()) for side in new.sides}
    return any(sides == set(pair) for pair in whole(one))


def _was_filled(one: Statement, two: Statement, new: Length) -> bool:
    """Tell whether a call filled the whole of which it now fills a part."""
    mine, theirs = (
        [
            "".join(argument.removeprefix("&mut ").split())
            for call in side.calls
            if call.name == new.call
            for argument in call.args
        ]
        for side in (one, two)
    )
    return any(cut(argument)[0] in mine for argument in theirs if "[" in argument)


def _other_thing(old: Length, new: Length, view: View) -> str:
    """Say that the length of something else counts now, though what counted before is still there."""
    if old.purpose != "compared" and old.sides[:1] != new.sides[:1]:
        return ""
    if _OF_TYPE.search(new.text):
        return ""  # the size of a type is no other thing's; one that is too short is told as few
    heads = [_HEAD.match(one.text.strip()) for one in (old, new)]
    names = [_NAME.findall(one.text) for one in (old, new)]
    if not heads[0] or not heads[1] or not names[0] or not names[1] or names[0] == names[1]:
        return ""
    if heads[0][2] or heads[1][2]:  # the size of something
        fields = {name for side in (*old.sides, *new.sides) for name in _NAME.findall(side)}
        if heads[0][1] != heads[1][1] or names[0][-1] not in fields:
            return ""
        return "other" if names[1][-1] not in fields or (heads[0][1] != "sizeof" and names[0] != names[1]) else ""
    if _SHORT.sub("", old.text) == _SHORT.sub("", new.text) and _pressed(view):
        return ""  # a compressed program has other names each time
    said = names[0][-1] == names[1][-1] or (names[0][-1] in view.new_names and len(old.sides) == len(new.sides))
    return "another" if said and old.sides == new.sides else ""


def _pressed(view: View) -> bool:
    """Tell whether both sides are compressed programs: many statements stand in each line."""
    return all(len({one.line for one in side}) * 3 <= len(side) for side in view.sides)


def _of_rights(view: View, one: Statement, two: Statement) -> Iterator[Weak]:
    blind = view.compiled and view.asks_of_files
    olds, news = list(rights(one, compiled=blind)), list(rights(two, compiled=blind))
    if len(olds) != len(news):
        return
    for old, new in zip(olds, news, strict=True):
        fewer = old.bits != new.bits and (bool(new.call) or not new.bits & ~old.bits)
        if fewer and _same_place(old, new) and wider(old, new):
            yield Weak("mode", old.text, new.text, how=new.use)


def _same_place(old: Rights, new: Rights) -> bool:
    return old.use == new.use and (old.use == "tested" or old.call.rsplit(".", 1)[-1] == new.call.rsplit(".", 1)[-1])


def _of_loop(view: View, place: int, other: int) -> Iterator[Weak]:
    """Yield a loop that gathers the differences of two texts and now ends sooner."""
    one, two = view.sides[0][place], view.sides[1][other]
    if one.word not in _LOOPS or two.word not in _LOOPS or not one.tests or not two.tests:
        return
    inside = range(other + 1, min(other + 1 + _BODY, len(view.sides[1])))
    if not any(view.sides[1][at].within == other and gathers(view.sides[1], at) for at in inside):
        return
    old, new = ([test for test in side.tests if test.op in _BOUNDS and test.right] for side in (one, two))
    for before, after in zip(old, new, strict=False):
        mine, theirs = (Length("compared", "loop", test.right, (test.left,)) for test in (before, after))
        how = shortened(mine, theirs)
        if how and how != "variable":
            yield Weak("length", before.right, after.right, how=how)


def _of_tolerance(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield how much something may be off, that is taken several times now."""
    if one.kind == two.kind and "\n" not in one.text[:1] and ("<<" in two.text or "*" in two.text):
        old, new = stretched(one.text, two.text)
        if new:
            yield Weak("bound", old, new, how="stretched")


def _of_switched(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield a field of C that an initializer turned on and leaves at nought now, where nothing else was changed."""
    if one.kind != "declare" or one.target != two.target or "{" not in one.text:
        return
    gone = set(_FIELD.findall(one.text)) - set(_FIELD.findall(two.text))
    named = [
        name for name, value in gone if value in _ON and keeps_on(name) and not re.search(rf"\b{name}\b", two.text)
    ]
    if len(gone) == len(named) == 1:
        yield Weak("argument", f"{named[0]} = 1", "", how="untold")


def _of_value(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield a fixed value worked out from several numbers, as `60 * 60` is, that grew or shrank.

    So does a span that is taken in a larger unit.
    """
    old, new = _named(one), _named(two)
    if old[0] != new[0] or not old[0] or (old[1].isdigit() and new[1].isdigit()) or new[1] == old[1]:
        return
    before, after = evaluate(old[1]), evaluate(new[1])
    if before is None and multiplied(old[1], new[1], [old[0]]):
        yield Weak("bound", old[1], new[1], how="unit")
    if before is not None and after is not None and before != after:
        found = weaker_word(str(before), str(after), [old[0]], two.text)
        if found:
            yield Weak(found.value, old[1], new[1], found.kind, found.how)


def _of_draw(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield a secret that is put together without the part that was drawn, and with nothing in its place."""
    drawn = _DRAWN.search(one.text) if _GUESSED.search(one.target) and two.target == one.target else None
    if not drawn or _DRAWN.search(two.text) or not _NAME.search(two.value):
        return
    before, after = (set(_WORD.findall(side.text)) for side in (one, two))
    if len(before & after) * 2 > len(before) and not any(_MAKES.search(word) for word in after - before):
        yield Weak("randomness", drawn[0], "", how="undrawn")


def _named(one: Statement) -> tuple[str, str]:
    if one.kind == "directive":
        found = _DEFINED.match(one.text.strip())
        return (found[1], found[2].strip()) if found else ("", "")
    return one.target, one.value.strip() if one.kind in ("assign", "declare") else ""


@lru_cache(maxsize=1 << 12)
def _stretches(name: str) -> bool:
    return _STRETCHES.search(name) is not None


def of_strength(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield a number that makes guessing dear, of rounds or bits, and that became smaller."""
    told = (call for call in one.calls if _stretches(call.name.rsplit(".", 1)[-1]) or _TAGS & set(call.args))
    before = {call.name: call.args for call in told}
    for call in two.calls if before else ():
        for old, new in zip(before.get(call.name, ()), call.args, strict=False):
            if (key := _KEY.match(new)) and says(key[0], "least"):
                continue  # words say that already
            first, second = (evaluate(_KEY.sub("", text)) for text in (old, new))
            if first is not None and second is not None and 0 <= second < first:
                yield Weak("strength", old, new)
