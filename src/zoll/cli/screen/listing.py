"""Lists commands and report formats from their files' text, so that `--help` imports none of them."""

import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

PLUGIN = re.compile(r"^DOC(?:: Doc)? = ", re.MULTILINE)
FIRST = re.compile(r'r?"""([^"\n]+)')
TABLE = re.compile(r"^TABLE(?:: Table)? = ", re.MULTILINE)
HIDDEN = re.compile(r"^@click\.command\(.*\bhidden=True", re.MULTILINE)


@cache
def commands() -> dict[str, bool]:
    """Return the command files in name order, each with whether it is hidden from `--help`."""
    return {name: bool(HIDDEN.search(file.read_text(encoding="utf-8"))) for name, file in _modules("zoll.cli").items()}


@cache
def formats() -> tuple[str, ...]:
    """Return the report formats: the files of that folder that have a DOC, as `catalogue.plugins` would find them."""
    return tuple(
        shown_as(name)
        for name, file in _modules("zoll.reports").items()
        if PLUGIN.search(file.read_text(encoding="utf-8"))
    )


def shown_as(module: str) -> str:
    """Return a module's name as users write it."""
    return module.replace("_", "-")


def module_of(name: str) -> str:
    """Return the module of a name that a user wrote."""
    return name.replace("-", "_")


@cache
def languages() -> tuple[str, ...]:
    """Return the programming languages that have a table."""
    files_there = _modules("zoll.parse.languages").items()
    return tuple(name for name, file in files_there if TABLE.search(file.read_text(encoding="utf-8")))


def first_words(module: str) -> str:
    """Return the first sentence of a module's docstring."""
    package, _, name = module.rpartition(".")
    found = FIRST.match(_modules(package)[name].read_text(encoding="utf-8"))
    return found[1].partition(". ")[0].rstrip(".") if found else ""


def _modules(package: str) -> dict[str, Traversable]:
    found = {file.name.removesuffix(".py"): file for file in files(package).iterdir() if file.name.endswith(".py")}
    return {name: found[name] for name in sorted(found) if not name.startswith("_")}
