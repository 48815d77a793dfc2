import pytest

from zoll.parse.machine.elf import read_elf

WITH = ("x86", "mips", "mips64", "ppc", "ppc64")


@pytest.mark.parametrize("processor", WITH)
def test_it_lies_in_the_image_or_right_behind(processor, machine):
    image = read_elf((machine / f"door.{processor}.so").read_bytes())
    assert image.region(image.global_pointer) or any(
        0 < image.global_pointer - one.address < 0x9000 for one in image.regions if one.name == ".got"
    )


@pytest.mark.parametrize("processor", ["x86-64", "arm64", "arm"])
def test_other_processors_have_none(processor, machine):
    assert read_elf((machine / f"door.{processor}.so").read_bytes()).global_pointer == 0
