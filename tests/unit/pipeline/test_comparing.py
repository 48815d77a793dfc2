"""Pairs are read and compared; functions that moved between files pair again."""

BODY = """def reckon(rows, limit):
    total = 0
    for row in rows:
        if row.amount > limit:
            total += row.amount * row.factor
        elif row.held:
            total -= row.amount
    return total


"""
OTHER = "def first(rows):\n    return rows[0]\n"


def functions(report):
    """The text outside functions shows that something went and came; of functions only what changed."""
    return [one for one in report.findings if one.change.pair.place.symbol]


def test_a_function_that_moved_unchanged_is_no_change(upgrade):
    report = upgrade({"a.py": BODY + OTHER, "b.py": OTHER}, {"a.py": OTHER, "b.py": BODY + OTHER})
    assert functions(report) == []


def test_a_function_that_moved_and_changed_shows_the_change_alone(upgrade):
    changed = BODY.replace("row.amount > limit", "row.amount >= limit")
    report = upgrade({"a.py": BODY + OTHER, "b.py": OTHER}, {"a.py": OTHER, "b.py": changed + OTHER})
    (finding,) = functions(report)
    pair = finding.change.pair
    assert (pair.old.place.path, pair.new.place.path) == ("a.py", "b.py")
    assert (finding.hunk.new, pair.by) == ((4, 4), "likeness")


def numbered(report):
    """The places that differ in the version alone."""
    rules = {one.change.pair.place.path: {signal.rule for signal in one.signals} for one in report.findings}
    return {path for path, said in rules.items() if "innocent/only-the-version" in said}


def test_the_version_alone_is_told_from_the_version_and_more(upgrade):
    old = {"package.json": '{"version": "1.2.3"}\n', "meta.js": "exports.v = '1.2.3'\n", "more.js": "f('1.2.3', 1)\n"}
    new = {"package.json": '{"version": "1.2.4"}\n', "meta.js": "exports.v = '1.2.4'\n", "more.js": "f('1.2.4', 9)\n"}
    assert numbered(upgrade(old, new)) == {"package.json", "meta.js"}
