"""What runs by itself, packaging, configuration, and what a container says of its members."""

import re

from zoll.judge.clauses.saying import Clause, Makers, printable, quoted
from zoll.model import Fact

_HOOKS = (
    ("systemd install", "together with the system"),
    ("uninstall", "when the package is removed"),
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
    if fact.value == "command of the system":
        return Clause("put", f"a command of its own in the place of one that everybody knows ({what})", "command")
    return Clause(
        "run", " ".join(word for word in (what, "by itself", when, f"({printable(fact.value)})") if word), "command"
    )


# The scripts of a package that npm runs without being asked for by their name.
_BY_ITSELF = re.compile(
    r"(?:pre|post)?(?:install|uninstall|prepare|publish|pack|version|start|stop|restart|test|build)|prepublishOnly"
)


def _command(fact: Fact) -> Clause:
    runner, _, script = fact.trait("when").partition(" ")
    if runner == "npm" and script and not _BY_ITSELF.fullmatch(script):
        words = quoted(fact.trait("words") or fact.value)
        return Clause("offer", f"the command {words} as {quoted(f'npm run {script}')}", "command")
    when = f" ({printable(fact.trait('when'))})" if fact.trait("when") else ""
    return Clause("run", f"the command {quoted(fact.trait('words') or fact.value)}{when}", "command")


def _dependency(fact: Fact) -> Clause:
    places = {"git": ", taken from a git repository", "url": ", taken from a URL", "path": ", taken from a path"}
    whom = " for its developers" if fact.trait("group") == "dev" else ""
    if fact.trait("of"):
        return Clause(
            "put", f"the package {quoted(fact.trait('of'))} in the place of {quoted(fact.value)}{whom}", "dependency"
        )
    return Clause("depend", f"on {quoted(fact.value)}{places.get(fact.trait('from'), '')}{whom}", "dependency")


def _relocked(fact: Fact) -> Clause:
    version = quoted(fact.trait("version"))
    return Clause("hold", f"{quoted(fact.value)} against another digest under the same version {version}", "dependency")


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
    if fact.value.endswith("=variable") and not fact.trait("value"):
        return Clause("set", f"{quoted(fact.value.partition('=')[0])} to a value that is worked out")
    return Clause(made.verb, made.rest + (", a weak value" if fact.trait("strength") == "weak" else ""))


_RULE = {"weak": ", which weakens protection", "strong": ", which protects"}


# Of settings that hand somebody the machine, or who somebody is: what they do.
_HANDS_OVER = {
    "loaded": ("load", "something into all that it starts"),
    "container": ("give", "a container that it starts more rights, or less of a fence"),
    "granted": ("grant", "wide rights in a cluster"),
    "unchecked": ("tell", "what it starts to leave a check out"),
    "handed": ("hand", "the passwords that people type to a program"),
    "answers": ("ask", "a module of its own who people are and what their passwords are"),
    "host": ("give", "a kept program the machine outside its box"),
    "secrets": ("let", "others read or write what holds passwords or keys"),
    "named": ("let", "one name pass without its password"),
    "keys": ("let", "in whoever holds a key that it writes where log-ins look for them"),
    "setuid": ("make", "a file run with its owner's rights, whoever starts it"),
    "strangers": ("take", "the code of whoever asks for it to be merged, in a workflow"),
    "machine": ("let", "a data base command the machine or itself"),
    "root": ("let", "somebody become root by a program that starts or writes whatever it is told"),
    "names": ("answer", "for a name itself, with a fixed address"),
}


def _flag(fact: Fact) -> Clause:
    if fact.trait("how") in _HANDS_OVER:
        verb, rest = _HANDS_OVER[fact.trait("how")]
        return Clause(verb, f"{rest} ({quoted(fact.value)})")
    what = {"weak": " (a setting that weakens protection)", "strong": " (a setting that protects)"}.get(
        fact.trait("strength"), ""
    )
    if fact.trait("rule") and fact.value.startswith("lets in "):
        return Clause("let", f"in what comes {quoted(fact.value.removeprefix('lets in '))}")
    if fact.trait("rule"):
        said = f"{fact.value} {fact.trait('value')}".strip()
        return Clause("have", f"the rule {quoted(said)}{_RULE.get(fact.trait('strength'), '')}")
    if fact.trait("how") == "held":
        verb, rest = ("hold", "itself to less") if fact.trait("strength") == "strong" else ("let", "itself do more")
        return Clause(verb, f"{rest} ({quoted(fact.value)})")
    if fact.trait("how") == "anyone":
        return Clause("run", f"{quoted(fact.value)}, which lies where everyone may write")
    told = not fact.trait("value") or fact.value.endswith(fact.trait("value"))
    value = "" if told else f" to {quoted(fact.trait('value'))}"
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


_NAMED = {
    "climbs": "a name that climbs out of its archive",
    "absolute": "a name that starts at the root of the disk",
    "drive": "a name with a drive letter",
    "long": "a name longer than systems allow",
    "duplicate": "the name of another file in the same archive",
    "beside the archives": "a place where the installer does not look",
    "beside the members": "a place before the archive's first member",
}


def _name(fact: Fact) -> Clause:
    return Clause("have", _NAMED.get(fact.value, f"an odd name ({printable(fact.value)})"))


def _node(fact: Fact) -> Clause:
    return Clause("be", f"no plain file ({printable(fact.value)})")


MAKERS: Makers = {
    "hook": _hook,
    "command": _command,
    "dependency": _dependency,
    "relocked": _relocked,
    "registry": _registry,
    "image": _image,
    "setting": _setting,
    "assignment": _assignment,
    "flag": _flag,
    "permission": _permission,
    "mode": _mode,
    "owner": _owner,
    "link": _link,
    "name": _name,
    "node": _node,
}
