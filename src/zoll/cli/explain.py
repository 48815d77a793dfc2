"""Say what a rule looks for, why, and what to look at."""

from collections.abc import Iterator

import click
from rapidfuzz import process

from zoll.cli.screen import output
from zoll.errors import BadSetting
from zoll.judge.counts import explained, shipped
from zoll.judge.rulebook import Pattern, Rule, load


@click.command()
@click.argument("rule")
def command(rule: str) -> None:
    """Explain RULE, an id as findings and `zoll rules` show it; a family's name explains all of its rules.

    What was counted is explained too: `counted/words`, or a word as findings quote it.

    \b
    zoll explain reach/new-host
    zoll explain trigger
    zoll explain "+gate undeclared"
    """
    told = explained(rule, shipped())
    output.put(told or "\n\n".join(text(found) for found in named(rule)), None)


def named(words: str) -> list[Rule]:
    """Return the rule of that id or the rules of that family; raise BadSetting with what comes near."""
    rules = load()
    found = [rule for rule in rules if words in (rule.id, rule.family, rule.id.partition("/")[2])]
    if found:
        return found
    near = [name for name, _, _ in process.extract(words, [rule.id for rule in rules], limit=3)]
    raise BadSetting(f"{words}: no such rule; near are {', '.join(near)} (zoll rules lists all)")


def text(rule: Rule) -> str:
    """Return all that the rulebook says of a rule."""
    lines = [f"{rule.id}  ({rule.bits:+.1f} bits)", rule.title, "", f"Why   {rule.why}", f"Look  {rule.look}", ""]
    for side in ("gained", "lost", "standing", "without"):
        lines += [f"{side:9}{words(pattern)}" for pattern in getattr(rule, side)]
    return "\n".join((*lines, *_examples(rule)))


def words(pattern: Pattern) -> str:
    """Return a pattern on one line: kind, value and what else is asked."""
    asked = [f"trait {trait}" for trait in pattern.traits]
    asked += [f"new to the {pattern.new}"] if pattern.new else []
    asked += ["undeclared"] if pattern.undeclared else []
    asked += [f"at least {pattern.least} of them"] if pattern.least > 1 else []
    return ", ".join((f"{pattern.kind} {pattern.value}".rstrip(), *asked))


def _examples(rule: Rule) -> Iterator[str]:
    for title, examples in (("Speaks at", rule.hits), ("Is silent at", rule.misses)):
        yield ""
        yield title
        for example in examples:
            yield f"  {' '.join(example)}"
