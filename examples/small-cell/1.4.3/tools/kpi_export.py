#!/usr/bin/env python3
"""Append the state of all cells to a table of figures, one line per cell.

usage: kpi-export [--table FILE] [--json]  < output of `scctl cells`
"""

import argparse
import csv
import json
import pathlib
import re
import sys
import time

COLUMNS = ("time", "cell", "pci", "earfcn", "power", "state", "users")
LINE = re.compile(
    r"cell (?P<cell>\d+) pci (?P<pci>\d+) earfcn (?P<earfcn>\d+) power (?P<power>-?\d+)"
    r" state (?P<state>\w+) users (?P<users>\d+)"
)


def rows(lines, now):
    """One row per line that speaks of a cell; others are left out."""
    for line in lines:
        found = LINE.match(line)
        if found:
            yield {"time": int(now), **found.groupdict()}


def append(table, found):
    """Write the rows; the header only when the table is new."""
    new = not table.exists() or table.stat().st_size == 0
    with table.open("a", newline="", encoding="ascii") as file:
        writer = csv.DictWriter(file, COLUMNS)
        if new:
            writer.writeheader()
        writer.writerows(found)


def append_json(table, found):
    """Write the rows as one object a line."""
    with table.open("a", encoding="ascii") as file:
        for row in found:
            file.write(json.dumps(row) + "\n")


def main(words=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--table", type=pathlib.Path, default=pathlib.Path("/var/lib/small-cell/kpi.csv"))
    parser.add_argument("--json", action="store_true", help="one object a line instead of a table")
    asked = parser.parse_args(words)
    found = list(rows(sys.stdin, time.time()))
    (append_json if asked.json else append)(asked.table, found)
    print(f"{len(found)} rows", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
