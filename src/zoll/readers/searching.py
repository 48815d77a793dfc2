"""Where programs, modules and libraries are looked for: in a folder of whoever starts it, or one open to everybody.

Asked of statements, and of texts that are programs themselves, such as the template of a launcher.
"""

import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Statement
from zoll.readers.material import Material
from zoll.readers.words import split

DOC = Doc(
    title="Where programs, modules and libraries are looked for",
    reads=("code/*",),
    yields=("searched",),
    limitations=("folders are told where they stand as text, or are asked of the system in the same statement",),
)
_OPEN = r"(?:/var)?/tmp(?![\w.-])|/dev/shm(?!\w)|/run/lock(?!\w)"
_HERE = (
    r"(?<![\w.])(?:os\.)?(?:getcwdu?|cwd)\(\)|os\.curdir|process\.cwd\(\)|Dir\.pwd|"
    r"(?<![\w\"'])(?:''|\"\"|'\.'|\"\.\")(?![\w\"'])"
)
# Lists of folders in which what runs is looked for, and how something is put into them.
_LISTS = re.compile(
    r"(?P<path>sys\.path)(?:\.(?:insert|append|extend)\(|\[[\d: ]{0,6}\]\s?=(?!=)|\s?\+?=(?!=))|"
    r"(?:unshift|push)[ (]+@(?P<inc>INC)\b|\buse (?P<lib>lib)\b|"
    r"(?P<load>\$LOAD_PATH|\$:)(?:\.(?:unshift|push|prepend)|\s?<<)|"
    r"(?P<node>(?:module|require\.main)\.paths)\.(?:unshift|push)\(|(?P<php>set_include_path)\(|"
    r"(?P<lua>package\.c?path)\s?=(?!=)"
)
_ORDINARY = frozenset(["php", "lua"])  # the folder of whoever starts it stands there from the first
_VARIABLE = re.compile(
    r"(?<![\w$.])(?P<name>PATH|LD_LIBRARY_PATH|LD_PRELOAD|PYTHONPATH|PERL5LIB|RUBYLIB|NODE_PATH|GEM_PATH)[\"']?\]?\s?[=,]\s?(?P<value>[^\s;&|]{1,300})"
)
_HERE_FIRST = re.compile(r"\.?:")
_PROGRAMS = re.compile(
    r"(?:plugin|module|lib|librarie|interpreter|python|helper|driver|extension|addon|executable|toolchain|hook)s?|bin|library|loader"
)
_ASIDE = re.compile(r"te?mp|cache|logs?|work|scratch|out|output|tests?|build|sock|socket|pid|lock|dump|trace")
_PLACE = re.compile(rf"[\"'](?:{_OPEN})[^\"']{{0,80}}[\"']")
_OPENED = re.compile(_OPEN)
_BESIDE = re.compile(_HERE)


def read(material: Material) -> Iterator[Reading]:
    """Yield each folder among those that are looked through which others may fill."""
    for statement in material.told:
        text = statement.text[:2000]
        if (
            "/" not in text
            and "path" not in text.lower()
            and "INC" not in text
            and "lib" not in text
            and "$:" not in text
        ):
            continue
        for how, folder in (*_listed(text), *_in_variable(text, material.language), *_named(statement)):
            leads = "writable" if _OPENED.search(folder) else "relative"
            yield material.say("searched", folder, statement.line, 0, text, how=how, leads=leads, in_="source")


def _listed(text: str) -> Iterator[tuple[str, str]]:
    """Yield what is put into a list of folders, up to the end of the line in which that happens."""
    for found in _LISTS.finditer(text):
        kind, how = next((name, value) for name, value in found.groupdict().items() if value)
        given = text[found.end() : found.end() + 200].split("\n", 1)[0].split(";", 1)[0]
        place = _OPENED.search(given)
        here = None if kind in _ORDINARY else _BESIDE.search(given)
        if place or here:
            yield how, place[0] if place else "."


def _in_variable(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield what stands in a variable of the environment that names folders: `PATH=.:$PATH`."""
    found = _VARIABLE.search(text)
    if not found or (language != "shell" and "env" not in text.lower()):
        return
    place = _OPENED.search(found["value"])
    own = found["name"] in ("PATH", "LD_LIBRARY_PATH", "LD_PRELOAD")
    if place:
        yield found["name"], place[0]
    elif own and "$" + found["name"] in found["value"] and _HERE_FIRST.match(found["value"].strip("\"' ")):
        yield found["name"], "."


def _named(statement: Statement) -> Iterator[tuple[str, str]]:
    """Yield an open folder that a name of programs, modules or libraries is set to."""
    if statement.kind not in ("assign", "declare"):
        return
    words = split(statement.target[-80:])
    names = any(map(_PROGRAMS.fullmatch, words)) and not any(map(_ASIDE.fullmatch, words))
    found = _PLACE.search(statement.value[:400]) if names else None
    if found:
        yield statement.target[-60:], found[0].strip("\"'")
