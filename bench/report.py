"""Make the page of the benchmark from a corpus that `run.py` went over.

usage: python bench/report.py CASES.jsonl RESULTS --page docs/benchmark.md [--machine "2 vCPU, 8 GB"]

Beside the page it makes `<page>-misses.md`, what was missed and what was loud, and plots in a folder named as the page.
Every figure is cross-validated: a case is scored by weights that saw nothing of its project (or of its family).
"""

import argparse
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

import sections
from measured import Measured, measure
from misses import misses_page

HEADER = "Made by `make bench` (`python bench/report.py CASES RESULTS --page {page}`); not written by hand."
OTHERS = Path(__file__).parent / "others.md"
PLOTS = {
    "families": "Share of plants first, in the first 3 and in the first 10, by family",
    "difficulty": "Share of plants first, in the first 3 and in the first 10, by difficulty",
    "effort": "Share of plants met against share of changed lines read",
}


def main() -> None:
    """Measure, then write both pages and the plots."""
    asked = arguments()
    measured = measure(asked.cases, asked.results, lambda word: print(word, flush=True))
    if not measured.hostile() or not measured.clean():
        raise SystemExit("report: both clean and planted cases need results; run.py makes them")
    home = asked.page.with_suffix("")
    if find_spec("matplotlib"):
        import_module("plots").draw(measured, home)
    else:
        print("matplotlib is missing (pip install 'zoll[bench]'): plots stay as they are", flush=True)
    misses = asked.page.with_name(f"{home.name}-misses.md")
    asked.page.write_text(page(measured, asked.page, asked.machine), encoding="utf-8")
    misses.write_text(misses_page(measured, header(asked.page)), encoding="utf-8")
    if asked.readme:
        retell(asked.readme, sections.summary(measured))
    print(sections.main_table(measured))
    print(f"written: {asked.page}, {misses}")


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("results", type=Path)
    parser.add_argument("--page", type=Path, required=True)
    parser.add_argument("--readme", type=Path, help="a page with a block `<!-- benchmark -->` to put the summary into")
    parser.add_argument("--machine", default="", help="what the corpus was run on, for the page")
    return parser.parse_args()


def retell(path: Path, words: str) -> None:
    """Put words into the block of a page that is kept for them."""
    before, mark, rest = path.read_text(encoding="utf-8").partition("<!-- benchmark -->\n")
    if not mark:
        raise SystemExit(f"report: {path} has no line <!-- benchmark -->")
    path.write_text(f"{before}{mark}{words}<!-- end -->{rest.partition('<!-- end -->')[2]}", encoding="utf-8")


def header(path: Path) -> str:
    """Return the line that says where a page comes from."""
    return HEADER.format(page=f"{path.parent.name}/{path.name}")


def page(measured: Measured, path: Path, machine: str) -> str:
    """Return the page."""
    home = path.with_suffix("")
    pictures = {name: f"![{words}]({home.name}/{name}.svg)" for name, words in PLOTS.items() if is_there(home, name)}
    parts = [
        "# Benchmark\n",
        f"{header(path)}\n",
        sections.foreword(measured, machine),
        sections.ranking(measured),
        sections.by_groups(measured, pictures),
        sections.quiet(measured),
        sections.reading(measured, pictures),
        sections.cost(measured),
        sections.others(OTHERS.read_text(encoding="utf-8") if OTHERS.exists() else ""),
        sections.rules(measured),
        sections.corpus(measured),
        f"What was missed, and which clean upgrades were loud: [{home.name}-misses.md]({home.name}-misses.md).\n",
    ]
    return "\n".join(part for part in parts if part)


def is_there(home: Path, name: str) -> bool:
    """Whether a plot was ever drawn."""
    return (home / f"{name}.svg").exists()


if __name__ == "__main__":
    main()
