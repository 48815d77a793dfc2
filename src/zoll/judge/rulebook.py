"""The rules as data.

`rules/<family>/<pattern>.toml`; the path is the id, the bits stand in `bits.toml` beside this file.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import msgspec
from msgspec import Struct

from zoll.errors import BadSetting
from zoll.judge.scene import RANGES, Seen
from zoll.model import Fact


class Pattern(Struct, frozen=True, forbid_unknown_fields=True):
    """What a fact must be.

    `kind` and `value` are regular expressions (kind whole, value anywhere); each trait is one too, whole, and one that
    starts with `!` must not be there. `new` asks that the word is new at least to that range; `undeclared` that nothing
    else in the new release mentions it; `least` how many different facts must be of this pattern.
    """

    kind: str
    value: str = ""
    traits: tuple[str, ...] = ()
    new: str = ""
    undeclared: bool = False
    least: int = 1

    @property
    def bare(self) -> bool:
        """Tell whether it asks nothing of what the rest of the release says."""
        return not self.new and not self.undeclared

    def suits(self, kind: str) -> bool:
        """Say whether facts of a kind can be of this pattern."""
        return _whole(self.kind, kind)

    def accepts(self, fact: Fact) -> bool:
        """Say whether a fact of a kind that suits is of this pattern, newness aside."""
        if self.value and _anywhere(self.value).search(fact.value) is None:
            return False
        return not self.traits or all(_has(trait, fact.traits) for trait in self.traits)

    def reaches(self, seen: Seen) -> bool:
        """Say whether a reading whose fact is of this pattern is as new, and as undeclared, as it asks."""
        return (not self.new or seen.newness >= RANGES.index(self.new)) and (not self.undeclared or seen.undeclared)


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """One backdoor-like pattern. All patterns of `gained`, `lost` and `standing` must be met, none of `without`."""

    title: str
    why: str
    look: str
    hits: tuple[tuple[str, ...], ...]
    misses: tuple[tuple[str, ...], ...]
    gained: tuple[Pattern, ...] = ()
    lost: tuple[Pattern, ...] = ()
    standing: tuple[Pattern, ...] = ()
    without: tuple[Pattern, ...] = ()
    id: str = ""
    bits: float = 0.0

    @property
    def family(self) -> str:
        """The folder that the rule lives in."""
        return self.id.split("/", 1)[0]


class Book(Struct, frozen=True):
    """The bits of each rule and the cap of each family: the one place where weights stand."""

    caps: dict[str, float]
    rules: dict[str, float]


@cache
def book() -> Book:
    """Return the bits as shipped."""
    text = (files("zoll.judge") / "bits.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Book)


@cache
def load() -> tuple[Rule, ...]:
    """Return all rules in the order of their ids; raises BadSetting when one makes no sense."""
    root = files("zoll") / "rules"
    found = [
        _rule(f"{family.name}/{file.name.removesuffix('.toml')}", file)
        for family in sorted(root.iterdir(), key=lambda item: item.name)
        if family.is_dir()
        for file in sorted(family.iterdir(), key=lambda item: item.name)
        if file.name.endswith(".toml")
    ]
    strangers = set(book().rules) - {rule.id for rule in found}
    if strangers:
        raise BadSetting(f"bits.toml weighs rules that do not exist: {', '.join(sorted(strangers))}")
    return tuple(found)


def _rule(name: str, file: Traversable) -> Rule:
    try:
        plain: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        return msgspec.convert({**plain, "id": name, "bits": book().rules[name]}, Rule)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, re.error) as error:
        raise BadSetting(f"rule {name}: {error}") from error
    except KeyError as error:
        raise BadSetting(f"rule {name} has no bits: give it a line in judge/bits.toml") from error


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


@cache
def _anywhere(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


def _whole(expression: str, text: str) -> bool:
    return _compiled(expression).fullmatch(text) is not None


def _has(trait: str, traits: tuple[str, ...]) -> bool:
    if trait.startswith("!"):
        return not any(_whole(trait[1:], there) for there in traits)
    return any(_whole(trait, there) for there in traits)
