"""One table per processor, found by its name."""

from zoll.parse.machine.image import Image
from zoll.parse.machine.lift.machine import Processor
from zoll.parse.machine.lift.processors import arm, arm64, mips, ppc, riscv, x86

TABLES = {
    "x86-64": x86.processor,
    "x86": x86.processor,
    "arm64": arm64.processor,
    "arm": arm.processor,
    "mips": mips.processor,
    "mips64": mips.processor,
    "ppc": ppc.processor,
    "ppc64": ppc.processor,
    "riscv64": riscv.processor,
}


def processor_of(image: Image, *, dense: bool = False) -> Processor:
    """Return the table for an image; `dense` for functions in the denser encoding (Thumb)."""
    return TABLES[image.processor](image, dense=dense)
