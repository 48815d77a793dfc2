"""What a power can do, in plain words."""

import re
from functools import lru_cache

from zoll.judge.clauses.saying import Clause, Makers, quoted
from zoll.model import Fact

_POWERS = {
    "run": ("run", "a command"),
    "evaluate": ("run", "text as code"),
    "load": ("load", "a library, module or stored object"),
    "listen": ("open", "a listening socket"),
    "connect": ("open", "a network connection"),
    "send": ("send", "data"),
    "resolve": ("look up", "a host name"),
    "fetch": ("fetch", "data from a URL"),
    "install": ("install", "packages with the package manager"),
    "write": ("write", "a file"),
    "delete": ("delete", "a file"),
    "start": ("arrange", "for something to start by itself"),
    "identity": ("change", "the user or the rights that it runs with"),
    "permit": ("change", "who may use a file"),
    "accounts": ("change", "the accounts of the system or their rights"),
    "credential": ("read", "stored credentials"),
    "collect": ("collect", "details of the system or its users"),
    "hide": ("take", "a step that can hide a process or its traces"),
    "raw": ("open", "a raw socket or packet filter"),
    "memory": ("change", "memory that can run as code"),
    "kill": ("stop", "another process"),
    "decode": ("decode", "packed or encoded data"),
    "random": ("draw", "random numbers"),
}
# What calls of one class do that its words would tell wrongly: the class, the call's last name, verb and rest.
_SPOKEN = (
    ("credential", r"(?:f?get|posix_get)(?:pw|gr)\w*|(?:pwd|grp|user)\.\w+|Lookup\w*|Current", "look up", "an account"),
    ("credential", r"getpass|readpassphrase|read_passphrase|readPassword|ReadPassword", "ask", "for a password"),
    ("credential", r"crypt(?:_r)?", "hash", "a password"),
    ("write", r"(?:user|group)(?:add|mod|del)|add(?:user|group)|(?:g|ch|ht|smb)?passwd|newusers|vipw|pwconv",
     "change", "the accounts of the system"),
    ("write", r"update-ca-\w+|apt-key|trust|keytool|certutil|gpg2?", "change", "which keys are trusted"),
    ("write", r"ssh-copy-id", "change", "who may log in"),
    ("run", r"find|xargs|parallel|runuser|env|timeout|nohup|setsid|run-parts", "run", "another command"),
    ("kill", r"watcher", "stop", "a tool that watches the system"),
    ("listen", r"debugger", "let", "a debugger in"),
    ("run", r"replacement", "run", "a command made of the text that it replaces"),
    ("run", r"option", "make", "another program run a command by an option or a variable"),
    ("load", r"LD_PRELOAD", "make", "programs that it starts load or run something more"),
    ("memory", r"f?open\w*|OpenFile|process_vm_writev|WriteProcessMemory", "open", "the memory of a process"),
    ("connect", r"socket\.socket", "make", "a socket"),
    ("evaluate", r"getattr|globals|(?:public_|__)?send(?:__)?|global\[\]|_G\[\]|[$&]name",
     "call", "what a variable names"),
    ("hide", r"daemon\w*|setsid|nohup|disown|unref", "detach", "from what started it"),
)  # fmt: skip
_FORMS = frozenset({"debugger", "watcher", "option", "replacement"})  # what readers say in place of a call
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


def _power(fact: Fact) -> Clause | None:
    return powered(fact.value, fact)


def powered(kind: str, fact: Fact) -> Clause | None:
    """Return what a power of this class does, with what the fact says of its call."""
    if kind not in _POWERS:
        return None
    spoken = _spoken(kind, fact.trait("call"))
    verb, rest = spoken or _POWERS[kind]
    if not spoken:
        rest = {"run": _COMMANDS, "evaluate": _TEXTS}.get(kind, {}).get(fact.trait("arg"), rest)
    if fact.trait("under") == "domain":
        rest = "a host name put together at run time, under a fixed domain"
    through = fact.trait("through")
    shown = fact.trait("call") not in _FORMS and fact.trait("call")
    call = [f"through {quoted(through)}"] if through else [quoted(shown)] if shown else []
    name = [quoted(fact.trait("name"))] if fact.trait("name") and not spoken else []
    names = ", ".join(dict.fromkeys(call + name))
    return Clause(verb, rest + (f" ({names})" if names else ""), sure=fact.trait("by") != "name")


@lru_cache(maxsize=4096)
def _spoken(kind: str, call: str) -> tuple[str, str] | None:
    """Return the verb and the rest for a call that the words of its class would tell wrongly."""
    last = re.split(r"[/.]", call)[-1]
    for power, names, verb, rest in _SPOKEN:
        if power == kind and (re.fullmatch(names, last) or re.fullmatch(names, ".".join(call.split(".")[-2:]))):
            return verb, rest
    return None


_BRINGERS = {
    "request": "that a request brings",
    "message": "that a message brings",
    "peer": "that came over the network",
    "net": "that it fetched",
    "file": "that it wrote just before",
    "data": "that stands in data",
}
_BROUGHT = {
    "run": ("run", "a command"),
    "evaluate": ("run", "code"),
    "load": ("load", "code or an object"),
    "named": ("call", "the function of a name"),
}


def _brought(fact: Fact) -> Clause | None:
    found = _BROUGHT.get(fact.value)
    what = "a file" if fact.trait("from") == "file" else found[1] if found else ""
    bringer = _BRINGERS.get(fact.trait("from"), "from outside")
    return Clause(found[0], f"{what} {bringer} ({quoted(fact.trait('call'))})") if found else None


_HANDED = {
    "file": ("write", "a secret into a file"),
    "log": ("write", "a secret into a log"),
    "screen": ("show", "a secret"),
    "peer": ("send", "a secret"),
    "command": ("give", "a secret to a command"),
    "environment": ("put", "a secret into the environment, where all that it starts can read it"),
}


_GATHERED = {
    "environment": "its environment, which may hold keys",
    "clipboard": "what is in the clipboard",
    "keystrokes": "what is typed",
    "keyfile": "the file of a key or of credentials",
}


def _handed(fact: Fact) -> Clause | None:
    if fact.value == "picked":
        return Clause("pick", "what is secret out of the environment")
    if fact.trait("what") in _GATHERED:
        return Clause("send", f"{_GATHERED[fact.trait('what')]} ({quoted(fact.trait('call'))})")
    found = _HANDED.get(fact.value)
    named = ", ".join(quoted(fact.trait(trait)) for trait in ("name", "call") if fact.trait(trait))
    return Clause(found[0], f"{found[1]} ({named})") if found else None


_COPIED = {
    "key": ("encrypt", "for one more key"),
    "hidden": ("add", "a recipient whom the others do not see"),
    "shown": ("add", "a recipient"),
    "": ("send", "the same once more to somebody else"),
}


def _copied(fact: Fact) -> Clause:
    if fact.trait("rule"):
        return Clause("send", f"what passes to somebody else too, by the rule {quoted(fact.trait('call'))}")
    verb, rest = _COPIED.get(fact.trait("how"), _COPIED[""])
    fixed = ", to an address in the code" if fact.trait("to") == "fixed" else ""
    fixed += " in one case only" if fact.trait("case") == "one" else ""
    return Clause(verb, rest + fixed + (f" ({quoted(fact.trait('call'))})" if fact.trait("call") else ""))


MAKERS: Makers = {
    "brought": _brought,
    "copied": _copied,
    "power": _power,
    "handed": _handed,
}
