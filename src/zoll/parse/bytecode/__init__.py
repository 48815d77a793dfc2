"""Bytecode of virtual machines as source: Java classes as Java, compiled Python as Python, .NET assemblies as Java.

Each virtual machine keeps its values on a stack: a method is run once over texts, block by block, so that calls,
conditions and returns come out as the source had them. Nothing is executed.
"""

from zoll.parse.bytecode.assembly import is_assembly
from zoll.parse.bytecode.cilclass import open_assembly
from zoll.parse.bytecode.javaclass import open_class
from zoll.parse.bytecode.pyclass import open_pyc
from zoll.parse.bytecode.source import BadBytecode, Source

__all__ = ["LANGUAGES", "BadBytecode", "Source", "is_bytecode", "open_bytecode"]

LANGUAGES = {"executable/class": "java", "executable/pyc": "python", "executable/pe": "java"}
_OPENERS = {"executable/class": open_class, "executable/pyc": open_pyc, "executable/pe": open_assembly}


def open_bytecode(data: bytes, kind: str) -> Source | None:
    """Return bytecode of a kind (`executable/class`) as source, None where it is none. Raises BadBytecode."""
    opener = _OPENERS.get(kind)
    return opener(data) if opener else None


def is_bytecode(data: bytes, kind: str) -> bool:
    """Say whether the head of an executable promises bytecode."""
    return kind in LANGUAGES and (kind != "executable/pe" or is_assembly(data))
