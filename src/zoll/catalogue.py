"""Lists the plug-ins that live in a folder: no order, no registry, no base class, no decorator."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from msgspec import Struct


class Doc(Struct, frozen=True):
    """What a plug-in says of itself; the documentation's catalogue is made from it."""

    title: str
    reads: tuple[str, ...]
    yields: tuple[str, ...]
    limitations: tuple[str, ...] = ()


@cache
def plugins(package: str) -> dict[str, ModuleType]:
    """Return every module of `package` that has a DOC, by its name, in name order.

    >>> "folder" in plugins("zoll.openers")
    True
    """
    room = import_module(package)
    modules = {found.name: import_module(f"{package}.{found.name}") for found in iter_modules(room.__path__)}
    return {name: module for name, module in sorted(modules.items()) if hasattr(module, "DOC")}
