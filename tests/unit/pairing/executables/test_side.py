from pathlib import Path

import numpy as np
import xxhash

from zoll.pairing.executables.named import DATA, IMPORT, TEXT
from zoll.pairing.executables.side import Machine, Rows, mixed
from zoll.parse.machine.formats import read_image
from zoll.parse.machine.image import Image, Region, Symbol
from zoll.parse.machine.sweep import sweep

SAMPLES = Path(__file__).parents[3] / "samples" / "pairing" / "machine"


def opened(name):
    image = read_image((SAMPLES / name).read_bytes(), "executable/elf")[0]
    return Machine(image, sweep(image))


def numbers(name, machine):
    rows = (line.split() for line in (SAMPLES / f"{name}.names").read_text(encoding="utf-8").splitlines())
    starts = machine.sweep.starts.tolist()
    return {word: starts.index(int(address, 16)) for address, word in rows}


def of(rows, function):
    return set(rows.value[rows.begins[function] : rows.begins[function + 1]].tolist())


def test_rows_are_unique_and_in_order():
    rows = Rows(np.array([2, 0, 2, 2]), np.array([5, 9, 5, 1]), 3)
    assert rows.owner.tolist() == [0, 2, 2]
    assert rows.value.tolist() == [9, 1, 5]
    assert rows.sizes.tolist() == [1, 0, 2]


def test_mixed_numbers_differ_by_number_and_by_salt():
    assert len({*mixed(np.arange(100)).tolist(), *mixed(np.arange(100), 1).tolist()}) == 200


def test_a_real_function_names_its_texts_its_imports_and_its_callees():
    for name in ("x86-64-new", "arm64-new"):
        machine = opened(name)
        at = numbers(name, machine)
        login = at["login"]
        assert of(machine.words[TEXT], login) >= {
            xxhash.xxh3_64_intdigest(word) for word in (b"known user", b"wrong word", b"hidden", b"secret")
        }
        assert of(machine.words[IMPORT], login) >= {
            xxhash.xxh3_64_intdigest(word) for word in (b"getenv", b"strcmp", b"puts")
        }
        assert of(machine.callees, login) == {at["hello"], at["count"]}
        assert login in of(machine.callers, at["hello"])


def test_only_names_of_one_function_count():
    machine = opened("x86-64-old")
    first, second, third = machine.sweep.starts.tolist()[:3]
    machine.sweep.names.update({first: "twice", second: "twice", third: "once"})
    assert machine.names["once"] == 2
    assert "twice" not in machine.names


def test_data_that_the_loader_copies_in_is_known_by_its_name():
    def sides(name):
        regions = (Region(".text", 0x1000, 0, 64, 64, "rx"), Region(".bss", 0x2000, 0, 0, 64, "rw"))
        symbols = (Symbol(name, 0x2000, 16, "data", True), Symbol("own", 0x2020, 16, "data", False))
        image = Image(bytes(64), "elf", "x86-64", regions=regions, symbols=symbols)
        swept = sweep(image)
        swept.starts = np.array([0x1000])
        swept.references = np.array([[0, 0x2000], [0, 0x2020]])
        return Machine(image, swept).references

    assert sides("environ").kind.tolist() == [IMPORT, DATA]
    assert sides("environ").value[0] != sides("optarg").value[0]
