"""Stripped functions are called by their places in the new release, on both sides."""

import numpy as np

from zoll.pairing.executables.side import Machine
from zoll.pairing.machine import MachinePair
from zoll.parse.machine.image import Image, Symbol
from zoll.parse.machine.sweep import sweep
from zoll.pipeline.machine_names import function_names, name_data


def machine(starts, symbols=()):
    image = Image(b"", "elf", "x86-64", symbols=symbols)
    swept = sweep(image)
    swept.starts = np.array(starts, np.int64)
    return Machine(image, swept)


def test_paired_functions_have_one_name_and_true_names_come_first():
    old = machine([0x10, 0x20, 0x30], (Symbol("login", 0x20, 4, "function", True),))
    new = machine([0x110, 0x120, 0x140])
    matched = [
        MachinePair(0, 0, "digest", same=True),
        MachinePair(1, 1, "order"),
        MachinePair(2, None, "removed"),
        MachinePair(None, 2, "added"),
    ]
    olds, news = function_names(matched, old, new)
    assert {olds[0x10], news[0x110]} == {"sub_110"}
    assert {olds[0x20], news[0x120]} == {"login"}
    assert (olds[0x30], news[0x140]) == ("sub_30", "sub_140")


def test_what_is_gone_is_no_namesake_of_what_stands_there_now():
    olds, news = function_names(
        [MachinePair(0, None, "removed"), MachinePair(None, 0, "added")], machine([0x10]), machine([0x10])
    )
    assert (olds[0x10], news[0x10]) == ("sub_010", "sub_10")


def test_files_without_data_name_none():
    names = ({}, {})
    name_data([], machine([0x10]), machine([0x10]), names)
    assert names == ({}, {})
