"""Steps by which a chain of calls kept something out, and what its failure counts as: Rust, Java, JavaScript, Go.

`object({...}).strict()` that became `object({...})`, `evaluate(u).unwrap_or(false)` that became `.map_or(true, |v| v)`.
"""

import re
from collections import Counter
from collections.abc import Iterator

from zoll.compare.conditions import Weak
from zoll.compare.strength import named, says, table, words_of
from zoll.compare.view import last
from zoll.parse.code import Call, Statement

# Steps that ask more of what comes in, wherever they stand; the last ones say how a document is read.
_KEEPS_OUT = re.compile(
    r"(?:require|with|set|expected?|accept)_?(?:Issuer|Audience|Subject|Claim\w{0,20}|Required_?\w{1,20}|Nonce)"
    r"|(?:set_)?(?:issuer|audience|required_spec_claims)|https_only|[sS]et_?ObjectInputFilter|[sS]et_?SerialFilter"
    r"|[dD]isallow_?[uU]nknown_?[fF]ields|deny_?unknown_?fields|[mM]ax_?[bB]ytes_?[rR]eader|registerTypesByWildcard"
    r"|hostname_?verifier|certificate_?pinner|client_?auth\w{0,20}|fail_?on_?\w{4,30}|env_?clear|clear_?env|retain_?all|unpack_in",
    re.IGNORECASE,
)
# Steps of a schema: what comes in has to fit them.
_SCHEMA = re.compile(r"(?:zod|z|Joi|joi|yup|valibot|superstruct|ajv|t)\.(?:\w|\.|\(|\))*")
_FITS = frozenset(
    {"strict", "max", "min", "length", "email", "uuid", "url", "regex", "refine", "superRefine", "positive", "int"}
    | {"finite", "noUnknown", "valid", "oneOf", "ip", "datetime", "uri", "hostname", "alphanum", "matches", "lte"}
    | {"enum", "literal", "nativeEnum", "startsWith", "integer", "forbidden", "required", "safe", "cidr", "pattern"}
    | {"nonnegative", "endsWith", "gte"}
)  # fmt: skip
# What takes more than the step that it stands in for: of unknown fields, and of kinds of values.
_OPENS = frozenset({"passthrough", "loose", "catchall", "unknown", "any", "string", "stripUnknown", "allow"})
_OF_SIGNATURE = re.compile(r"(?<![A-Za-z0-9])(?:[REPH]S(?:256|384|512)|EdDSA|none)(?![A-Za-z0-9])")
_SIGNS = re.compile(r"alg|method|valid|jw[tsk]", re.IGNORECASE)
# What a result counts as where there is none, or where it is a failure.
_AS_NO = re.compile(
    r"\.(?:unwrap_or|value_or|orElse)\(false\)|\.map_or\(false\b|\.is_(?:some|ok)_and\(|\.unwrap_or_default\(\)"
    r"|\.unwrap_or_else\(\|\w{0,20}\|\s?false\)|\?\?\s?false\b|==\s?(?:Ok|Some)\(true\)"
)
_AS_YES = re.compile(
    r"\.map_or\(true\b|\.is_(?:none|err)_or\(|\.unwrap_or_else\(\|\w{0,20}\|\s?true\)|\?\?\s?true\b"
    r"|\.unwrap_or\(true\)|\.orElse\(true\)|!=\s?(?:Ok|Some)\(false\)"
)
_ANY_RESULT = re.compile(r"\.(?:is_ok|is_some)\(\)")
_OWN = re.compile(r"\bhasOwn(?:Property)?\b")
_INHERITED = re.compile(r"[\w$\])\"'] (in) [\w$(]|\]\s?(!==?)\s?(?:undefined|void 0|null)\b")
_OPEN_PAIR = re.compile(
    r"follow\w{0,20}_(?:sym)?links?\b|(?:any|all|every)_(?:hosts?|origins?|interfaces|addresses|clients?|peers?|issuers?)\b"
    r"|(?:\b|_)(?:listen|bind|expose|reachable)_(?:\w{0,20}_)?(?:all|any|global|public|external|world|everywhere)(?:_|\b)"
)
_OPEN_WORDS = frozenset({"insecure", "anonymous", "unauthenticated", "passwordless", "unconfined"})
_MOST = 1500


def compare_steps(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield what a chain asked for and asks for no more, and failures that count as a yes now."""
    if one.text == two.text or max(len(one.text), len(two.text)) > _MOST:
        return
    yield from _gone(one, two)
    yield from _failing(one, two)
    yield from _signing(one, two)
    yield from _own(one, two)


def restricts(call: Call) -> bool:
    """Tell whether a call that stands alone sets something that keeps somebody out."""
    name = last(call.name)
    if _KEEPS_OUT.fullmatch(name) and "." in call.name:
        return True
    if not call.args or call.args[-1].strip() != "true":
        return False
    about = call.args[0] if len(call.args) > 1 else name
    setter = table().words["asking"] if len(call.args) > 1 else ()
    return (name.lower() in setter or (not setter and name.startswith("set"))) and keeps_on(about)


def keeps_on(name: str) -> bool:
    """Tell whether what is so named protects while it is true."""
    short = name.rsplit("/", 1)[-1].strip("\"'")
    return named(short, "strict") or _asks(name) or short.lower().endswith(("httponly", "http_only"))


def opens(name: str) -> bool:
    """Tell whether what is so named lets something in while it is true.

    >>> opens("allowRedirects"), opens("follow_dir_symlinks"), opens("follow_log")
    (True, True, False)
    """
    return not _asks(name) and (says(name, "loose") or opens_wide(name))


def _asks(name: str) -> bool:
    """Tell whether a switch says that something is needed: `needs_root_priv`."""
    words = words_of(name.rsplit("/", 1)[-1])
    return len(words) > 1 and words[0] in {"need", "needs", "requires"}


def opens_wide(name: str) -> bool:
    """Tell whether what is so named stands open to everybody, or leads out, while it is true.

    >>> opens_wide("follow_dir_symlinks"), opens_wide("listenGlobal"), opens_wide("allHosts"), opens_wide("allowed")
    (True, True, True, False)
    """
    words = words_of(name)
    return _OPEN_PAIR.search("_".join(words)) is not None or not _OPEN_WORDS.isdisjoint(words)


def _gone(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield a step that is gone from a chain of which the other steps stay, or that another one opens."""
    olds, news = ([last(call.name) for call in side.calls] for side in (one, two))
    lost, came = Counter(olds) - Counter(news), Counter(news) - Counter(olds)
    if not lost or len(olds) < 2 or lost.total() > 2 or came.keys() - _OPENS:
        return
    for call in one.calls:
        name = last(call.name)
        fits = name in _FITS and _SCHEMA.match(call.name) is not None
        if name in lost and "." in call.name and (fits or (_KEEPS_OUT.fullmatch(name) and not came)):
            yield Weak("argument", f"{name}({', '.join(call.args)})"[:80], min(came, default=""), how="step")
            return


def _failing(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield a failure that counted as a no and counts as a yes."""
    before = _AS_NO.search(one.text)
    if before is None or _AS_NO.search(two.text):
        return
    after = _AS_YES.search(two.text)
    if after is None and one.kind == "return" and before[0] == ".unwrap_or(false)":
        after = _ANY_RESULT.search(two.text)
    plain = before[0] == ".unwrap_or(false)" and after is not None and after[0] == ".unwrap_or(true)"
    if after and not plain and not _AS_YES.search(one.text):  # words say the plain one already
        yield Weak("argument", before[0], after[0], how="failing")


def _signing(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield a weaker way of signing that came among others: with a shared secret, or none at all."""
    if not _SIGNS.search(two.text):
        return
    mine, theirs = (_OF_SIGNATURE.findall(side.text) for side in (one, two))
    ladder = table().ladder("signature")
    kept = [ladder.tier(word.lower()) for word in mine if word in theirs]
    for word in theirs:
        if kept and word not in mine and ladder.tier(word.lower()) > max(kept):
            yield Weak("algorithm", "", word)
            return


def _own(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield a question for a thing's own property that what it inherits answers as well now."""
    asks = one.kind in {"condition", "return"} and _OWN.search(one.text) and not _OWN.search(two.text)
    found = _INHERITED.search(two.text) if asks else None
    if found and not _INHERITED.search(one.text):
        yield Weak("operator", "hasOwnProperty", found[1] or found[2])
