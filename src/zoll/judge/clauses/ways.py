"""How a weakening is told that only the way in which something is weaker tells."""

from collections.abc import Callable

from zoll.judge.clauses.guessed import GUESSED
from zoll.judge.clauses.saying import Clause, became, quoted
from zoll.model import Fact


def _step(fact: Fact) -> Clause:
    """Say which step of a chain, that asked more of what comes in, is gone or stands open."""
    if fact.trait("new"):
        return Clause("ask", "for less" + became(fact))
    return Clause("ask", f"for {quoted(fact.trait('old'))}", gone=True)


def _default(fact: Fact) -> Clause:
    """Say what holds where a caller says nothing, of a parameter that is new or was there."""
    return Clause("have", "an open default" + became(fact))


# Weakenings that only the way in which something is weaker tells.
WAYS: dict[str, Callable[[Fact], Clause]] = {
    **GUESSED,
    "bits": lambda fact: Clause("look", "at fewer bits" + became(fact)),
    "default": _default,
    "value": lambda fact: Clause("set", "a value that protects less" + became(fact)),
    "step": _step,
    "unset": lambda fact: Clause("make", f"the call {quoted(fact.trait('old'))}, which keeps something out", gone=True),
    "failing": lambda fact: Clause("count", "a failure as a yes" + became(fact)),
    "excepted": lambda fact: Clause(
        "set",
        f"the other way in one case ({quoted(fact.trait('new'))}) what it always set ({quoted(fact.trait('old'))})",
    ),
    "letters": lambda fact: Clause("let", "more be done with what it names" + became(fact)),
    "kept": lambda fact: Clause("keep", "the way back to the rights that it laid down for good" + became(fact)),
    "own-length": lambda fact: Clause("write", "as much as comes in, and not as there is room for" + became(fact)),
    "less-room": lambda fact: Clause("make", "less room" + became(fact)),
    "format": lambda fact: Clause("take", "as a format what it only wrote out" + became(fact)),
    "unsafe": lambda fact: Clause("do", "without the checks of the language what it did with them" + became(fact)),
    "uncounted": lambda fact: Clause("count", f"failed tries ({quoted(fact.trait('old'))})", gone=True),
    "counts-late": lambda fact: Clause("count", "failed tries only behind a check" + became(fact)),
    "counts-some": lambda fact: Clause("count", "failed tries only in one case" + became(fact)),
    "counts-part": lambda fact: Clause("keep", "only a part of the number of failed tries" + became(fact)),
    "recounts": lambda fact: Clause("set", "a count of failed tries back before it checks anything" + became(fact)),
    "itself": lambda fact: Clause("hold", "something against itself, or against another part of it" + became(fact)),
    "sent": lambda fact: Clause(
        "hold", "against what comes in itself what it held against something else" + became(fact)
    ),
    "handed": lambda fact: Clause("take", "from what comes in who is meant or what he may do" + became(fact)),
    "switched": lambda fact: Clause(
        "set", f"anew, from what comes in, whom it had found out ({quoted(fact.trait('new'))})"
    ),
    "unowned": lambda fact: Clause("look", "only among what is the caller's own" + became(fact), gone=True),
    "unkeyed": lambda fact: Clause("tell", "apart by who asks what it remembers" + became(fact), gone=True),
    "chosen": lambda fact: Clause("count", "by what the sender may choose anew each time" + became(fact)),
    "unfiltered": lambda fact: Clause(
        "hold", f"what it asks a data base for to {quoted(fact.trait('old'))}", gone=True
    ),
    "shelled": lambda fact: Clause("let", "a shell read what it handed to a program word by word" + became(fact)),
    "parted": lambda fact: Clause("tell", f"apart by {quoted(fact.trait('old'))} what it remembers", gone=True),
    "shared": lambda fact: Clause("hand", "on itself what it handed on as a copy" + became(fact)),
    "spliced": lambda fact: Clause("hand", "a command to a shell as one text" + became(fact)),
    "unheeded": lambda fact: Clause("look", f"at what it is handed as {quoted(fact.trait('old'))}", gone=True),
    "void": lambda fact: Clause("return", "what stands for no protection where it refused" + became(fact)),
    "assignable": lambda fact: Clause("let", f"whoever sends a form set {quoted(fact.trait('new'))}"),
    "sparing": lambda fact: Clause("tell", f"a guard what to leave out ({quoted(fact.trait('new'))})"),
    "role": lambda fact: Clause("ask", "for a lower role or right" + became(fact)),
    "besides": lambda fact: Clause("let", "others in besides those it let in" + became(fact)),
    "presumed": lambda fact: Clause("take", "for granted at first what a check had to find out" + became(fact)),
    "turned": lambda fact: Clause("refuse", "only what lies beyond another end" + became(fact)),
    "afresh": lambda fact: Clause(
        "go", "on from what it had asked before, and starts afresh" + became(fact), gone=True
    ),
    "apart": lambda fact: Clause("share", "among all what each kept for itself" + became(fact)),
    "shown": lambda fact: Clause("show", "what it masked" + became(fact)),
    "settled": lambda fact: Clause("forget", "what fails among several that it waits for" + became(fact)),
    "unawaited": lambda fact: Clause("wait", f"for the answer of a check ({quoted(fact.trait('new'))})", gone=True),
    "more-bits": lambda fact: Clause("take", "more bits for the one that had to be set" + became(fact)),
    "saved": lambda fact: Clause(
        "succeed", f"in one case ({quoted(fact.trait('new'))}) where it always failed ({quoted(fact.trait('old'))})"
    ),
    "rearmed": lambda fact: Clause(
        "treat", f"one case like {quoted(fact.trait('new'))} that it refused or checked ({quoted(fact.trait('old'))})"
    ),
    "sometimes": lambda fact: Clause(
        "call", f"{quoted(fact.trait('old'))} only in one case ({quoted(fact.trait('new'))}), which it always called"
    ),
    "remembered": lambda fact: Clause(
        "begin", "with what the call before left where it began with a no" + became(fact)
    ),
    "unvoted": lambda fact: Clause("keep", "out of what it refused before, so that others decide" + became(fact)),
    "untold": lambda fact: Clause("set", f"{quoted(fact.trait('old'))}, which protects", gone=True),
    "stretched": lambda fact: Clause("allow", "more than before to be off or to pass" + became(fact)),
    "effective": lambda fact: Clause(
        "ask", "as whom it runs, which may be root for everybody, where it asked who started it" + became(fact)
    ),
    "undropped": lambda fact: Clause(
        "go", "on with all its rights where it ended before it laid them down" + became(fact)
    ),
}
