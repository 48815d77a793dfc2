#!/usr/bin/env python3
"""Check a small-cell configuration before it is sent to a unit.

usage: scd-check-config FILE
"""

import ipaddress
import sys

import yaml

LIMITS = {"pci": (0, 503), "earfcn": (0, 262143), "power": (-10, 30)}
CELLS_MAX = 4
KNOWN = {
    "management": {"address", "port", "accounts", "login_attempts"},
    "core": {"host", "port", "keepalive", "retry"},
    "radio": {"power_limit", "cells"},
    "log": {"level"},
}


def trouble_of_cell(number, cell):
    for key, (low, high) in LIMITS.items():
        value = cell.get(key)
        if value is None:
            if key == "pci":
                yield f"cell {number}: no pci"
        elif not isinstance(value, int) or not low <= value <= high:
            yield f"cell {number}: {key} must be a number from {low} to {high}"


def trouble_of_management(management):
    address = management.get("address", "127.0.0.1")
    try:
        if ipaddress.ip_address(address).is_unspecified:
            yield "management: listens on every address"
    except ValueError:
        yield f"management: {address!r} is no address"
    attempts = management.get("login_attempts", 3)
    if not isinstance(attempts, int) or not 1 <= attempts <= 10:
        yield "management: login_attempts must be a number from 1 to 10"


def trouble_of_keys(config):
    for section, values in config.items():
        if section not in KNOWN:
            yield f"{section}: no such section"
            continue
        for key in values or {}:
            if key not in KNOWN[section]:
                yield f"{section}: no such key {key!r}"


def trouble_of_core(core):
    for key, high in (("keepalive", 300), ("retry", 60)):
        value = core.get(key, 1)
        if not isinstance(value, int) or not 1 <= value <= high:
            yield f"core: {key} must be a number from 1 to {high}"


def trouble(config):
    """Everything that is wrong with a configuration, in its order."""
    yield from trouble_of_keys(config)
    yield from trouble_of_core(config.get("core", {}))
    yield from trouble_of_management(config.get("management", {}))
    radio = config.get("radio", {})
    cells = radio.get("cells", [])
    if len(cells) > CELLS_MAX:
        yield f"radio: more than {CELLS_MAX} cells"
    pcis = [cell.get("pci") for cell in cells]
    if len(set(pcis)) != len(pcis):
        yield "radio: two cells have the same pci"
    for number, cell in enumerate(cells):
        yield from trouble_of_cell(number, cell)
        if cell.get("power", 0) > radio.get("power_limit", 24):
            yield f"cell {number}: power is above power_limit"


def main(words=None):
    words = sys.argv[1:] if words is None else words
    if len(words) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    with open(words[0], encoding="utf-8") as file:
        found = list(trouble(yaml.safe_load(file) or {}))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
