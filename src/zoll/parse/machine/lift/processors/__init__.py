"""One table per processor, found by its name."""

from importlib import import_module

from zoll.parse.machine.image import Image
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


def processor_of(image: Image, *, dense: bool = False) -> Processor:
    """Return the table for an image; `dense` for functions in the denser encoding (Thumb)."""
    module = import_module(f"zoll.parse.machine.lift.processors.{MODULES[image.processor]}")
    table = module.processor(image, dense=dense)
    if not isinstance(table, Processor):
        raise TypeError(f"{image.processor} has no table")
    return table
