"""The plots of the benchmark's page, as SVG that is the same whenever the figures are; it needs matplotlib."""

from collections.abc import Callable
from pathlib import Path

import measured as m
from matplotlib import rc_context
from matplotlib.figure import Figure
from measured import Measured

from zoll.learn.examples import Example
from zoll.learn.figures import FIRSTS

COLOURS = ("#1b5e8c", "#5b9bc4", "#b9d6ea")
TICKS = (0.01, 0.1, 1, 10, 100)
STYLE = {"svg.hashsalt": "zoll", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 9}


def draw(measured: Measured, home: Path) -> None:
    """Draw every plot into a folder."""
    home.mkdir(parents=True, exist_ok=True)
    bars(measured, home / "families.svg", lambda one: str(one.case.get("family")))
    bars(measured, home / "difficulty.svg", lambda one: f"difficulty {one.case.get('difficulty')}")
    effort(measured, home / "effort.svg")


def shares(measured: Measured, key: Callable[[Example], str]) -> list[tuple[str, int, list[float]]]:
    """Return, for each group of plants, its name, its size and the shares in the first 1, 3 and 10."""
    found = []
    for name, numbers in m.groups(measured, key, measured.hostile()):
        ranks = [m.rank(measured.examples[n], measured.apart[n]) for n in numbers]
        found.append((name, len(ranks), [sum(rank <= first for rank in ranks) / len(ranks) for first in FIRSTS]))
    return found


def bars(measured: Measured, path: Path, key: Callable[[Example], str]) -> None:
    """Draw bars by group: the first dark, what more is in the first 3 and 10 lighter."""
    found = shares(measured, key)[::-1]
    with rc_context(STYLE):
        figure = Figure(figsize=(7, 0.8 + 0.34 * len(found)), layout="constrained")
        axes = figure.subplots()
        names = [f"{name} ({size})" for name, size, _ in found]
        for place in reversed(range(len(FIRSTS))):
            label = f"in the first {FIRSTS[place]}" if place else "first"
            axes.barh(names, [100 * one[place] for *_, one in found], color=COLOURS[place], label=label)
        axes.set_xlim(0, 100)
        axes.set_xlabel("% of plants")
        figure.legend(*[part[::-1] for part in axes.get_legend_handles_labels()], loc="outside upper right", ncols=3)
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})


def effort(measured: Measured, path: Path) -> None:
    """Draw the share of plants met against the share of changed lines read, the small shares drawn wide."""
    numbers = measured.hostile()
    own = [measured.examples[n] for n in numbers]
    ways = (("counted bits, projects left out", measured.apart), ("judged bits alone", measured.judged))
    with rc_context(STYLE):
        figure = Figure(figsize=(7, 3.6), layout="constrained")
        axes = figure.subplots()
        for (name, scores), colour in zip(ways, COLOURS, strict=False):
            curve = [share for share in m.effort(own, [scores[n] for n in numbers]) if share <= 1]
            heights = [100 * (place + 1) / len(own) for place in range(len(curve))]
            axes.step([100 * share for share in curve], heights, where="post", color=colour, label=name)
        low = [0.01 * 10 ** (place / 25) for place in range(101)]
        axes.plot(low, low, color="#999999", linestyle=":", label="in any order")
        axes.set_xscale("log")
        axes.set_xticks(TICKS, [f"{tick:g}" for tick in TICKS])
        axes.set_xlim(0.01, 100)
        axes.set_ylim(0, 100)
        axes.set_xlabel("% of changed lines read")
        axes.set_ylabel("% of plants met")
        axes.legend(loc="upper left")
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
