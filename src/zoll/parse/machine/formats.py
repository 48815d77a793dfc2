"""An executable part's bytes as images, whatever its format."""

from zoll.parse.machine.elf import read_elf
from zoll.parse.machine.image import BadExecutable, Image
from zoll.parse.machine.macho import read_macho
from zoll.parse.machine.pe import read_pe


def read_image(data: bytes, kind: str) -> tuple[Image, ...]:
    """Return the images of an executable of zoll's kind `kind`; a universal Mach-O has several. Raise BadExecutable."""
    if kind == "executable/elf":
        return (read_elf(data),)
    if kind == "executable/pe":
        return (read_pe(data),)
    if kind == "executable/macho":
        return read_macho(data)
    raise BadExecutable(f"no reader for {kind}")
