"""What one fact says, as a clause for people who do not program: a verb and the rest. Only what the fact shows.

`may` stands where the fact itself is unsure: a `zero` return, which means success in some functions and failure in
others, and a trait `by:name`, which says that a call was known by its name only.
"""

from collections.abc import Callable

from msgspec import Struct

from zoll.model import Fact

_LONGEST = 48  # characters of a quoted name
_SHORT = 24  # characters of a literal that is still worth quoting


class Clause(Struct, frozen=True):
    """A verb in its base form and what follows it; `thing` names the word that the release may or may not mention."""

    verb: str
    rest: str
    thing: str = ""
    sure: bool = True
    gone: bool = False
    also: bool = False

    def said(self, *, lost: bool, fresh: bool, linked: bool = False) -> str:
        """Return the predicate: `now runs`, `no longer runs`, `may now run`; a fresh or linked one needs no `now`."""
        if lost or self.gone:
            return f"no longer {_third(self.verb)} {self.rest}"
        now = "" if fresh or linked else "now "
        also = "also " if self.also and not fresh else ""
        return f"{now}{also}{_third(self.verb)} {self.rest}" if self.sure else f"may {now}{also}{self.verb} {self.rest}"


def clause(fact: Fact, address: str = "", *, near: bool = False) -> Clause | None:
    """Return what the fact says, None where it says nothing by itself.

    `address` is one that the same change gained; `near` tells that it stands on the same line, so that it is meant.
    """
    maker = _MAKERS.get(fact.kind)
    if maker is None:
        return None
    made = maker(fact)
    target = _target(fact)
    if made is None or not address or target not in _TOWARDS:
        return made
    rest, towards = _TOWARDS[target]
    if near:
        said = made.rest.replace(rest, f"{rest} {towards} {quoted(address)}", 1)
    elif f"{rest} (" in made.rest:
        said = made.rest.replace(f"{rest} (", f"{rest} (the change names {quoted(address)}; ", 1)
    else:
        said = made.rest.replace(rest, f"{rest} (the change names {quoted(address)})", 1)
    return Clause(made.verb, said, made.thing or "address", made.sure, also=made.also)


def quoted(text: str) -> str:
    """Return the text in backticks, on one line, clipped, with nothing in it that a terminal obeys."""
    return f"`{clipped(printable(text).replace('`', chr(39)), _LONGEST)}`"


def printable(text: str) -> str:
    """Return the text on one line with every character that is not printable as an escape."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "surrogatepass").decode() for char in text
    )


def clipped(text: str, limit: int) -> str:
    """Return at most `limit` characters of the text."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _third(verb: str) -> str:
    """Return the third person of a verb's first word: `look up` becomes `looks up`."""
    first, blank, rest = verb.partition(" ")
    irregular = {"have": "has", "be": "is", "do": "does"}
    ending = "es" if first.endswith(("s", "sh", "ch", "x")) else "s"
    return (irregular.get(first) or first + ending) + blank + rest


def _literal(fact: Fact, what: str, name: str = "literal") -> str:
    """Return `the fixed text “x”`, or `a fixed text` where there is none or it is long."""
    text = printable(fact.trait(name)) if name else printable(fact.value)
    return f"the {what} “{text}”" if text.strip() and len(text) <= _SHORT else f"a {what}"


# --- powers

_POWERS = {
    "run": ("run", "a command"),
    "evaluate": ("run", "text as code"),
    "load": ("load", "a library, module or stored object"),
    "listen": ("open", "a listening socket"),
    "connect": ("open", "a network connection"),
    "send": ("send", "data"),
    "resolve": ("look up", "a host name"),
    "fetch": ("fetch", "data from a URL"),
    "write": ("write", "a file"),
    "delete": ("delete", "a file"),
    "start": ("arrange", "for something to start by itself"),
    "identity": ("change", "the user or the rights that it runs with"),
    "permit": ("change", "who may use a file"),
    "credential": ("read", "stored credentials"),
    "collect": ("collect", "details of the system or its users"),
    "hide": ("take", "a step that can hide a process or its traces"),
    "raw": ("open", "a raw socket or packet filter"),
    "memory": ("change", "memory that can run as code"),
    "kill": ("stop", "another process"),
    "decode": ("decode", "packed or encoded data"),
    "random": ("draw", "random numbers"),
}
_COMMANDS = {
    "fixed": "a fixed command",
    "built": "a command put together at run time",
    "variable": "a command held in a variable",
}
_TEXTS = {
    "fixed": "fixed text as code",
    "built": "text put together at run time as code",
    "variable": "text from a variable as code",
}
_TOWARDS = {
    "connect": ("a network connection", "to"),
    "send": ("data", "to"),
    "resolve": ("a host name", "from"),
    "fetch": ("data from a URL", "at"),
    "listen": ("a listening socket", "on"),
    "raw": ("a raw socket or packet filter", "on"),
}


def _target(fact: Fact) -> str:
    """Return the class of power that a power or gate fact leads to."""
    return fact.value if fact.kind == "power" else fact.value.rpartition("->power.")[2] if fact.kind == "gate" else ""


def _power(fact: Fact) -> Clause | None:
    return _powered(fact.value, fact)


def _powered(kind: str, fact: Fact) -> Clause | None:
    if kind not in _POWERS:
        return None
    verb, rest = _POWERS[kind]
    rest = {"run": _COMMANDS, "evaluate": _TEXTS}.get(kind, {}).get(fact.trait("arg"), rest)
    through = fact.trait("through")
    call = [f"through {quoted(through)}"] if through else [quoted(fact.trait("call"))] if fact.trait("call") else []
    name = [quoted(fact.trait("name"))] if fact.trait("name") else []
    names = ", ".join(dict.fromkeys(call + name))
    return Clause(verb, rest + (f" ({names})" if names else ""), sure=fact.trait("by") != "name")


# --- gates

_ABOUT = {
    "password": "the password",
    "user": "the user name",
    "key": "the key",
    "token": "the token",
    "header": "a header",
    "path": "the path",
    "command": "the command",
    "host": "the host",
    "packet": "the received data",
    "length": "the length",
    "time": "the time",
    "version": "the version",
    "mode": "the mode",
    "state": "the state",
    "input": "the input",
}
_OPERATORS = {
    "==": "equals",
    "===": "equals",
    "case": "equals",
    "!=": "differs from",
    "!==": "differs from",
    "<": "is below",
    "<=": "is at most",
    ">": "is above",
    ">=": "is at least",
    "prefix": "starts with",
    "suffix": "ends with",
    "contains": "contains",
    "match": "matches",
    "in": "is matched against",
    "=": "is set to",
}
_OPPOSITE = {"==": "!=", "===": "!=", "case": "!=", "!=": "==", "!==": "=="}
_FIXED = {"literal": "fixed text", "magic": "fixed number", "constant": "constant"}
_DEPENDING = {
    "environment": "an environment variable",
    "time": "the date or time",
    "identity": "who or where it runs",
    "length": "a length",
    "sequence": "a counter or state",
    "file": "a file being there",
    "call": "the result of another call",
    "null": "a value being missing, zero or an error",
    "type": "the type of a value",
}
_EFFECTS = {
    "success": ("succeed", ""),
    "zero": ("succeed", "(it returns zero)"),
    "failure": ("fail", ""),
    "exit": ("end", "the program"),
    "skip": ("skip", "the rest"),
    "log": ("write", "a log line"),
}


def _gate(fact: Fact) -> Clause | None:
    test, _, effect = fact.value.partition("->")
    leads = _effect(effect, fact)
    if leads is None:
        return None
    rest = " ".join(word for word in (leads.rest, _condition(test, fact)) if word)
    return Clause(leads.verb, rest, _mentioned(test, fact), leads.sure, also=effect in ("success", "zero"))


def _effect(effect: str, fact: Fact) -> Clause | None:
    if effect.startswith("power."):
        return _powered(effect.removeprefix("power."), fact)
    if effect in _EFFECTS:
        verb, rest = _EFFECTS[effect]
        return Clause(verb, rest, sure=effect != "zero")
    named = {
        "return": ("return", fact.trait("return")),
        "state": ("set", fact.trait("set")),
        "assign": ("set", fact.trait("set")),
    }
    verb, name = named.get(effect, ("call", fact.trait("call")) if effect == "call" else ("", ""))
    spare = {"return": "another value", "set": "a value", "call": "a function"}
    return Clause(verb, quoted(name) if name else spare[verb]) if verb else None


def _condition(test: str, fact: Fact) -> str:
    """Return `when the password equals a fixed text` or `depending on the date or time`."""
    name = quoted(fact.trait("subject")) if fact.trait("subject") else ""
    if test in _FIXED:
        return _compared(_subject(fact), _literal(fact, _FIXED[test]), fact)
    if test == "environment" and name:
        subject = f"{name}, read from the environment,"
        return (
            _compared(subject, _literal(fact, "fixed text"), fact)
            if fact.trait("literal")
            else f"depending on {subject[:-1]}"
        )
    if test == "file" and fact.trait("literal"):
        return f"depending on {_literal(fact, 'file')} being there"
    if test == "flag":
        return f"depending on {name}" if name else ""
    return f"depending on {_DEPENDING[test]}" + (f" ({name})" if name else "") if test in _DEPENDING else ""


def _compared(subject: str, fixed: str, fact: Fact) -> str:
    """Return the comparison that holds where the effect happens.

    Only for `==` and `!=` does a fact show for certain which way round it holds; for all else, that it depends on it.
    """
    operator = fact.trait("op")
    turned = (fact.trait("negated") == "yes") != (fact.trait("side") in ("else", "after"))
    if operator in _OPPOSITE:
        return f"when {subject} {_OPERATORS[_OPPOSITE[operator] if turned else operator]} {fixed}"
    return (
        f"depending on whether {subject} {_OPERATORS[operator]} {fixed}"
        if operator in _OPERATORS
        else f"depending on {fixed}"
    )


def _subject(fact: Fact) -> str:
    name = fact.trait("subject")
    return _ABOUT.get(fact.trait("about"), quoted(name) if name else "a value")


def _mentioned(test: str, fact: Fact) -> str:
    return (
        {"literal": "text", "environment": "text", "magic": "number", "constant": "constant"}.get(test, "")
        if fact.trait("literal")
        else ""
    )


# --- weakened, dropped and widened

_WEAKER = {
    "operator": ("use", "a weaker comparison"),
    "negation": ("turn", "a condition round"),
    "joint": ("have", "a condition that holds in more cases"),
    "atom": ("ask", "for less in a condition"),
    "length": ("compare", "a shorter length"),
    "bound": ("accept", "a wider bound"),
    "literal": ("accept", "a wider pattern or text"),
    "return": ("return", "success in place of failure"),
    "argument": ("pass", "a weaker argument"),
    "algorithm": ("use", "a weaker algorithm"),
    "randomness": ("draw", "weaker random numbers"),
    "setting": ("have", "a weaker setting"),
    "mode": ("give", "wider file rights"),
    "constant": ("use", "another fixed number or table"),
    "comparison": ("use", "a comparison whose time gives away how much is right"),
    "order": ("make", "a check only after the use"),
}
_DROPPED = {
    "check": ("make", "a check"),
    "guard": ("let", "a check decide"),
    "call": ("make", "a call"),
    "handler": ("handle", "an error"),
    "log": ("write", "a log line"),
    "wipe": ("wipe", "memory after use"),
}


def _weaker(fact: Fact) -> Clause:
    verb, rest = _WEAKER.get(fact.value) or ("have", f"a weaker {clipped(printable(fact.value), _SHORT)}")
    about = _ABOUT.get(fact.trait("about"), "")
    return Clause(verb, rest + (f" in a test of {about}" if about else "") + _became(fact))


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
        thing = {"condition": "a condition", "case": "a case", "return": "a return"}.get(what)
        return Clause("have", thing, gone=kind == "deleted") if thing else None
    words = [_TOKENS[one] for one in what.split("+") if one in _TOKENS]
    if not words or kind not in _ALTERED:
        return None
    return Clause("have", f"another {' and '.join(words)} {_ALTERED[kind]}" + _became(fact))


def _widened(fact: Fact) -> Clause:
    return Clause("admit", f"more than before ({clipped(printable(fact.value), _SHORT)})" + _became(fact))


def _became(fact: Fact) -> str:
    old, new = fact.trait("old"), fact.trait("new")
    if old and new:
        return f" ({quoted(old)} became {quoted(new)})"
    return f" (new: {quoted(new)})" if new else f" (gone: {quoted(old)})" if old else ""


def _dropped(fact: Fact) -> Clause | None:
    if fact.value not in _DROPPED:
        return None
    verb, rest = _DROPPED[fact.value]
    call = fact.trait("call")
    if call and fact.value in ("guard", "call"):
        return (
            Clause("let", f"{quoted(call)} decide", gone=True)
            if fact.value == "guard"
            else Clause("call", quoted(call), gone=True)
        )
    failing = " that led to failure" if fact.value == "check" and fact.trait("effect") == "failure" else ""
    return Clause(verb, rest + failing + (f" ({quoted(call)})" if call else ""), gone=True)


# --- what runs by itself, packaging, configuration

_HOOKS = (
    ("preinstall", "when the package is installed"),
    ("postinstall", "when the package is installed"),
    ("install", "when the package is installed"),
    ("postinst", "when the package is installed"),
    ("preinst", "when the package is installed"),
    ("prerm", "when the package is removed"),
    ("postrm", "when the package is removed"),
    ("pth", "at each start of Python"),
    ("systemd", "as a system service"),
    ("cron", "at set times"),
    ("profile", "at each login"),
    ("udev", "when a device appears"),
    ("setup.py", "when the package is built or installed"),
    ("workflow", "in the build service"),
    ("autostart", "at each start of a session"),
    ("constructor", "when the program or library is loaded"),
    ("import time", "when the module is imported"),
)


def _hook(fact: Fact) -> Clause:
    when = next((words for name, words in _HOOKS if name in fact.value.lower()), "")
    what = quoted(fact.trait("words")) if fact.trait("words") else "something"
    return Clause(
        "run", " ".join(word for word in (what, "by itself", when, f"({printable(fact.value)})") if word), "command"
    )


def _command(fact: Fact) -> Clause:
    when = f" ({printable(fact.trait('when'))})" if fact.trait("when") else ""
    return Clause("run", f"the command {quoted(fact.trait('words') or fact.value)}{when}", "command")


def _dependency(fact: Fact) -> Clause:
    places = {"git": ", taken from a git repository", "url": ", taken from a URL", "path": ", taken from a path"}
    return Clause("depend", f"on {quoted(fact.value)}" + places.get(fact.trait("from"), ""), "dependency")


def _registry(fact: Fact) -> Clause:
    return Clause("take", f"packages or updates from {quoted(fact.value)}{_pinned(fact)}", "source")


def _image(fact: Fact) -> Clause:
    return Clause("use", f"the container image {quoted(fact.value)}{_pinned(fact)}", "image")


def _pinned(fact: Fact) -> str:
    return {"none": ", not pinned to a version", "branch": ", which can change at any time"}.get(
        fact.trait("pinned"), ""
    )


def _setting(fact: Fact) -> Clause:
    key, _, value = fact.value.partition("=")
    return Clause("set", f"{quoted(key)} to {quoted(value)}" if value else quoted(key), "setting")


def _assignment(fact: Fact) -> Clause:
    made = _setting(fact)
    return Clause(made.verb, made.rest + (", a weak value" if fact.trait("strength") == "weak" else ""))


def _flag(fact: Fact) -> Clause:
    what = {"weak": " (a setting that weakens protection)", "strong": " (a setting that protects)"}.get(
        fact.trait("strength"), ""
    )
    value = f" to {quoted(fact.trait('value'))}" if fact.trait("value") else ""
    return Clause("set", f"{quoted(fact.value)}{value}{what}", "flag")


def _permission(fact: Fact) -> Clause:
    return Clause("grant", f"the permission {quoted(fact.value)}", "permission")


def _mode(fact: Fact) -> Clause:
    rights = " and runs with its owner's rights (set-uid)" if fact.trait("setuid") == "yes" else ""
    return Clause("have", f"the file mode {quoted(fact.value)}{rights}")


def _owner(fact: Fact) -> Clause:
    return Clause("belong", f"to {quoted(fact.value)}")


def _link(fact: Fact) -> Clause:
    outside = ", outside the release" if fact.trait("leads") == "out" else ""
    return Clause("point", f"to {quoted(fact.value)}{outside}")


# --- trust and secrets

_SECRETS = {
    "private-key": "a private key",
    "public-key": "a public key",
    "certificate": "a certificate",
    "password": "a fixed password",
    "token": "a fixed access token",
    "hex-key": "a fixed key",
    "hash": "a fixed password hash or digest",
    "ssh-key": "an SSH key",
}


def _account(fact: Fact) -> Clause:
    uid = " with full rights (user id 0)" if fact.trait("uid") == "0" else ""
    password = {"empty": " and an empty password", "set": " and a fixed password"}.get(fact.trait("password"), "")
    return Clause("have", f"the account {quoted(fact.value)}{uid}{password}", "account")


def _key(fact: Fact) -> Clause:
    kinds = {"certificate": "a certificate", "authorized": "a key that may log in", "apt": "a key that signs packages"}
    name = fact.trait("type")
    return Clause(
        "trust", next((words for kind, words in kinds.items() if kind in name), "a key or certificate"), "key"
    )


def _secret(fact: Fact) -> Clause:
    return Clause("hold", _SECRETS.get(fact.trait("type"), "a fixed secret"))


# --- concealment

_DECODED = {
    "elf": "a program",
    "gzip": "packed data",
    "url": "a web address",
    "script": "a script",
    "text": "readable text",
}
_SHAPES = {"charcodes": "character codes", "escapes": "escapes", "bytes": "byte values"}
_ASSEMBLED = {
    "charcodes": "from character codes",
    "join": "by joining pieces",
    "reverse": "by reversing it",
    "xor": "by XOR",
    "concat-names": "by joining named pieces",
    "index": "by picking characters",
    "decode-call": "by decoding",
}
_INVISIBLE = {
    "bidi": "a character that turns the reading order",
    "zero-width": "an invisible character",
    "homoglyph": "a look-alike character",
    "control": "a control character",
    "private-use": "a character without a meaning of its own",
}


def _encoded(fact: Fact) -> Clause:
    shape = fact.trait("shape")
    inside = _DECODED.get(fact.trait("decoded"), "")
    how = f" ({_SHAPES.get(shape, printable(shape))})" if shape else ""
    return Clause("hold", f"encoded data{how}" + (f" that decodes to {inside}" if inside else ""))


def _assembled(fact: Fact) -> Clause:
    into = f" and passes it to {quoted(fact.trait('into'))}" if fact.trait("into") else ""
    how = _ASSEMBLED.get(fact.value)
    return Clause("make", "text " + (how or f"from pieces ({printable(fact.value)})") + into)


def _invisible(fact: Fact) -> Clause:
    return Clause("hold", f"{_INVISIBLE.get(fact.trait('kind'), 'an unusual character')} ({printable(fact.value)})")


def _far(fact: Fact) -> Clause:
    return Clause("have", f"code far to the right, past column {printable(fact.value)}, after blanks")


def _suppressed(fact: Fact) -> Clause:
    what = {"log": "a log", "error": "errors", "audit": "an audit record", "output": "output", "history": "a history"}
    call = f" ({quoted(fact.trait('call'))})" if fact.trait("call") else ""
    return Clause("silence", what.get(fact.value, printable(fact.value)) + call)


_UNSEEN = {
    "encrypted": "it is encrypted",
    "truncated": "it ends too early",
    "malformed": "it is broken",
    "unsupported": "nothing opens its form",
    "depth": "it lies too deep",
    "time": "it takes too long",
    "timeout": "it takes too long",
    "missing": "its bytes are not there",
}


def _gap(fact: Fact) -> Clause:
    still = "still " if fact.trait("was") == "gap" else ""
    return Clause("be", f"{still}closed to inspection ({_UNSEEN.get(fact.value, printable(fact.value))})")


# --- what source says

_ENDPOINTS = {
    "url": "the web address",
    "host": "the host",
    "ip": "the address",
    "port": "the port",
    "socket": "the socket",
}


def _call(fact: Fact) -> Clause:
    return Clause("call", quoted(fact.value))


def _string(fact: Fact) -> Clause:
    return Clause("hold", _literal(fact, "text", ""), "text")


def _comparison(fact: Fact) -> Clause:
    kind = fact.trait("type")
    what = {"number": "fixed number", "constant": "constant", "regex": "pattern"}.get(kind, "fixed text")
    thing = {"number": "number", "constant": "constant", "regex": "pattern"}.get(kind, "text")
    return Clause("compare", f"{_subject(fact)} with {_literal(fact, what, '')}", thing)


def _guard(fact: Fact) -> Clause:
    return Clause("let", f"{quoted(fact.value)} decide")


def _environment(fact: Fact) -> Clause:
    return Clause("read", f"the environment variable {quoted(fact.value)}", "variable")


def _import(fact: Fact) -> Clause:
    late = " at run time" if fact.trait("how") == "dynamic" else ""
    return Clause("use", f"the module {quoted(fact.value)}{late}")


def _endpoint(fact: Fact) -> Clause:
    thing = {"port": "port", "host": "host", "socket": "socket"}.get(fact.trait("type"), "address")
    return Clause("name", f"{_ENDPOINTS.get(fact.trait('type'), 'the address')} {quoted(fact.value)}", thing)


def _option(fact: Fact) -> Clause:
    return Clause("understand", f"the option {quoted(fact.value)}", "option")


def _algorithm(fact: Fact) -> Clause:
    how = {"weak": ", a weak algorithm", "fixed": " with a fixed start value"}.get(fact.trait("strength"), "")
    return Clause("use", quoted(fact.value) + how)


def _return(fact: Fact) -> Clause:
    meaning = {"yes": ", which means success", "no": ", which means failure", "maybe": ", which may mean success"}
    return Clause("return", quoted(fact.value) + meaning.get(fact.trait("success"), ""))


def _line(fact: Fact) -> Clause:
    return Clause("have", f"the line {quoted(fact.value)}")


def _document(fact: Fact) -> Clause:
    return Clause("say", f"“{clipped(printable(fact.value), _LONGEST)}”")


_MAKERS: dict[str, Callable[[Fact], Clause | None]] = {
    "power": _power,
    "gate": _gate,
    "weaker": _weaker,
    "widened": _widened,
    "altered": _altered,
    "dropped": _dropped,
    "hook": _hook,
    "command": _command,
    "dependency": _dependency,
    "registry": _registry,
    "image": _image,
    "setting": _setting,
    "assignment": _assignment,
    "flag": _flag,
    "permission": _permission,
    "mode": _mode,
    "owner": _owner,
    "link": _link,
    "account": _account,
    "key": _key,
    "secret": _secret,
    "encoded": _encoded,
    "assembled": _assembled,
    "invisible": _invisible,
    "far": _far,
    "suppressed": _suppressed,
    "gap": _gap,
    "call": _call,
    "string": _string,
    "comparison": _comparison,
    "guard": _guard,
    "environment": _environment,
    "import": _import,
    "endpoint": _endpoint,
    "option": _option,
    "algorithm": _algorithm,
    "return": _return,
    "line": _line,
    "document": _document,
}
