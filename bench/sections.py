"""The sections of the benchmark's page, each made of what was measured."""

from collections.abc import Callable, Iterable, Sequence

import measured as m
from measured import Measured
from tables import number, percent, plain, section, table

from zoll.judge.counts import Levels
from zoll.judge.rulebook import load
from zoll.learn.examples import Example
from zoll.learn.figures import ALARMS, FIRSTS, SHOWN, Figures, figures
from zoll.learn.minimum import Vector

SHARES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
SIZES = ((10, "1 to 10"), (100, "11 to 100"), (1000, "101 to 1,000"), (10**12, "over 1,000"))
MEGABYTES = ((0.1, "below 0.1 MB"), (1, "0.1 to 1 MB"), (10, "1 to 10 MB"), (10**9, "over 10 MB"))
HEAD = [
    "plants",
    *(f"first {n}" if n > 1 else "first" for n in FIRSTS),
    *(f"{share:.0%} of clean".replace("%", " %") for share in ALARMS),
    *(f"{n} shown" for n in SHOWN),
]
READING = """*first*, *first 3*, *first 10*: the share of planted upgrades with the plant (right lines or function)
among so many strongest findings. *5 % of clean*, *1 % of clean*: with the plant above the bits that this share of clean
upgrades exceeds. *1 shown*, *3 shown*, *10 shown*: with the plant above the bits at which the median clean upgrade
shows so many findings."""
WAYS = """*Judged bits alone* are those of the rules as they are written. *Counted bits* add what `zoll learn` fits on
the corpus; no case is scored by weights that saw another upgrade of its project, and in the last line none of its
family either."""
KINDS = {
    "pypi": "PyPI",
    "npm": "npm",
    "maven": "Maven, sources",
    "debian": "Debian, source",
    "orig": "Debian, upstream source",
    "deb": "Debian, binary package",
}  # an executable goes by its form

BUILT = {
    "gcc": "new with the same compiler",
    "clang": "new with clang -O2",
    "small": "new with gcc -Os",
    **dict.fromkeys(("arm64", "armhf", "mipsel"), "both for another processor"),
}


def foreword(measured: Measured, machine: str) -> str:
    """Say what was run, where, and what is not in the figures."""
    absent = measured.without_result()
    hostile, clean = len(measured.hostile()), len(measured.clean())
    projects = len({example.project for example in measured.examples})
    versions = ", ".join(sorted({str(result.get("version")) for result in measured.results}))
    where = f" on {machine}" if machine else ""
    lines = [
        f"{clean} clean and {hostile} planted upgrades of {projects} projects, inspected by {versions}{where}.",
        "What they are made of stands in [the corpus](#the-corpus), how to run them or add one in `bench/README.md`.",
    ]
    if absent:
        lines.append(f"Without a result, and in no figure: {len(absent)} further (listed with the misses).")
    if measured.stale:
        lines.append(f"Made by another state of the code or of their case: {measured.stale} of the results.")
    return "\n".join(lines) + "\n"


def row(measured: Measured, scores: Sequence[Vector], numbers: Sequence[int]) -> list[str]:
    """Return the cells of `HEAD` for some planted examples, held against all clean ones with projects left out."""
    bars = scores if scores is measured.judged else measured.apart
    clean = [m.strongest(bars[n]) for n in measured.clean()]
    told = figures([measured.examples[n] for n in numbers], [scores[n] for n in numbers], clean)
    return cells(told)


def cells(told: Figures) -> list[str]:
    """Return figures as cells."""
    return [str(told.hostile), *(percent(share) for share in (*told.first, *told.alarm, *told.median))]


def main_table(measured: Measured) -> str:
    """Return the table of the three ways to score."""
    ways = (
        ("judged bits alone", measured.judged),
        ("counted bits, projects left out", measured.apart),
        ("counted bits, families left out", measured.unseen),
    )
    return table(["", *HEAD], [[name, *row(measured, scores, measured.hostile())] for name, scores in ways])


def ranking(measured: Measured) -> str:
    """Say how well plants are ranked."""
    return section("Plants found", main_table(measured), READING, WAYS)


def summary(measured: Measured) -> str:
    """Return the few figures that a reader of the README needs."""
    ways: tuple[tuple[str, Callable[[m.Case], bool]], ...] = (
        ("all", lambda _: True),
        ("plain to middling (difficulty 1 to 3)", lambda case: case.get("difficulty", 0) <= EASY),
        ("hard (4 and 5: a token, an order, a default)", lambda case: case.get("difficulty", 0) > EASY),
        ("all but executables", lambda case: case.get("form") != "binary"),
        ("executables", lambda case: case.get("form") == "binary"),
        ("written by somebody who did not know the judge", lambda case: bool(case.get("blind"))),
    )
    rows = [[name, *row(measured, measured.apart, measured.hostile(wanted))[:4]] for name, wanted in ways]
    cells = quiet_row(measured, measured.clean())
    quiet = f"Of {cells[0]} clean upgrades {cells[1]} reach *hold*, {cells[2]} *review*"
    return f"{table(['which', *HEAD[:4]], rows)}\n\n{quiet}; the median asks to read {cells[3]} findings.\n"


def by_groups(measured: Measured, pictures: dict[str, str]) -> str:
    """Give the same figures by what was planted and where."""
    ways: tuple[tuple[str, Callable[[Example], str]], ...] = (
        ("family", lambda one: str(one.case.get("family"))),
        ("difficulty", lambda one: str(one.case.get("difficulty"))),
        ("difficulty together", lambda one: "4 and 5" if one.case.get("difficulty", 0) >= 4 else "1 to 3"),
        ("language", lambda one: str(one.case.get("language"))),
        ("form", lambda one: str(one.case.get("form"))),
        ("processor", lambda one: str(one.case.get("processor") or "not an executable")),
        ("built (old with gcc -O2)", lambda one: BUILT.get(str(one.case.get("way")), "not built here")),
        ("author", lambda one: "had not seen the judge" if one.case.get("blind") else "knew the judge"),
        ("fold", lambda one: "held back from tuning of rules" if one.case.get("fold") == "held" else "tuned on"),
        ("changes in the upgrade", lambda one: step(one.hunks, SIZES)),
    )
    tables = [by_group(measured, name, key) for name, key in ways]
    text = "Counted bits with projects left out. Difficulty is from 1 (plain) to 5 (one changed token)."
    return section("By what was planted", text, "\n".join(pictures.get(name, "") for name in PICTURED), *tables)


PICTURED = ("families", "difficulty")


def by_group(measured: Measured, name: str, key: Callable[[Example], str]) -> str:
    """Return the table of one way to group."""
    found = ordered(m.groups(measured, key, measured.hostile()))
    return table([name, *HEAD], [[words, *row(measured, measured.apart, numbers)] for words, numbers in found])


def ordered(groups: Iterable[tuple[str, list[int]]]) -> list[tuple[str, list[int]]]:
    """Return groups by their order of size where they are steps of it, else by name."""
    names = [name for _, name in (*SIZES, *MEGABYTES)]
    return sorted(groups, key=lambda one: (names.index(one[0]) if one[0] in names else -1, one[0]))


def step(value: float, steps: Sequence[tuple[float, str]]) -> str:
    """Return the name of the step that a value falls into."""
    return next(name for most, name in steps if value <= most)


def quiet(measured: Measured) -> str:
    """Say how loud clean upgrades are."""
    ways: tuple[tuple[str, Callable[[Example], str]], ...] = (
        ("kind", kind),
        ("changes in the upgrade", lambda one: step(one.hunks, SIZES)),
    )
    rows = [["all", *quiet_row(measured, measured.clean())]]
    tables = [table(["clean upgrades", *QUIET], rows)]
    for name, key in ways:
        found = ordered(m.groups(measured, key, measured.clean()))
        tables.append(table([name, *QUIET], [[words, *quiet_row(measured, numbers)] for words, numbers in found]))
    return section("Clean upgrades", *tables, LEVELS.format(levels=measured.levels, kinds=moved(measured.levels)))


def moved(levels: Levels) -> str:
    """Return by how many bits the expectation of each kind of upgrade is moved, the loudest first."""
    ordered = sorted(levels.kinds.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{kind or 'no code'} {bits:+.1f}" for kind, bits in ordered)


LEVELS = """By counted bits with projects left out. A finding is at *hold* when at most one clean upgrade in fifty is
expected to show one as strong, at *review* when at most one in three is; the expectation grows with the number of
changes (start {levels.start} bits, scale {levels.scale}, growth {levels.growth}) and moves with the language that most
findings stand in ({kinds}). These numbers, and nothing else, are fitted on the very scores that they judge here."""
QUIET = [
    "upgrades",
    "reach hold",
    "reach review or hold",
    "findings at either: median",
    "nine in ten at most",
    "findings: median",
    "nine in ten at most",
]
EASY = 3
COST = """Size is that of the files of the new release that differ from the old ones (after unpacking). Seconds are
wall time of one process with one worker, forked from one in which zoll was loaded, beside other work of the machine.
Memory per MB counts what goes beyond the smallest run ({floor} MB). Inspections that took comparisons from an
earlier one of the same upgrade are left out here."""


def kind(example: Example) -> str:
    """Return the kind of upgrade in words."""
    told = str(example.case.get("kind"))
    if example.case.get("form") == "binary":
        return "executables, built here" if "way" in example.case else "executables, Debian packages"
    return KINDS.get(told, told)


def quiet_row(measured: Measured, numbers: Sequence[int]) -> list[str]:
    """Return the cells of `QUIET`."""
    if not numbers:
        return ["0", *[""] * (len(QUIET) - 1)]
    reached = [m.levels_reached(measured, n) for n in numbers]
    read = [sum(word != "note" for word in words) for words in reached]
    sizes = [len(words) for words in reached]
    return [
        str(len(numbers)),
        f"{sum('hold' in words for words in reached) / len(numbers):.1%}".replace("%", " %"),
        percent(sum(bool(count) for count in read) / len(numbers)),
        *(number(m.quantile(values, share)) for values in (read, sizes) for share in (0.5, 0.9)),
    ]


def reading(measured: Measured, pictures: dict[str, str]) -> str:
    """Say how many lines a reviewer reads."""
    hostile = measured.hostile()
    ways = (("judged bits alone", measured.judged), ("projects left out", measured.apart))
    own = [measured.examples[n] for n in hostile]
    scored = [(name, [scores[n] for n in hostile]) for name, scores in ways]
    rows = [
        [f"until the plant is met, {name}", *spread(list(map(m.lines_until_met, own, scores)))]
        for name, scores in scored
    ]
    clean = [measured.examples[n] for n in measured.clean()]
    rows.append(["in all findings of these upgrades", *spread(list(map(m.lines_in_all, own)))])
    rows.append(["in all findings of clean upgrades", *spread(list(map(m.lines_in_all, clean)))])
    curves = [(name, m.effort(own, scores)) for name, scores in scored]
    effort = [[percent(share), *(percent(m.found_within(curve, share)) for _, curve in curves)] for share in SHARES]
    text = """Changed lines that findings point at, read from the strongest finding downwards; a plant that no finding
points at is met after all of them in the first table, and never in the second."""
    head = ["share of these lines read", *(f"plants met, {name}" for name, _ in ways)]
    return section(
        "Lines to read",
        text,
        table(["lines", "median", "three in four at most", "nine in ten at most"], rows),
        table(head, effort),
        pictures.get("effort", ""),
    )


def spread(values: Sequence[float]) -> list[str]:
    """Return median, third quartile and ninth decile as cells."""
    return [number(m.quantile(values, share)) for share in (0.5, 0.75, 0.9)] if values else ["", "", ""]


def cost(measured: Measured) -> str:
    """Say what inspecting costs, by the size of what was compared."""
    whole = [result for result in measured.results if not result.get("recalled")]
    found: dict[str, list[m.Case]] = {}
    for result in whole:
        found.setdefault(step(result["megabytes"], MEGABYTES), []).append(result)
    floor = min((float(result.get("peak_mb") or 0) for result in whole), default=0.0)
    rows = [cost_row(name, found[name], floor) for _, name in MEGABYTES if name in found]
    rows.append(cost_row("all", whole, floor))
    ends = ["median", "greatest", "per MB"]
    head = ["changed files", "upgrades", *(f"seconds: {end}" for end in ends), *(f"peak MB: {end}" for end in ends)]
    return section("Time and memory", table(head, rows), COST.format(floor=number(floor)))


def cost_row(name: str, results: Sequence[m.Case], floor: float) -> list[str]:
    """Return time and memory of some results as cells; `floor` is what the program itself takes of memory."""
    size = sum(result["megabytes"] for result in results)
    told = [name, str(len(results))]
    for key, least in (("seconds", 0.0), ("peak_mb", floor)):
        values = [float(result.get(key) or 0) for result in results] or [least]
        beyond = sum(value - least for value in values)
        told += [number(m.quantile(values, 0.5)), number(max(values)), number(beyond / size) if size else ""]
    return told


def others(text: str) -> str:
    """Give what other tools find, which `others.py` prints."""
    return text if not text.strip() or text.startswith("## ") else section("Other tools on the same cases", text)


def rules(measured: Measured) -> str:
    """List the rules that stand on one planted case, or on none."""
    fired = m.rules_of_plants([measured.examples[n] for n in measured.hostile()])
    once = sorted(f"`{rule}` ({plain(next(iter(cases)))})" for rule, cases in fired.items() if len(cases) == 1)
    weighed = [rule.id for rule in load() if rule.bits > 0]
    never = sorted(f"`{rule}`" for rule in weighed if rule not in fired)
    return section(
        "Rules that stand on one case",
        f"On the planted finding of only one case ({len(once)} of {len(load())} rules): {', '.join(once) or 'none'}.",
        f"With bits of their own, but on no planted finding ({len(never)}): {', '.join(never) or 'none'}.",
    )


def corpus(measured: Measured) -> str:
    """Say what the corpus is made of."""
    tables = [
        counts(measured, "kind", kind),
        counts(measured, "language", lambda one: str(one.case.get("language"))),
        counts(measured, "form", lambda one: str(one.case.get("form"))),
        counts(measured, "changes in the upgrade", lambda one: step(one.hunks, SIZES)),
        families(measured),
    ]
    text = "Cases that have a result. *Projects* counts those of clean and planted upgrades together."
    return section("The corpus", text, *tables)


def counts(measured: Measured, name: str, key: Callable[[Example], str]) -> str:
    """Return how many clean and planted cases there are of each group."""
    found = ordered(m.groups(measured, key, range(len(measured.examples))))
    rows = [
        [words, str(len(numbers) - hostile), str(hostile), str(len({measured.examples[n].project for n in numbers}))]
        for words, numbers in found
        for hostile in (sum(measured.examples[n].hostile for n in numbers),)
    ]
    return table([name, "clean", "planted", "projects"], rows)


def families(measured: Measured) -> str:
    """Return how many plants there are of each family and difficulty."""
    found = m.groups(measured, lambda one: str(one.case.get("family")), measured.hostile())
    rows = []
    for family, numbers in found:
        grades = [measured.examples[n].case.get("difficulty") for n in numbers]
        rows.append([family, *(str(grades.count(grade)) for grade in range(1, 6)), str(len(numbers))])
    return table(["planted", *(f"difficulty {grade}" for grade in range(1, 6)), "all"], rows)
