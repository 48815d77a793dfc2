"""What was used up, renewed or called back, so that it serves nobody a second time, and no longer is.

A code that was struck out once it had been used, a refresh token that was called back, a session that got another
name at login: whoever saw it before can use it again.
"""

import re
from collections.abc import Iterator

from zoll.compare.atoms import rejects
from zoll.compare.lost import Lost
from zoll.compare.strength import words_of
from zoll.compare.view import View, last
from zoll.parse.code import Call, Statement

# Calls that say it by themselves.
_PLAINLY = re.compile(
    r"(?:session_)?regenerate(?:_?(?:id|session|token)\w{0,10})?|(?:set|mark)_?(?:as)?_?(?:revoked|used|consumed|spent|redeemed|expired)|"
    r"(?:revoke|redeem)(?:_?(?:all|family|token|code|session|ticket|nonce|key|refresh|access|grant|chain|other)\w{0,30})?|"
    r"change_?session_?id|cycle_?key|reset_session|renew_?(?:session|token|id)|rotate_?(?:session|token|csrf\w{0,6}|refresh\w{0,6}|id)|"
    r"invalidate_?(?:all_?)?(?:session|token|code|ticket|nonce|cookie|refresh|csrf|otp)\w{0,20}",
    re.IGNORECASE,
)
# Calls that say it of what they are called on.
_ENDS = frozenset(
    {"delete", "del", "remove", "invalidate", "expire", "destroy", "migrate", "unset", "discard", "forget"}
)
_ONCE = frozenset(
    {"token", "tokens", "code", "codes", "nonce", "nonces", "challenge", "challenges", "otp", "otps", "ticket"}
    | {"tickets", "session", "sessions", "grant", "grants", "refresh", "jti", "verifier", "pin", "invite", "invites"}
)
_OLD_SESSION = re.compile(r"(?:old|existing|previous|prior)\w{0,12}\.invalidate")
_FLAGS = re.compile(
    r"(?:^|[._>])(?:is_?)?(?:revoked|used|consumed|spent|redeemed|used_?(?:at|on)|consumed_?at|last_(?:code|otp|counter|nonce|jti)\w{0,5})$",
    re.IGNORECASE,
)
# What the function has to speak of: parsers have tokens, too, and use them up.
_OF_PEOPLE = re.compile(
    r"(?i)auth(?!or\b)|log_?in|sign_?in|passw|refresh|otp|csrf|reset|expire|revoke|credential|invite|ticket"
)
_COUNTER = re.compile(r"(?i)(?:^|[._>])\w{0,30}(?:counter|ctr|seq(?:no|uence)?|serial|moving_factor|epoch|last_step)\Z")
_MOST = 60
_NOT = frozenset({"false", "False", "FALSE", "0", "null", "nil", "None", "NULL"})
_KINDS = frozenset({"call", "assign", "declare", "condition", "return"})


def spent(view: View) -> Iterator[Lost]:
    """Yield what no longer ends the use of something, where the function still goes the rest of its way."""
    if not _OF_PEOPLE.search(" ".join(sorted(view.words[0]))):
        return
    yield from _asked_once(view)
    yield from _unmoved(view)
    olds = [(index, one) for index, run in enumerate(view.runs) for one in range(*run.old)]
    gone = [(index, one, found) for index, one in olds if (found := _ended(view.sides[0][one]))]
    if not gone or sum(bool(_ended(two)) for two in view.sides[1]) >= sum(bool(_ended(one)) for one in view.sides[0]):
        return
    for index, place, name in gone:
        one = view.sides[0][place]
        stays = _stays(view, one)
        other = view.partner.get(place)
        if not stays or (other is not None and _ended(view.sides[1][other])) or view.renamed(last(name)):
            continue
        if view.in_file(name)[1] < view.in_file(name)[0] and not _stands_elsewhere(view, one):
            yield Lost(index, "call", one.text, name, "spent")
            return


def _stays(view: View, one: Statement) -> bool:
    """Tell whether the place of a statement stays, maybe without the question whether there is anything to end."""
    home = one.within
    if home >= 0 and home not in view.partner and all(test.right in _NOT for test in view.sides[0][home].tests):
        home = view.sides[0][home].within
    return home < 0 or home in view.partner


def _asked_once(view: View) -> Iterator[Lost]:
    """Yield the question whether something was used or called back before, where nothing asks it any more."""
    for index, run in enumerate(view.runs):
        for place in range(*run.old):
            one = view.sides[0][place]
            asked = [test for test in one.tests if _FLAGS.search(test.left) or _FLAGS.search(test.right)]
            if one.kind != "condition" or place in view.partner or not asked or not rejects(view.sides[0], place):
                continue
            name = asked[0].left if _FLAGS.search(asked[0].left) else asked[0].right
            if not any(name in f"{test.left} {test.right}" for two in view.sides[1] for test in two.tests):
                yield Lost(index, "check", one.text, name, "again")
                return


def _unmoved(view: View) -> Iterator[Lost]:
    """Yield a counter that was set behind what was just used, and is set to that now: `n = c + 1` became `n = c`."""
    for index, run in enumerate(view.runs):
        for place, other in run.pairs[:_MOST]:
            one, two = view.sides[0][place], view.sides[1][other]
            if one.kind == two.kind == "assign" and one.target == two.target and _COUNTER.search(one.target):
                before, after = ("".join(side.value.split()).strip("();") for side in (one, two))
                if before in {f"{after}+1", f"1+{after}", f"++{after}"}:
                    yield Lost(index, "call", one.text, one.target, "unmoved")


def _ended(one: Statement) -> str:
    """Return the name by which a statement ends the use of something, "" where it does not."""
    if one.kind not in _KINDS:
        return ""
    if one.kind == "assign" and _FLAGS.search(one.target) and one.value.strip(" ;") not in _NOT:
        return one.target
    return next((call.name for call in one.calls if _ends(call)), "")


def _ends(call: Call) -> bool:
    name = last(call.name)
    if _PLAINLY.fullmatch(name):
        return not (call.args and call.args[-1].strip() in _NOT)
    if call.args and call.args[0][:1] in "\"'" and _ONCE.isdisjoint(words_of(call.args[0])):
        return False  # one thing of many that a session holds
    holder = call.name[: -len(name)] or " ".join(call.args[:1])[:60]
    if _OLD_SESSION.fullmatch(call.name):
        return True
    return bool(_ENDS & set(words_of(name)[:1])) and bool(_ONCE & set(words_of(holder) + words_of(name)[1:]))


def _stands_elsewhere(view: View, one: Statement) -> bool:
    """Tell whether a line of the same words only moved."""
    return view.moved_away(one.text[:200])
