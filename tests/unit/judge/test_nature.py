"""None, rebuild, maintenance, function, or a lowered security posture; of the whole and of each component."""

from hypothesis import given
from hypothesis import strategies as st

from zoll.judge.nature import MOST, Found, Numbers, Spoken, counted, disputes, natures
from zoll.model import Change, Fact, Feature, Finding, Hunk, Pair, Part, Place, Reading, Signal


def pair(path, kind="code/c", old="a", new="b"):
    return Pair(*(Part(Place((path,)), kind, digest, 9) if digest else None for digest in (old, new)), "place")


def change(path, symbol="", roles=(), gained=()):
    part = Part(Place((path,), symbol, 1, 9), "code/c", "d", 1)
    readings = tuple(
        Reading(Fact(kind, value, tuple(traits)), Place((path,), "", 5, 5)) for kind, value, *traits in gained
    )
    return Change(
        Pair(part, part, "name"), (Hunk((1, 2), (1, 3), "", "", readings),), tuple(Fact("role", r) for r in roles)
    )


def top(hops):
    return hops[0].partition("/")[0] if "/" in hops[0] else ""


def of(changes=(), features=(), pairs=(), numbers=None, **more):
    features = [*features, *[()] * (len(changes) - len(features))]
    return natures(Found(changes, features, pairs, **more), top, numbers or {})


OPTION = Feature("option", "--fast", Place(("src/a.c",), "", 5, 5))


def test_nothing():
    (whole,) = of()
    assert (whole.kind, whole.evidence) == ("none", ())


def test_only_stamps_are_a_rebuild():
    (whole,) = of(
        pairs=[pair("src/version.h"), pair("bin/x", "executable/elf"), pair("x.dist-info/RECORD", "text/plain")],
        noise={("src/version.h",): "version"},
        executables={("bin/x",): Spoken()},
    )[:1]
    assert whole.kind == "rebuild"
    assert whole.evidence[0][0] == (
        "nothing says that the source changed; what differs: versions, time stamps and build ids alone in 2 files, "
        "bytes, but neither words nor functions, in 1 executable"
    )


def test_an_executable_that_says_something_else_is_no_rebuild():
    (whole,) = of(pairs=[pair("x", "executable/elf")], executables={("x",): Spoken(3, 1)})
    assert whole.kind == "maintenance"
    assert whole.evidence[1][0] == "x says 3 sentences anew and 1 no longer"
    (whole,) = of(pairs=[pair("x", "executable/elf")], executables={("x",): Spoken(features=(OPTION,))})
    assert (whole.kind, whole.features) == ("function", (OPTION,))


def test_what_could_not_be_seen_is_said_in_every_class():
    unseen = change("fw.bin", gained=[("gap", "encrypted", "was:readable")])
    (whole,) = of([unseen], pairs=[pair("fw.bin", "data/unknown")])
    assert whole.evidence[1] == ("1 part that changed could not be seen and may bring more", unseen.pair.place)


def test_changed_functions_are_maintenance():
    changed = change("src/a.c", "parse")
    (whole,) = of([changed], pairs=[pair("src/a.c")])
    assert whole.kind == "maintenance"
    assert whole.evidence == (
        ("1 function in 1 file changed, nothing newly offered, understood or reached", Place()),
        ("parse changed in 1 place", changed.pair.place),
    )


def test_documents_and_tests_alone_do_nothing_otherwise():
    changes = [change("t/a.c", "check", roles=["test"])]
    (whole, *_) = of(changes, pairs=[pair("t/a.c"), pair("README.md", "document/text")])
    assert whole.kind == "maintenance"
    assert whole.evidence[0][0].startswith("no code does anything otherwise; what differs: 2 files")


def test_a_dependency_that_moves_stands_first():
    changed = change("package.json", gained=[("dependency", "qs", "version:6.2")])
    lost = structs_replace(changed, ("dependency", "qs", "version:6.1"))
    (whole,) = of([lost], pairs=[pair("package.json", "config/json")])
    assert whole.evidence[1][0] == "the dependency qs moves from 6.1 to 6.2"


def structs_replace(one, lost):
    kind, value, *traits = lost
    hunk = one.hunks[0]
    reading = Reading(Fact(kind, value, tuple(traits)), Place(("package.json",), "", 5, 5))
    return Change(one.pair, (Hunk(hunk.old, hunk.new, "", "", hunk.gained, (reading,)),), one.standing)


def test_what_is_newly_offered_is_function_with_its_place():
    numbers = {"": Numbers("1.4.2", "1.4.3", "maintenance")}
    (whole,) = of([change("src/a.c", "main")], [(OPTION, OPTION)], [pair("src/a.c")], numbers)
    assert (whole.kind, whole.suggested, whole.features) == ("function", "maintenance", (OPTION,))
    assert whole.evidence == (("1 option gained", Place()), ("the option --fast is new", OPTION.at))
    assert disputes(numbers[""], whole.features)
    assert not disputes(numbers[""], ())
    assert not disputes(Numbers("1", "2", "function"), whole.features)


def test_a_lowered_posture_outranks_and_names_the_class_below_it():
    changed = change("src/a.c", "main", gained=[("mode", "4755", "setuid:yes")])
    finding = Finding(
        "id",
        1,
        8.0,
        0.01,
        "hold",
        "`main` no longer verifies.",
        changed,
        changed.hunks[0],
        (Signal("safeguard/verification-off", 3.0, "why"),),
    )
    (whole,) = of([changed], [(OPTION,)], [pair("src/a.c")], findings=[finding])
    assert whole.kind == "posture"
    assert [words for words, _ in whole.evidence] == [
        "2 places where the security posture is lowered",
        "`main` no longer verifies",
        "its mode becomes 4755, with another's rights",
        "apart from that: function, 1 option gained",
    ]


def test_findings_to_read_are_named_in_any_class():
    changed = change("src/a.c", "main")
    finding = Finding("id", 1, 8.0, 0.01, "hold", "`main` runs.", changed, changed.hunks[0])
    (whole,) = of([changed], pairs=[pair("src/a.c")], findings=[finding])
    assert whole.kind == "maintenance"
    assert whole.evidence[1] == (
        "1 finding of this change should be read: the class does not judge them",
        changed.pair.place,
    )


def test_components_have_classes_of_their_own_once_there_are_two():
    changes = [change("src/a.c", "main"), change("lib/b.c", "parse")]
    classes = of(
        changes, [(OPTION,)], [pair("src/a.c"), pair("lib/b.c"), pair("README")], {"lib": Numbers("1", "2", "x")}
    )
    assert [(one.component, one.kind, one.new_version) for one in classes] == [
        ("", "function", ""),
        ("lib", "maintenance", "2"),
        ("src", "function", ""),
    ]
    assert not any(one.features for one in classes[1:])


@given(st.lists(st.tuples(st.sampled_from(["option", "function", "account"]), st.text(max_size=5), st.booleans())))
def test_evidence_is_short_and_counts_all(things):
    features = tuple(Feature(thing, name, Place(("src/a.c",)), "", lost) for thing, name, lost in things)
    (whole,) = of([change("src/a.c", "main")], [features], [pair("src/a.c")])
    assert len(whole.evidence) <= MOST
    assert len(whole.features) == len(set(features))
    assert sum(int(n) for n in counted(whole.features).replace(",", "").replace(";", "").split() if n.isdigit()) == len(
        set(features)
    )
