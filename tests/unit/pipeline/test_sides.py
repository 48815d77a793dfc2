from zoll.model import Gap, Part, Place
from zoll.pipeline.sides import File, binary, whole

SOURCE = b"import os\n\n\ndef run(word):\n    if word == 'x':\n        os.system(word)\n    return word\n"


def opened(data=SOURCE, kind="code/python"):
    gaps: list[Gap] = []
    return File(Part(Place(("a",)), kind, "d", len(data)), data, "new", gaps), gaps


def test_source_has_functions_whose_lines_are_those_of_the_file():
    file, gaps = opened()
    function = file.function("run", 4)
    part = file.part_of(function)
    assert (part.place.symbol, part.place.start, part.place.end) == ("run", 4, 7)
    assert not gaps


def test_a_file_can_be_taken_as_text():
    file, _ = opened()
    file.take_as_text()
    assert not file.functions
    assert whole(file).lines[0] == "import os"


def test_bytes_have_no_lines():
    file, _ = opened(b"\x7fELF" + bytes(64), "executable/elf")
    assert binary(file.kind)
    assert whole(file).lines == ()
    assert whole(None).readings == ()
