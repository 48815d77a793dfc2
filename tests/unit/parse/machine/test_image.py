from zoll.parse.machine.image import Image, Region, Symbol


def made():
    data = b"\x90" * 16 + b"hello\0\xff\xfe\0" + "Schlüssel".encode() + b"\0" + b"cut"
    regions = (Region(".text", 0x1000, 0, 16, 16, "rx"), Region(".rodata", 0x2000, 16, len(data) - 16, 100, "r"))
    return Image(data, "elf", "x86-64", regions=regions, symbols=(Symbol("main", 0x1000, 16, "function", True),))


def test_addresses_lead_to_the_bytes_of_the_file():
    image = made()
    assert image.offset(0x1004) == 4
    assert image.offset(0x2001) == 17
    assert image.bytes_at(0x100E, 8) == b"\x90\x90"


def test_what_is_only_in_memory_has_no_bytes():
    image = made()
    assert image.region(0x2050) is not None
    assert image.offset(0x2050) == -1
    assert image.bytes_at(0x2050, 4) == b""
    assert image.region(0x3000) is None


def test_texts_end_with_a_zero_and_can_be_read():
    image = made()
    assert image.text(0x2000) == "hello"
    assert image.text(0x2006) is None
    assert image.text(0x2009) == "Schlüssel"
    assert image.text(0x2000 + len(image.data) - 16 - 3) is None
    assert image.text(0x1000) is None


def test_functions_have_names():
    assert made().names == {0x1000: "main"}
