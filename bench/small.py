"""A benchmark small enough for every change: recall and quietness against the floors of `floors.toml`.

usage: python bench/small.py [--record] [--into DIR] [--jobs 2]

Part `kept` are the small upgrades of tests/upgrades, part `fetched` the cases of the corpus that `floors.toml` names.
When one of those cannot be had, its part is shown but decides nothing. Exit 1 when a floor is broken.
"""

import argparse
import fcntl
import json
import math
import os
import shutil
import statistics
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from download import FETCHERS, fetch
from make import TROUBLE, make_pair
from pairs import RealPair, read_pairs
from plant import Plant, read_plants
from run import run_case
from score import FIRSTS, READ, Case, rank

import zoll.fetch
from zoll.errors import ZollError

HERE = Path(__file__).parent
FLOORS = HERE / "floors.toml"
UPGRADES = HERE.parent / "tests" / "upgrades"
SIDES = ("old", "new")
SHARES = tuple(f"first_{first}" for first in FIRSTS)
CEILINGS = ("held", "read_median", "read_total")
ACCEPT = "python bench/small.py --record"
TRIES = 2  # an index that fails this often in a row is not asked again
PATIENCE = 120  # seconds for one case, which takes one to ten
CLIENTS = {
    "PIP_RETRIES": "1",
    "PIP_TIMEOUT": "10",
    "npm_config_fetch_retries": "1",
    "npm_config_fetch_timeout": "20000",
}

Figures = dict[str, float]


def main() -> None:
    """Run both parts, hold them against their floors, and record them when asked to."""
    asked = arguments()
    started = time.monotonic()
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    fetched, missing = fetched_cases(floors["fetched"]["cases"], asked.into)
    kept, broken = run_part("kept", kept_cases(), asked.jobs)
    measured = {"kept": kept}
    if fetched:
        measured["fetched"], without = run_part("fetched", fetched, asked.jobs)
        broken += without
    deciding = {part: found for part, found in measured.items() if part == "kept" or not missing}
    unmeasured = bool(broken)
    for part, found in measured.items():
        broken += print_figures(part, found, floors[part], decides=part in deciding)
    print(f"bench-small: {time.monotonic() - started:.0f} s")
    if asked.record and not unmeasured:
        record(deciding)
    elif broken:
        sys.exit(verdict(broken))


def run_part(part: str, cases: list[Case], jobs: int) -> tuple[Figures, list[str]]:
    """Run the cases of one part and print them; give the figures, and in words what has no result."""
    results = run_all(cases, jobs)
    print_cases(part, cases, results)
    return figures(cases, results), [f"{case['id']}: no result" for case in cases if case["id"] not in results]


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", action="store_true", help="make today's figures the floors")
    parser.add_argument(
        "--into", type=Path, default=zoll.fetch.cache_folder().parent / "corpus", help="cache of what is fetched"
    )
    parser.add_argument("--jobs", type=int, default=2, help="cases at a time")
    asked = parser.parse_args()
    asked.into = asked.into.resolve()
    return asked


def kept_cases(upgrades: Path = UPGRADES) -> list[Case]:
    """Give the small upgrades of the repository: a folder with a truth is planted, others are clean."""
    return [kept_case(folder) for kind in ("planted", "clean") for folder in sorted(upgrades.glob(f"{kind}/*/"))]


def kept_case(folder: Path) -> Case:
    """Give one small upgrade as the scorer wants it."""
    words = folder / "truth.toml"
    truth = [tomllib.loads(words.read_text(encoding="utf-8"))] if words.exists() else []
    sides = {side: str(folder / side) for side in SIDES}
    return {"id": folder.name, "set": "attack" if truth else "benign", "truth": truth} | sides


def fetched_cases(ids: list[str], into: Path) -> tuple[list[Case], list[str]]:
    """Give the cases that could be had, and the ids of the others, which are told in one line."""
    plants = {plant.id: plant for plant in read_plants() if plant.id in ids}
    bases = {key: plants[key].pair if key in plants else key.removeprefix("clean-") for key in ids}
    pairs = [pair for pair in read_pairs().values() if pair.id in bases.values()]
    into.mkdir(parents=True, exist_ok=True)
    with (into / "small.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        troubles = fetch_all(pairs, into)
        found = make_cases([pair for pair in pairs if pair.id not in troubles], list(plants.values()), into)
    missing = [key for key in ids if key not in found]
    if missing:
        why = next(iter(troubles.values()), "a recipe no longer applies")
        print(f"skipped {len(missing)} of {len(ids)} fetched cases, so the kept ones alone decide: {why}", flush=True)
    return [found[key] for key in ids if key in found], missing


def fetch_all(pairs: list[RealPair], into: Path) -> dict[str, str]:
    """Fetch every release, both indexes at a time; give why by the id of the pair that could not be had."""
    os.environ.update(CLIENTS)
    if shutil.which("npm") is None:
        FETCHERS["npm"] = npm_by_zoll
    with ThreadPoolExecutor(2) as pool:
        kinds = sorted({pair.kind for pair in pairs})
        told = pool.map(lambda kind: fetch_kind([pair for pair in pairs if pair.kind == kind], into), kinds)
        return {key: why for troubles in told for key, why in troubles.items()}


def npm_by_zoll(name: str, version: str, into: Path, _store: Path) -> None:
    """Fetch a package as zoll itself does, which verifies its integrity word too: a bare machine has no npm."""
    shutil.copy(zoll.fetch.fetch(f"pkg:npm/{name.replace('@', '%40')}@{version}"), into)


def fetch_kind(pairs: list[RealPair], into: Path) -> dict[str, str]:
    """Fetch the releases of one index, until it has failed too often in a row."""
    troubles: dict[str, str] = {}
    row = 0
    for pair in pairs:
        try:
            if row < TRIES:
                for side in SIDES:
                    fetch(pair, side, into / "downloads")
                row = 0
                continue
        except (*TROUBLE, ZollError) as trouble:
            row += 1
            troubles[pair.id] = str(trouble)
        troubles.setdefault(pair.id, f"{pair.kind} is out of reach")
    return troubles


def make_cases(pairs: list[RealPair], plants: list[Plant], into: Path) -> dict[str, Case]:
    """Unpack and plant what was fetched, unless an earlier call did; clean cases of every pair are among them."""
    made = [make_pair(pair, [plant for plant in plants if plant.pair == pair.id], into)[0] for pair in pairs]
    return {case["id"]: case for cases in made for case in cases}


def run_all(cases: list[Case], jobs: int) -> dict[str, Case]:
    """Inspect every case anew; one that fails is told in a line and has no result."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(jobs) as pool:
        asked = argparse.Namespace(results=Path(folder), timeout=PATIENCE)
        words = list(pool.map(lambda case: run_case(case, asked), cases))
        results = {file.stem: json.loads(file.read_bytes()) for file in Path(folder).glob("*.json")}
    for case, word in zip(cases, words, strict=True):
        if case["id"] not in results:
            print(f"{case['id']}: {word}", flush=True)
    return results


def print_cases(part: str, cases: list[Case], results: Mapping[str, Case]) -> None:
    """Print one line per case: where its plant stands and how strong, or the strongest of a clean one."""
    print(f"\n{part:34}{'rank':>5}{'bits':>7}  {'level':8}{'to read':>8}{'seconds':>9}")
    for case in cases:
        if result := results.get(case["id"]):
            print(case_line(case, result))


def case_line(case: Case, result: Case) -> str:
    """Give one line of the table; a plant that is not met has neither bits nor level."""
    findings, planted = result["findings"], bool(case["truth"])
    place = rank(findings, case["truth"], by_place=True)
    shown = findings[place - 1 : place] if place else [] if planted else findings[:1]
    bits, level = (f"{shown[0]['score']:.1f}", shown[0]["severity"]) if shown else ("-", "-")
    where = place or ("miss" if planted else "clean")
    return f"{case['id'][:33]:34}{where:>5}{bits:>7}  {level:8}{to_read(result):>8}{result['seconds']:>9.1f}"


def to_read(result: Case) -> int:
    """Count the findings at review or above."""
    return sum(found["severity"] in READ for found in result["findings"])


def figures(cases: list[Case], results: Mapping[str, Case]) -> Figures:
    """Give the shares of plants met and the noise of clean upgrades; a plant without a result is not met."""
    plants = [case for case in cases if case["set"] == "attack"]
    ranks = [
        rank(results[c["id"]]["findings"], c["truth"], by_place=True) if c["id"] in results else None for c in plants
    ]
    clean = [results[case["id"]] for case in cases if case["set"] == "benign" and case["id"] in results]
    held = sum(any(found["severity"] == "hold" for found in result["findings"]) for result in clean)
    read = [to_read(result) for result in clean]
    recall = {name: share_of(ranks, first) for name, first in zip(SHARES, FIRSTS, strict=True)}
    quiet = (held, statistics.median(read) if read else 0, sum(read))
    return recall | dict(zip(CEILINGS, quiet, strict=True))


def share_of(ranks: list[int | None], first: int) -> float:
    """Give the share of plants that stand among the first so many."""
    return sum(1 for place in ranks if place and place <= first) / len(ranks) if ranks else 1.0


def judged(name: str, found: float, floor: float) -> str:
    """Say how a figure stands to its floor (of recall) or ceiling (of noise)."""
    gain = rounded(name, found) - floor
    gain = gain if name in SHARES else -gain
    return "broken" if gain < 0 else "better" if gain > 0 else "as recorded"


def rounded(name: str, figure: float) -> float:
    """Give a figure as it is recorded: shares to three places, rounded down."""
    return math.floor(figure * 1000 + 1e-6) / 1000 if name in SHARES else figure


def print_figures(part: str, found: Figures, floors: Mapping[str, float], *, decides: bool) -> list[str]:
    """Print each figure against its floor and give the broken ones in words, if this part decides."""
    broken = []
    print(f"\n{part if decides else part + ' (incomplete: decides nothing)':34}{'now':>8}{'floor':>17}")
    for name, figure in found.items():
        bound = f"at {'least' if name in SHARES else 'most'} {floors[name]:g}"
        word = judged(name, figure, floors[name])
        print(f"{name:34}{rounded(name, figure):>8g}{bound:>17}  {word.upper() if word == 'broken' else word}")
        if word == "broken":
            broken.append(f"{part} {name}: {rounded(name, figure):g}, {bound} was recorded")
    return broken if decides else []


def verdict(broken: Iterable[str]) -> str:
    """Say what broke and what to do about it."""
    lines = "".join(f"  {line}\n" for line in broken)
    return (
        f"bench-small: floors are broken\n{lines}"
        f"Mend it; or, if the change is the better for other figures, say why in its commit and accept: {ACCEPT}"
    )


def record(measured: Mapping[str, Figures], path: Path = FLOORS) -> None:
    """Write figures as the floors of their parts; the rest of the file stays as it is."""
    path.write_text(recorded(path.read_text(encoding="utf-8"), measured), encoding="utf-8")
    print(f"recorded as floors: {', '.join(measured)} ({path.name})")


def recorded(text: str, measured: Mapping[str, Figures]) -> str:
    """Replace the figures of the named parts in the text of `floors.toml`."""
    part, lines = "", []
    for line in text.splitlines():
        part = line[1 : line.index("]")] if line.startswith("[") else part
        name = line.partition(" = ")[0]
        figure = measured.get(part, {}).get(name)
        lines.append(line if figure is None else f"{name} = {rounded(name, figure):g}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
