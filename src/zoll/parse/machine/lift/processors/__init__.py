"""One table per processor, found by its name."""

from importlib import import_module

from zoll.parse.machine.lift.machine import Processor

MODULES = {
    "x86-64": "x86",
    "x86": "x86",
    "arm64": "arm64",
    "arm": "arm",
    "mips": "mips",
    "mips64": "mips",
    "ppc": "ppc",
    "ppc64": "ppc",
    "riscv64": "riscv",
}


def processor_of(name: str, *, big: bool) -> Processor:
    """Return the table of a processor as the image calls it."""
    module = import_module(f"zoll.parse.machine.lift.processors.{MODULES[name]}")
    table = module.processor(name, big=big)
    if not isinstance(table, Processor):
        raise TypeError(f"{name} has no table")
    return table
