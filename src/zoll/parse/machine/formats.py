"""An executable part's bytes as images, whatever its format."""

from importlib import import_module

from zoll.parse.machine.elf import read_elf
from zoll.parse.machine.image import BadExecutable, Image


def read_image(data: bytes, kind: str) -> tuple[Image, ...]:
    """Return the images of an executable of zoll's kind `kind`; a universal Mach-O has several. Raise BadExecutable."""
    if kind == "executable/elf":
        return (read_elf(data),)
    # The library behind these two takes longer to load than most upgrades to read: only where it is needed.
    if kind == "executable/pe":
        image: Image = import_module("zoll.parse.machine.pe").read_pe(data)
        return (image,)
    if kind == "executable/macho":
        images: tuple[Image, ...] = import_module("zoll.parse.machine.macho").read_macho(data)
        return images
    raise BadExecutable(f"no reader for {kind}")
