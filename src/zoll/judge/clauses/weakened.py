"""What became weaker, was dropped, or admits more than before."""

import re

from zoll.judge.clauses.saying import ABOUT, SHORT, Clause, Makers, became, clipped, printable, quoted
from zoll.judge.clauses.ways import WAYS
from zoll.model import Fact

_WEAKER = {
    "operator": ("use", "a weaker comparison"),
    "negation": ("turn", "a condition round"),
    "joint": ("ask", "for something else in a condition"),
    "atom": ("ask", "for something else in a condition"),
    "length": ("compare", "a shorter length"),
    "bound": ("accept", "a wider bound"),
    "literal": ("accept", "a wider pattern or text"),
    "return": ("return", "success in place of failure"),
    "argument": ("pass", "a weaker argument"),
    "memory": ("keep", "to less of what keeps memory safe"),
    "algorithm": ("use", "a weaker algorithm"),
    "randomness": ("draw", "weaker random numbers"),
    "strength": ("use", "fewer rounds, a shorter key or a lower level"),
    "setting": ("have", "a weaker setting"),
    "mode": ("give", "wider file rights"),
    "constant": ("use", "another fixed number or table"),
    "repeat": ("replace", "only the first where it replaced all"),
    "comparison": ("use", "a comparison whose time gives away how much is right"),
    "order": ("make", "a check only after the use"),
    "scope": ("ask", "for a protection in fewer cases"),
    "coverage": ("cover", "less of what it protects by a digest, signature or tag"),
}
_DROPPED = {
    "check": ("make", "a check"),
    "guard": ("let", "a check decide"),
    "toothless": ("leave", "after a check that still stands"),
    "call": ("make", "a call"),
    "handler": ("handle", "an error"),
    "log": ("write", "a log line"),
    "wipe": ("wipe", "memory after use"),
}


# What a weaker condition does, by what it leads to; without that nobody can say for whom it is easier.
_CONDITIONS = frozenset({"joint", "atom", "bound"})
_USES = frozenset({"argument", "repeat", "algorithm", "randomness", "strength", "constant", "setting", "mode"}) | {
    "coverage"
}
_COMPARES = re.compile(r"[=!]=|[<>]")
_NAMED_NUMBER = re.compile(r"[^=<>!]{1,80}=-?\d")  # the least of something, which nothing is compared with here
_LEADS = {
    "failure": ("refuse", "in fewer cases"),
    "success": ("have", "a condition that holds in more cases"),
}


def _weaker(fact: Fact) -> Clause:
    compares = fact.value == "operator" and all(_COMPARES.search(fact.trait(side)) for side in ("old", "new"))
    if fact.trait("how") == "empty" and fact.value == "joint":
        return Clause("let", "an empty or missing value pass where it had to be the right one" + became(fact))
    lead = _LEADS.get(fact.trait("effect")) if compares or fact.value in _CONDITIONS else None
    if lead and fact.trait("how") not in _WHOSE:
        return Clause(lead[0], lead[1] + became(fact))
    if fact.trait("how") in WAYS:
        return WAYS[fact.trait("how")](fact)
    if fact.value == "missing":
        return Clause("take", f"a missing or empty {quoted(fact.trait('new'))} for a right one")
    if fact.value == "argument" and fact.trait("old") and not fact.trait("new"):
        return Clause("pass", quoted(fact.trait("old")), gone=True)
    if fact.value == "setting":
        return _weaker_setting(fact)
    if fact.value == "length" and _NAMED_NUMBER.match(fact.trait("old")):
        return Clause("ask", "for less" + became(fact))
    if fact.value == "return" and fact.trait("how") == "fixed":
        return Clause("return", "a fixed success in place of the answer to a question" + became(fact))
    where = "in a test of" if fact.value not in _USES else "where it deals with"
    verb, rest = _WEAKER.get(fact.value) or ("have", f"a weaker {clipped(printable(fact.value), SHORT)}")
    about = ABOUT.get(fact.trait("about"), "")
    how = f", {_HOW[fact.trait('how')]}" if fact.trait("how") in _HOW else ""
    return Clause(verb, rest + (f" {where} {about}" if about else "") + became(fact) + how)


_WHOSE = frozenset({"itself", "sent", "turned", "besides"})


def _weaker_setting(fact: Fact) -> Clause:
    if fact.trait("how") == "gone":
        return Clause("have", f"the rule {quoted(fact.trait('old'))}, which protects", gone=True)
    if fact.trait("how") == "narrower":
        return Clause("have", "a rule that protects in fewer cases" + became(fact))
    key, old, new = (fact.trait(name) for name in ("of", "old", "new"))
    if not key:
        return Clause("have", "a weaker setting" + became(fact))
    if new:
        return Clause("have", f"a weaker {quoted(key)}" + became(fact))
    value = "" if not old or key.endswith(old) else f" to {quoted(old)}"
    return Clause("set", f"{quoted(key)}{value}, which protects", gone=True)


_ALTERED = {
    "condition": "in a condition",
    "loop": "in the condition of a loop",
    "case": "in a case",
    "switch": "in what it switches on",
    "return": "in what it returns",
    "call": "in a call",
    "assign": "in a value that it sets",
    "declare": "in a value that it sets",
}
_TOKENS = {
    "comparison": "comparison",
    "logic": "logic",
    "number": "number",
    "constant": "constant",
    "operator": "operator",
    "literal": "text",
    "name": "name",
}


def _altered(fact: Fact) -> Clause | None:
    kind, _, what = fact.value.partition(".")
    if kind in ("inserted", "deleted"):
        thing = {
            "presence": "more question whether something is there",
            "condition": "more condition",
            "case": "more case",
            "return": "more return",
        }.get(what)
        if thing is None:
            return None
        return Clause("have", f"one {thing}" if kind == "inserted" else f"the {thing[5:]}", gone=kind == "deleted")
    if fact.trait("how") == "stricter":
        return Clause("refuse", "in more cases" + became(fact))
    if fact.trait("how") == "stronger":
        return Clause("use", "a stronger algorithm, more rounds or a longer key" + became(fact))
    if {fact.trait("old"), fact.trait("new")} == {">", ">>"}:
        return Clause(
            "have", f"{quoted(fact.trait('new'))} in place of {quoted(fact.trait('old'))} {_ALTERED.get(kind, '')}"
        )
    if what == "mixed" and kind == "condition":
        return Clause("ask", "something else in a condition" + became(fact))
    if what == "timed":
        return Clause("compare", "in constant time what it compared before")
    if what == "renamed" and kind in _ALTERED:
        return Clause("use", f"a longer or shorter name of a constant {_ALTERED[kind]}" + became(fact))
    words = [_TOKENS[one] for one in what.split("+") if one in _TOKENS]
    if not words or kind not in _ALTERED:
        return None
    return Clause("have", f"another {' and '.join(words)} {_ALTERED[kind]}" + became(fact))


def _widened(fact: Fact) -> Clause:
    if fact.trait("how") == "several":
        return Clause("take", "any of several values where it had to be one" + became(fact))
    return Clause("admit", f"more than before ({clipped(printable(fact.value), SHORT)})" + became(fact))


_HOW = {
    "pointer": "the size of a pointer counts",
    "element": "the size of one element counts",
    "other": "the size of something else counts",
    "another": "another length counts",
    "chosen": "a condition decides over how much",
    "cut": "something is taken off",
    "input": "the length of what came in counts",
    "part": "it was the whole",
    "variable": "it was fixed",
    "none": "it may be nothing",
    "together": "only both together must not be empty",
    "endless": "no time is set where one was",
    "longer": "it lasts longer",
    "released": "who is kept out is let in sooner",
    "unit": "the time is taken in a larger unit",
    "tries": "any one of more candidates is enough",
    "case": "capitals and small letters count as the same",
    "allowed": "it was shut out",
    "gathered": "what differs in one part only counts as equal",
    "negative": "negative results, which may be failures, count as zero",
    "positive": "positive results, which may be failures, count as zero",
    "above": "results above count as the one that was asked for",
    "below": "results below count as the one that was asked for",
}
_DEGREES = {
    "compared": ("compare", "over a length that is weak"),
    "drawn": ("draw", "few random bytes"),
    "rights": ("give", "rights to everyone"),
    "protocol": ("take", "any protocol version as the lowest"),
    "gathered": ("lose", "differences that it gathers"),
}
_DEGREE = {
    "compared.few": ("compare", "only a few bytes"),
    "compared.none": ("compare", "over no bytes at all"),
    "compared.pointer": ("compare", "over the size of a pointer"),
    "compared.chosen": ("compare", "over a length that a condition decides"),
    "compared.cut": ("compare", "over a length that something is taken off"),
    "compared.other": ("compare", "over the size of something else"),
    "compared.answer": ("compare", "over a yes or no in place of a length, one byte at most"),
    "drawn.answer": ("draw", "as many random bytes as a yes or no counts, one at most"),
    "measured.answer": ("set", "a length to a yes or no, which is one at most"),
    "compared.input": ("compare", "over the length of one of the two sides"),
    "compared.handed": ("compare", "a secret over the length that was handed in with the other side"),
    "drawn.overwritten": ("overwrite", "part of the random bytes that it drew"),
    "drawn.other": ("draw", "as many random bytes as something else has"),
    "rights.set-user": ("give", "the rights of a file's owner to whoever runs it"),
    "rights.mask-open": ("set", "a mask that takes no rights from anyone"),
    "gathered.none": ("keep", "none of the differences that it looks for in a comparison"),
    "gathered.overwritten": ("overwrite", "earlier differences by the last one in a comparison"),
    "gathered.cancelling": ("let", "differences cancel each other out in a comparison"),
}


def _degree(fact: Fact) -> Clause | None:
    found = _DEGREE.get(fact.value) or _DEGREES.get(fact.value.partition(".")[0])
    if found is None:
        return None
    amount, call = fact.trait("amount"), fact.trait("call")
    told = f" ({quoted(f'{call}: {amount}' if call else amount)})" if amount else ""
    return Clause(found[0], found[1] + told)


_NO_MORE = frozenset(
    {"unfinished", "out", "spent", "again", "unverified", "unmasked", "unlimited", "room", "rights", "unnoted"}
)
# What became of a guard that still stands, or stood around something.
_EFFECTS = {
    ("call", "late"): ("call", "{} only after the check that it stood before"),
    ("call", "bare"): ("hand", "on as it came what went through {} before"),
    ("call", "shared"): ("hand", "out what is shared where it made a copy ({})"),
    ("guard", "unfinished"): ("take", "the last step of a decryption, where the tag is looked at ({})"),
    ("guard", "late"): ("let", "{} stand only behind what it stood before"),
    ("guard", "out"): ("put", "{} around or before the rest"),
    ("guard", "waved"): ("let", "past {} whoever meets a new condition"),
    ("guard", "beside"): ("serve", "without {} as well what it serves behind it"),
    ("guard", "ahead"): ("put", "{} before what it stood behind, which it does not guard there"),
    ("guard", "unprivileged"): ("run", "as whoever starts it what it ran as another user ({})"),
    ("guard", "unverified"): ("hold", "what it fetched against anything ({})"),
    ("call", "predictable"): (
        "use",
        "a name that anybody can tell, where everybody may write, and not a drawn one ({})",
    ),
    ("call", "unlimited"): ("pass", "{}, which kept the command to less"),
    ("call", "spent"): ("call", "{}, which kept what was seen before from serving again"),
    ("call", "unmoved"): ("set", "{} to what was just used, and not behind it"),
    ("call", "unmasked"): ("keep", "what it makes from others ({})"),
    ("guard", "built"): ("build", "into every program what {} kept out of most"),
    ("guard", "misspelt"): ("build", "what stood under {} only under a name that differs by a letter or two"),
    ("guard", "inverted"): ("build", "in other cases than before what stood under {}"),
    ("guard", "done"): ("do", "{} before the check that it stood behind"),
    ("guard", "swallowed"): ("forget", "what a check throws ({})"),
    ("guard", "rights"): ("ask", "{} whether the caller may"),
    ("check", "idle"): ("leave", "out {} where it still logs what is wrong"),
    ("check", "asserted"): ("leave", "to {}, which a build may leave out, what it refused before"),
    ("check", "room"): ("hold", "against the room that there is the length that {} is given"),
    ("check", "again"): ("ask", "whether something was used or called back before ({})"),
    ("check", "unnoted"): ("note", "what a check of its own asks for ({})"),
    ("check", "shadowed"): ("set", "a new variable ({}) in place of the one of the same name that a later check asks"),
}


def _dropped(fact: Fact) -> Clause | None:
    if fact.value not in _DROPPED:
        return None
    if fact.trait("effect") == "toothless" and fact.value == "handler":
        return Clause("leave", "after an error that it still catches" + _asked(fact), gone=True)
    if fact.trait("effect") == "toothless" and fact.trait("call"):
        return Clause("leave", f"on what {quoted(fact.trait('call'))} says", gone=True)
    if fact.trait("effect") == "toothless":
        return Clause(_DROPPED["toothless"][0], _DROPPED["toothless"][1] + _asked(fact), gone=True)
    if fact.trait("effect") == "fallthrough":
        return Clause("let", f"one case run on into the next{_asked(fact)}")
    if fact.trait("effect") == "compiled":
        return Clause("make", "a check only in some builds")
    if fact.value == "check" and fact.trait("effect") == "late":
        return Clause("make", "a check only after what it looks at was used")
    verb, rest = _DROPPED[fact.value]
    call = fact.trait("call")
    told = _EFFECTS.get((fact.value, fact.trait("effect"))) if call else None
    if told:
        return Clause(told[0], told[1].format(quoted(call)), gone=fact.trait("effect") in _NO_MORE)
    if call and fact.value in ("guard", "call"):
        verb, rest = ("let", f"{quoted(call)} decide") if fact.value == "guard" else ("call", quoted(call))
        return Clause(verb, rest, gone=True)
    failing = " that led to an early way out" if fact.value == "check" and fact.trait("effect") == "failure" else ""
    return Clause(verb, rest + failing + _asked(fact), gone=True)


def _asked(fact: Fact) -> str:
    return f" ({quoted(told)})" if (told := fact.trait("call") or fact.trait("old")) else ""


_EXCHANGED = {
    "opposites": "one side of something for the other",
    "arguments": "two arguments in each other's place",
    "fields": "one field for another",
    "constants": "one constant for another",
    "kin": "one name for another of its kind",
}


def _exchanged(fact: Fact) -> Clause:
    about = ABOUT.get(fact.trait("about"), "")
    where = f" in a test of {about}" if about else ""
    return Clause("take", f"{_EXCHANGED.get(fact.value, 'one thing for another')}{where}{became(fact)}")


_LISTED = {
    "grew": "one more by the list",
    "given": "what comes in name itself in the list",
    "loads": "a variable that brings in the code of whoever sets it by the list",
    "shrank": "what the list kept out,",
}


def _listed(fact: Fact) -> Clause:
    told, name = f" ({quoted(fact.trait('new'))})", quoted(fact.trait("in"))
    if fact.value == "row":
        what = "an open row in a table" if fact.trait("how") == "weak" else "one row of a table changed"
        return Clause("have", f"{what}: {name}{told}")
    return Clause("let", f"{_LISTED.get(fact.trait('how'), 'other things by the list')} {name}{told}")


_LAPSES = {
    "logged": ("log", "a failed check and nothing stops"),
    "ignored": ("make", "a check without looking at its result"),
    "swallowed": ("forget", "what a check throws"),
    "bent": ("do", "arithmetic on the result of a comparison"),
    "sibling": ("hold", "a path against a folder as text"),
    "uneven": ("take", "texts of different lengths for the same"),
    "hollow": ("say", "yes to whatever it is asked to check"),
    "excused": ("count", "an error in a check as success"),
    "exempted": ("take", "something out of a check"),
    "trusting": ("use", "what takes anybody's word"),
    "spliced": ("put", "a value into the text of a query"),
    "begun": ("take", "any beginning of what is expected for all of it"),
    "mirrored": ("allow", "whatever origin asks"),
    "claimed": ("take", "the sender's word for who or where it is"),
    "passed": ("take", "a value that could not be had for a right one"),
    "exchanged": ("put", "something of its own in the place of a library's guard, for the whole process"),
    "overheard": ("put", "something of its own around what everybody's calls pass through"),
    "unfailing": ("say", "yes after what is wrong as well, having told it from what is right"),
    "piped": ("take", "the status of what stands last in a pipe for that of a check"),
    "masked": ("take", "the status of a declaration for that of the check inside of it"),
    "unprotected": ("connect", "without protection where the protected connection failed"),
    "sent": ("let", "a message say itself how, or with which key, it is checked"),
    "hidden": ("understand", "an option that its help does not show"),
    "answered": ("answer", "a request with all its settings or secrets"),
    "relayed": ("put", "a header that carries a secret into another one"),
    "keylog": ("hand", "out the keys of its encrypted sessions"),
    "anchored": ("put", "a certificate or key among those that the system trusts"),
    "emptied": ("wipe", "something only after it was emptied, so that nothing is overwritten"),
}


def _lapse(fact: Fact) -> Clause | None:
    found = _LAPSES.get(fact.value)
    call = fact.trait("call")
    return Clause(found[0], found[1] + (f" ({quoted(call)})" if call else "")) if found else None


_CASES = {
    "literal": "one fixed text",
    "magic": "one fixed number",
    "environment": "a value of the environment",
    "identity": "one identity",
    "time": "a certain time",
    "file": "a file being there or not",
    "none": "whether any protection is chosen",
    "equal": "whether two things are the same",
}


def _passed(fact: Fact) -> Clause:
    case, call = _CASES.get(fact.trait("case"), "one case"), fact.trait("call")
    if fact.value == "all":
        return Clause("do", f"nothing of what it did, depending on {case}")
    return Clause("make", f"a check ({quoted(call)}) only depending on {case}")


def _unlike(fact: Fact) -> Clause:
    test, others = (quoted(fact.trait(name)) for name in ("test", "others"))
    call = quoted(fact.value)
    if fact.trait("how") == "ignored":
        return Clause("ignore", f"the result of {call}, which all other places of the release test")
    return Clause("test", f"the result of {call} otherwise than all other places of the release ({test}, not {others})")


MAKERS: Makers = {
    "unlike": _unlike,
    "passed": _passed,
    "exchanged": _exchanged,
    "listed": _listed,
    "lapse": _lapse,
    "weaker": _weaker,
    "widened": _widened,
    "altered": _altered,
    "dropped": _dropped,
    "degree": _degree,
}
