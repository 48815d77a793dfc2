"""Compares an old and a new statement of one kind word by word: is a word of the new one weaker."""

import re
from collections.abc import Iterator

from msgspec.structs import replace
from rapidfuzz.distance import Indel

from zoll.compare.conditions import Weak
from zoll.compare.patterns import is_pattern, lists_let_in, wider, wider_network, wider_paths
from zoll.compare.required import is_given
from zoll.compare.sizes import of_secret
from zoll.compare.spans import lasts, weaker_span
from zoll.compare.steps import keeps_on, opens
from zoll.compare.strength import about, belongs, fold, named, number, says, step_down, table, weak_words, words_of
from zoll.parse.code import Statement
from zoll.parse.rights import more_letters
from zoll.parse.spelling import as_super

_TOKEN = re.compile(
    r"\"(?:\\.|[^\"\\]){0,300}\"|`[^`]{0,300}`|'(?:\\.|[^'\\]){0,300}'|/(?:\\.|[^/\\\s]){2,200}/[a-z]{0,6}|[A-Za-z_]\w*|\d\w*(?:\.\d\w*)*|\S"
)
_NAME = re.compile(r"[A-Za-z_]\w*")
_TRUE = frozenset(
    {
        "true",
        "True",
        "TRUE",
        "yes",
        "on",
        "1",
        '"true"',
        '"yes"',
        '"on"',
        "'true'",
        "'yes'",
        "'on'",
        "!0",
        "Y",
        "enabled",
    }
)
_FALSE = frozenset(
    {
        "false",
        "False",
        "FALSE",
        "no",
        "off",
        "0",
        '"false"',
        '"no"',
        '"off"',
        "'false'",
        "'no'",
        "'off'",
        "!1",
        "N",
        "disabled",
        "None",
        "null",
        "nil",
        "NULL",
    }
)
_MODE_CALLS = re.compile(
    r"chmod|mkdir|makedirs|open|creat|umask|mkfifo|mknod|mode|perm|WriteFile|OpenFile|Mkdir|install", re.IGNORECASE
)
_PATTERN_CALLS = re.compile(
    r"match|search|compile|regexp?|regcomp|RegExp|pattern|test|re2|preg_|fullmatch|=~", re.IGNORECASE
)
_LETTERED = re.compile(r"(?i)perm|access|rights|devices?\Z|volumes?\Z|cgroup_?rules?\Z")
# `re.split('\\.', x)` that became `x.split('.')`: what was a pattern is a text now, in which a dot is a dot.
_WITH_PATTERNS = re.compile(r"\b(?:re|regex|Regexp?|RegExp|preg)[._]\w{1,30}\s?\(")
_CALLED = re.compile(r"([A-Za-z_]\w{2,40}+)\s?\(")
_LISTED = re.compile(r"[\w.-]{2,40}+")
_NOTHING = frozenset({"none", "null", "plain", "xor"})
_QUOTED = re.compile(r"[\"']([A-Za-z][\w.-]{2,60})[\"']")
_SECRET = frozenset({"password", "key", "token"})
_OF_CRATE = re.compile(r"\brand::(?:rng|random|thread_rng)\b")  # Rust's, which a strong cipher feeds
_ASKS = frozenset({"#if", "#elif"})
_TAKEN = re.compile(r"(?i:rand|nonce)\w{0,20}\s?\([^()]{0,80}\)[\s)]{0,8}(>>|&|%)\s?\(?(\w{1,40})")
_LEAST = re.compile(r"MIN(?:IMUM)?_[A-Z_]{3,20}")
_WORDS = 12
_TOKENS = 1500
_MODE = 0o777
_ELSE = (["?", "?"], ["/", "/"], ["|", "|"])
_CLOSES = frozenset({"}", "]", ")"})
_TYPE = 12  # words between a name and its value
_NO_TYPE = frozenset({"=", ",", ";", "(", ")", "{", "}"})
# Ladders of words that mean something else elsewhere.
_COMMON = frozenset(
    {"policy", "verification", "role", "bind", "random", "loading", "unit", "binding", "token", "whole", "each"}
    | {"every", "program", "markup", "stored", "joining", "resolving"}
)
_CALLS_ONLY = frozenset(["whole", "each", "every", "program", "joining", "resolving"])
_TOKENS_OF = re.compile(r"jwt|jws|token|claims|bearer", re.IGNORECASE)
_TABLE = 8
# The versions as they stand on the wire (RFC 8446 section 4.2.1, RFC 6347), by how late they are.
_WIRE = {0x0300: 1, 0x0301: 2, 0x0302: 2, 0x0303: 3, 0x0304: 4, 0xFEFF: 2, 0xFEFD: 3}
_DOTTED = ("", "1.0", "1.1", "1.2", "1.3")
_TLS = re.compile(r"tls|ssl", re.IGNORECASE)
_LEAST_VERSION = re.compile(r"min|SSL_(?:CTX_)?ctrl\W{1,4}\w{1,40}, (?:123|0x7b)\b", re.IGNORECASE)
_BUILT = re.compile(
    r"\"[^\"]{0,300}[${]|[\"']\s?[.+]\s?[$\w]|[$\w)]\s?[.+]\s?[\"']|%s|sprintf|format!?\(", re.IGNORECASE
)
_VERDICT = re.compile(
    r"(?i)(?:is_?)?(?:verified|valid|authenticated|authori[sz]ed|allowed|permitted|trusted|accepted|granted|passed)"
)
NO, YES = frozenset({"false", "False", "FALSE", "0"}), frozenset({"true", "True", "TRUE", "1"})


def compare_words(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield words that became weaker between two statements that stand for each other."""
    if one.kind == "directive" and one.word in _ASKS:
        return  # it asks for a number that is set elsewhere
    olds, news = (_TOKEN.findall(text)[:_TOKENS] for text in (as_super(one.text, two.text), two.text))
    changed = _sign_let_in(one, two) or _table_changed(one, two, olds, news)
    if changed:
        yield changed
        return
    accepted = _starts_accepted(one, two)
    if accepted:
        yield accepted
        return
    plain = _WITH_PATTERNS.search(one.text) and not _WITH_PATTERNS.search(two.text)
    for a, b, c, d in _replaced(olds, news):
        found = _pair_words(olds, news, (a, b, c, d), two.text)
        told = (weak for weak in found if not (plain and weak.value == "literal") and not _starts_refused(weak, two))
        yield from (_placed(weak, two) for weak in told)


def _starts_refused(weak: Weak, two: Statement) -> bool:
    """Tell whether a verdict of the function's own now starts as a no: `let verified = false`."""
    return (
        weak.value == "argument"
        and two.kind == "declare"
        and weak.new == f"{two.target}={two.value}"
        and (bool(_VERDICT.fullmatch(two.target)) and two.value in NO)
    )


def _starts_accepted(one: Statement, two: Statement) -> Weak | None:
    """Return a verdict that starts as a yes now where it started as a no."""
    if one.kind != two.kind or two.kind != "declare" or one.target != two.target or not _VERDICT.fullmatch(two.target):
        return None
    yes = one.value in NO and two.value in YES
    return Weak("argument", f"{one.target}={one.value}", f"{two.target}={two.value}", how="value") if yes else None


def _placed(weak: Weak, two: Statement) -> Weak:
    """Return a switch that is turned with where it stands: in a function's head, in a value, else in a call."""
    if weak.value != "argument" or weak.how or "=" not in weak.new or two.kind not in {"assign", "declare"}:
        return weak
    if two.calls:
        return weak
    return replace(weak, how="default" if two.word == "function" else "value")


def _sign_let_in(one: Statement, two: Statement) -> Weak | None:
    """Return a pattern in which a class, or a list of signs that, newly has a sign that parts names."""
    found = lists_let_in(*([(found.kind, found.text) for found in side.literals] for side in (one, two)))
    return Weak("literal", *found) if found else None


def _replaced(olds: list[str], news: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield short runs of words that stand for each other; deletions beside insertions count as one replacement."""
    a = c = 0
    for block in [*Indel.opcodes(olds, news)]:
        if block.tag != "equal":
            continue
        yield from _short(a, block.src_start, c, block.dest_start)
        a, c = block.src_end, block.dest_end
    yield from _short(a, len(olds), c, len(news))


def _short(a: int, b: int, c: int, d: int) -> Iterator[tuple[int, int, int, int]]:
    if a < b and c < d and b - a <= _WORDS and d - c <= _WORDS:
        yield a, b, c, d


def _pair_words(olds: list[str], news: list[str], gap: tuple[int, int, int, int], text: str) -> Iterator[Weak]:
    a, b, c, d = gap
    old_words, new_words = olds[a:b], news[c:d]
    pairs = zip(old_words, new_words, strict=True) if b - a == d - c else _any_pairs(old_words, new_words)
    names = _names_before(news, c)
    if _names_before(olds, a)[:1] != names[:1]:
        names = []
    for place, (old, new) in enumerate(pairs):
        before = [*names, *(word for word in new_words[:place] if _NAME.fullmatch(word))] if b - a == d - c else names
        found = weaker_word(old, new, before, text)
        if found and not _other_names(old, new, old_words, new_words):
            yield found
            return


def _other_names(old: str, new: str, olds: list[str], news: list[str]) -> bool:
    """Tell whether the one stands among the new words by another name, and the other among the old ones."""
    return any(belongs(old, word) for word in news) and any(belongs(word, new) for word in olds)


def _any_pairs(olds: list[str], news: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each old word with each new one, without those that only got another name."""
    kept = [old for old in olds if not any(belongs(old, new) for new in news)]
    came = [new for new in news if not any(belongs(old, new) for old in olds)]
    return ((old, new) for old in kept for new in came)


def _names_before(words: list[str], index: int, reach: int = 6) -> list[str]:
    """Return the names just before a word, within the same argument or assignment; PHP's `define` names one."""
    names: list[str] = []
    if words[max(0, index - 4) : index - 2] == ["define", "("] and words[index - 1] == ",":
        return [words[index - 2].strip("\"'")]
    if words[index - 1 : index] == [","] and _asked_for(words[max(0, index - 5) : index - 1]):
        return [words[index - 2].strip("\"'")]
    if words[index - 2 : index] in _ELSE:  # `$o{verify} // 1`: what was asked for stands before
        index -= 2
        while index and words[index - 1] in _CLOSES:
            index -= 1
    index = _before_type(words, index)
    for word in reversed(words[max(0, index - reach) : index]):
        if word in {",", ";", ")", "}", "&", "|"}:
            break
        if _NAME.fullmatch(word) or word[:1] in "\"'":
            names.append(word.strip("\"'"))
    return names


def _before_type(words: list[str], index: int) -> int:
    """Return where the name ends of what has its type between it and its value: `verify: bool | None = True`."""
    if words[index - 1 : index] != ["="]:
        return index
    for place in range(index - 2, max(0, index - _TYPE), -1):
        if words[place] == ":":
            return place if _NAME.fullmatch(words[place - 1].rstrip("?")) or words[place - 1] == "?" else index
        if words[place] in _NO_TYPE:
            break
    return index


def _asked_for(words: list[str]) -> bool:
    """Tell whether words end in the name of a setting that a call asks for: `get("verify"`, `fetch(:verify`."""
    opened = next((place for place in (-2, -3) if words[place : place + 1] == ["("]), 0)
    if not opened or not words[opened - 1 : opened]:
        return False
    named_so = words[-1][:1] in "\"'" or bool(_NAME.fullmatch(words[-1]))
    return named_so and fold(words[opened - 1]) in table().words["asking"]


def weaker_word(old: str, new: str, names: list[str], text: str) -> Weak | None:
    """Return what is weaker in one word; the names before it say what a plain true or number is for."""
    value, ladder = step_down(old, new)
    if value == "randomness" and _OF_CRATE.search(text):
        return None
    if value and (ladder not in _COMMON or _fits(ladder, old, new, names, text)):
        return (
            Weak("bind" if ladder == "bind" else "role", old, new, "widened")
            if value == "widened"
            else Weak(value, old, new)
        )
    if _lower_protocol(old, new, names, text):
        return Weak("algorithm", old, new)
    if how := weaker_span(old, new, names, text):
        return Weak("bound", _told(names, old), _told(names, new), how=how)
    if old in _TRUE | _FALSE and new in _TRUE | _FALSE:
        return Weak("argument", _told(names, old), _told(names, new)) if _switched_off(old, new, names, text) else None
    if number(old) is not None and number(new) is not None:
        return _weaker_number(old, new, names, text)
    if number(old) is not None and _LEAST.fullmatch(new) and any(says(name, "least") for name in names[:3]):
        return Weak("strength", _told(names, old), new)
    if "/*" in (old[:2], new[:2]):
        return None  # a comment, not a pattern
    if any(_LETTERED.search(name) for name in names[:1]) and more_letters(old, new):
        return Weak("mode", old, new, how="letters")
    return _weaker_literal(old, new, text) if old[:1] in "\"'/`" and new[:1] in "\"'/`" else None


def _fits(ladder: str, old: str, new: str, names: list[str], text: str) -> bool:
    """Tell whether the place speaks of what a ladder of common words is for."""
    if ladder == "binding":
        return bool(_BUILT.search(text))
    if ladder in _CALLS_ONLY:
        return bool(re.search(rf"(?<!\w){re.escape(new)}[!?]?\s?\(", text))
    if ladder == "token":
        return bool(_TOKENS_OF.search(text))
    if ladder in {"markup", "stored"}:
        return (old[:1] in "\"'") == (new[:1] in "\"'") and (old[:1] not in "\"'" or "/" in new)
    if ladder == "random":
        return "(" in text or "/dev/" in old or "/rand" in new
    if ladder == "verification":
        return (len(old) > 10 and len(new) > 8) or any(named(name, "strict") for name in names)
    if ladder == "unit":
        words = _NAME.findall(text)[:60]
        return any(says(name, "most") or named(name, "lasting") for name in words) and any(
            named(name, "admitting") for name in words
        )
    if ladder == "role":
        return is_given(new, names, text)
    if ladder == "policy":
        return old.strip("\"'").islower() == new.strip("\"'").islower()
    return True


def _told(names: list[str], word: str) -> str:
    return f"{names[0]}={word}" if names else word


def _switched_off(old: str, new: str, names: list[str], text: str) -> bool:
    """Tell whether a named switch went from its safe to its dangerous value."""
    if (old in _TRUE) == (new in _TRUE) or not names:
        return False
    if fold(names[0]) in table().words["defaults"]:  # what holds where nothing is said
        asked = any(named(name, "strict") for name in _QUOTED.findall(text[:400]))  # a setting that asks for protection
        return old in _TRUE if asked else old in _FALSE
    return old in _FALSE if opens(names[0]) else old in _TRUE and keeps_on(names[0])


def _weaker_number(old: str, new: str, names: list[str], text: str) -> Weak | None:
    one, two = number(old), number(new)
    if one is None or two is None or one == two:
        return None
    if (
        _octal(old)
        and _octal(new)
        and not _masks(new, text)
        and _MODE_CALLS.search(text)
        and one <= 0o7777
        and two <= 0o7777
    ):
        umask = "umask" in text.lower()
        more = (one & ~two if umask else two & ~one) & 0o7077
        return Weak("mode", old, new) if more & (0o6027 if not umask else 0o027) else None
    if (two < one and _draws(text)) or _fewer_bits(one, two, new, text):
        return Weak("randomness", old, new)
    if two < one and of_secret(names, one, two):
        return Weak("length", _told(names, old), _told(names, new))
    if two < one and any(says(name, "least") for name in names[:3]):
        return Weak("length" if _protects(names) else "bound", _told(names, old), _told(names, new))
    if two >= one * 4 and (any(says(name, "most") for name in names[:2]) or lasts(names)):
        return Weak("bound", _told(names, old), _told(names, new))
    return None


def _protects(names: list[str]) -> bool:
    """Tell whether the least that names speak of is one of a secret or of who is let in: every length has its least."""
    telling = table().words["least"] - table().words["smallest"]
    return any(
        named(name, "admitting") or about(name) in _SECRET or not telling.isdisjoint(words_of(name))
        for name in names[:3]
    )


def _fewer_bits(one: int, two: int, new: str, text: str) -> bool:
    """Tell whether of a drawn number less is taken: more is shifted away, or a mask or a remainder is smaller."""
    steps = [found[1] for found in _TAKEN.finditer(text) if found[2] == new]
    return bool(steps) and (two > one if steps[0] == ">>" else two < one)


def _masks(new: str, text: str) -> bool:
    """Tell whether a number is held against the rights of a file rather than given to one."""
    return re.search(rf"&\s{{0,2}}\(?\s{{0,2}}{re.escape(new)}", text) is not None


def _lower_protocol(old: str, new: str, names: list[str], text: str) -> bool:
    """Tell whether a protocol's version, as a number, a text or a named constant, became a lower one; 0 is any."""
    small = text.lower()
    if "tls" not in small and "ssl" not in small and "proto" not in small:
        return False
    versions = [_version(word, names, text) for word in (old, new)]
    return 0 <= versions[1] < versions[0]


def _version(word: str, names: list[str], text: str) -> int:
    """Return the rank of a protocol version, 0 for any, -1 for none."""
    value, plain = number(word), word.strip("\"'")
    if value is not None and plain == word:
        return _WIRE.get(value, 0 if value == 0 and _LEAST_VERSION.search(text) else -1)
    if plain in _DOTTED:
        return _DOTTED.index(plain) + 1 if any(_TLS.search(name) for name in names[:3]) else -1
    tier = table().ladder("protocol").tier(fold(word))
    return len(table().ladder("protocol").tiers) - tier if tier >= 0 else -1


def _draws(text: str) -> bool:
    """Tell whether a statement asks a strong generator for something."""
    return any(table().ladder("random").tier(fold(name)) == 0 for name in _CALLED.findall(text))


def _octal(text: str) -> bool:
    return len(text) > 2 and (text.startswith(("0o", "0O")) or (text.startswith("0") and text.isdigit()))


_PLAIN_WORD = re.compile(r"(?<![^\s\"'])[A-Za-z]?[a-z]{1,20}(?![^\s.,:;\"'])")
_SENTENCE = 5
# What lets pass the paths that it is given.
_LETS = re.compile(r"(?i)permit_?all|anonymous|ignor|exclud|exempt|skip|unless|public|allow|white_?list|without|bypass")
_LISTS = re.compile(r"(?i)cipher|priority|suite|protocol|algorithm")


def _weaker_literal(old: str, new: str, text: str) -> Weak | None:
    if wider_network(old, new):
        return Weak("network", old, new, "widened")
    if "*" in new and _LETS.search(text) and wider_paths(old, new):
        return Weak("literal", old, new)
    if re.search(r"/dev/(?:u?random|hwrng)\b", old) and "/dev/" not in new:
        return Weak("randomness", old, new)
    command = "$(" in old or "$(" in new  # of a shell, not a pattern
    if old.strip("\"'`") and not command and (_PATTERN_CALLS.search(text) or is_pattern(old)) and wider(old, new):
        return Weak("literal", old, new)
    more = weak_words(new) - weak_words(old)
    if more <= _NOTHING and not _speaks_of_algorithms(old):
        return None  # `Name | None` in a type is no cipher
    if len(_PLAIN_WORD.findall(new)) >= _SENTENCE and not _LISTS.search(text):
        return None  # a message to people that happens to name one
    if more and (old.startswith(new[:3]) or ":" in old or "," in old or "-" in old):
        return Weak("algorithm", old, new)
    return None


def _speaks_of_algorithms(text: str) -> bool:
    ladders = [ladder for ladder in table().ladders if ladder.value == "algorithm"]
    return any(ladder.tier(fold(word)) >= 0 for word in _LISTED.findall(text[:400]) for ladder in ladders)


def _table_changed(one: Statement, two: Statement, olds: list[str], news: list[str]) -> Weak | None:
    """Return a table or long constant of which the shape stayed and single numbers changed."""
    if one.kind not in {"declare", "assign"} or not one.target or one.target != two.target:
        return None
    mine, theirs = _numbers(one, olds), _numbers(two, news)
    if len(mine) != len(theirs) or mine == theirs:
        return None
    differing = [(before, after) for before, after in zip(mine, theirs, strict=True) if before != after]
    long = any(len(before) >= 16 and len(before) == len(after) for before, after in differing)
    if (len(mine) >= _TABLE and len(differing) * 2 <= len(mine)) or (long and len(mine) <= _TABLE):
        return Weak("constant", differing[0][0], differing[0][1])
    return None


def _numbers(statement: Statement, tokens: list[str]) -> list[str]:
    if statement.literals:
        found = [literal.text for literal in statement.literals if literal.kind == "number" or _hexed(literal.text)]
    else:
        found = [token for token in tokens if token[:1].isdigit() or _hexed(token.strip("\"'"))]
    return found


def _hexed(text: str) -> bool:
    return len(text) >= 16 and bool(re.fullmatch(r"[0-9a-fA-F:\s]{16,}", text[:4000]))
