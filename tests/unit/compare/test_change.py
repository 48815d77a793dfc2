"""Hunks, their lines and the counted difference."""

import time

import pytest

from zoll.compare.change import Side, compare
from zoll.model import Fact, Pair, Part, Place, Reading
from zoll.parse.code import Statement

OLD = Part(Place(("a.c",)), "code/c", "1", 1)
NEW = Part(Place(("a.c",)), "code/c", "2", 1)
PAIR = Pair(OLD, NEW, "place")


def statements(text):
    """One statement a line; indentation of two encloses; a line that begins with `if`, `for` opens."""
    out, stack = [], []
    for number, line in enumerate(text.strip("\n").split("\n"), 1):
        depth = (len(line) - len(line.lstrip())) // 2
        word = line.split()[0]
        kind = {"if": "condition", "while": "condition", "return": "return"}.get(word, "call")
        del stack[depth:]
        out.append(Statement(kind, line.strip(), number, number, stack[-1] if stack else -1, "then" if stack else ""))
        stack.append(len(out) - 1)
    return out


def side(text, *readings):
    lines = text.strip("\n").split("\n")
    return Side(statements(text), readings, lines, (1, len(lines)))


def reading(value, line, kind="call"):
    return Reading(Fact(kind, value), Place(("a.c",)).at(line))


def spans(change):
    return [(hunk.old, hunk.new) for hunk in change.hunks]


def test_equal_sides_have_no_hunks():
    assert compare(PAIR, side("a\nb"), side("a\nb")).hunks == ()


def test_an_insertion_is_tight():
    assert spans(compare(PAIR, side("a\nb\nc"), side("a\nb\nx\ny\nc"))) == [((0, 0), (3, 4))]


def test_a_removal_stands_where_it_stood():
    assert spans(compare(PAIR, side("a\nb\nx\nc"), side("a\nb\nc"))) == [((3, 3), (3, 3))]


def test_an_inserted_block_begins_with_its_condition():
    old = "if a\n  return 0\nif c\n  return 0"
    new = "if a\n  return 0\nif b\n  return 0\nif c\n  return 0"
    assert spans(compare(PAIR, side(old), side(new))) == [((0, 0), (3, 4))]


def test_two_distant_changes_are_two_hunks():
    change = compare(
        PAIR,
        side("a\nb\nc\nd\ne"),
        side("a\nB()\nc\nd\nE()"),
    )
    assert spans(change) == [((2, 2), (2, 2)), ((5, 5), (5, 5))]


def test_a_statement_that_left_its_condition_is_a_hunk():
    change = compare(PAIR, side("if ok\n  log\n  grant\nend"), side("if ok\n  log\ngrant\nend"))
    assert spans(change) == [((3, 3), (3, 3))]


def test_a_dropped_condition_does_not_drag_its_body():
    assert spans(compare(PAIR, side("a\nif ok\n  grant\nend"), side("a\ngrant\nend"))) == [((2, 2), (2, 2))]


def told(hunk):
    """What readers said, without what comparing adds."""
    return [one for one in hunk.gained if one.fact.kind != "altered"]


def test_counted_difference_goes_to_the_changed_line():
    old = side("strcmp(a)\nb", reading("strcmp", 1))
    new = side("strcmp(a)\nb\nstrcmp(c)", reading("strcmp", 1), reading("strcmp", 3))
    change = compare(PAIR, old, new)
    assert [(hunk.new, [one.at.start for one in told(hunk)]) for hunk in change.hunks] == [((3, 3), [3])]


def test_readings_go_to_the_nearest_hunk():
    old = side("\n".join("abcdefghij"))
    new = side("\n".join("aXcdefghYj"), reading("far", 6), reading("x", 2))
    assert [[one.fact.value for one in told(hunk)] for hunk in compare(PAIR, old, new).hunks] == [["x"], ["far"]]


def test_an_added_function_is_cut_into_blocks():
    new = side("a1\na2\nif b\n  c\n  d\ne\n" + "\n".join(f"f{n}" for n in range(30)))
    hunks = compare(Pair(None, NEW, "added"), Side(), new).hunks
    assert [hunk.new for hunk in hunks][:2] == [(1, 2), (3, 5)]
    assert all(hunk.new[1] - hunk.new[0] < 12 for hunk in hunks)
    assert {hunk.old for hunk in hunks} == {(0, 0)}


def test_a_removed_function_has_no_new_lines():
    hunks = compare(Pair(OLD, None, "removed"), side("a\nb"), Side()).hunks
    assert [(hunk.old, hunk.new) for hunk in hunks] == [((1, 2), (0, 0))]


@pytest.mark.parametrize(
    ("path", "traits", "told"),
    [
        ("build/server.mk", (), []),
        ("configure.sh", (), []),
        ("etc/systemd/system/x.service.d/10-hardening.conf", (), ["setting"]),
        ("etc/pam.conf", ("rule:PAM",), ["setting"]),
    ],
)
def test_what_a_removed_file_set_went_with_it(path, traits, told):
    place = Place((path,))
    flag = Reading(Fact("flag", "--with-selinux", (*traits, "strength:strong")), place.at(1))
    hunks = compare(Pair(Part(place, "text/plain", "1", 1), None, "removed"), side("a", flag), Side()).hunks
    assert [one.fact.value for hunk in hunks for one in hunk.gained if one.fact.kind == "weaker"] == told
    assert [one.fact.value for hunk in hunks for one in hunk.lost] == ["--with-selinux"]


def test_excerpts_have_two_lines_around():
    change = compare(PAIR, side("a\nb\nc\nd\ne\nf\ng"), side("a\nb\nc\nX\ne\nf\ng"))
    assert (change.hunks[0].before, change.hunks[0].after) == ("b\nc\nd\ne\nf", "b\nc\nX\ne\nf")


def test_roles_stand_and_do_not_count():
    change = compare(PAIR, side("a"), side("a", reading("verification", 0, "role")))
    assert change.hunks == ()
    assert change.standing == (Fact("role", "verification"),)


def test_what_the_container_says_counts():
    old = Part(Place(("a",)), "code/c", "1", 1, facts=(Fact("mode", "0755"),))
    new = Part(Place(("a",)), "code/c", "1", 1, facts=(Fact("mode", "4755"),))
    (hunk,) = compare(Pair(old, new, "place"), Side(), Side()).hunks
    assert [one.fact.value for one in (*hunk.lost, *hunk.gained)] == ["0755", "4755", "mode"]


def test_text_without_statements():
    old = Side((), (), ["[a]", "x=1", "y=2", "z=3"])
    new = Side((), (reading("x=2", 2, "setting"),), ["[a]", "x=2", "y=2", "z=3"])
    (hunk,) = compare(PAIR, old, new).hunks
    assert (hunk.old, hunk.new, len(hunk.gained)) == ((2, 2), (2, 2), 1)


def test_a_change_in_one_long_line_is_local():
    line = "".join(f"function f{n}(a){{return a+{n};}}" for n in range(20_000))
    planted = line.replace("return a+777;", "return a+777||evil(a);")
    start = time.perf_counter()
    change = compare(PAIR, Side((), (), [line]), Side((), (reading("evil", 1),), [planted]))
    assert time.perf_counter() - start < 5
    assert len(change.hunks) == 1
    assert len(change.hunks[0].after) < 200


def test_binaries_are_one_hunk():
    (hunk,) = compare(PAIR, Side((), (reading("a", 0),)), Side((), (reading("b", 0),))).hunks
    assert (len(hunk.lost), len(hunk.gained)) == (1, 1)


def test_readings_without_any_difference_make_their_own_hunk():
    (hunk,) = compare(PAIR, side("a\nb"), side("a\nb", reading("ZERO WIDTH SPACE", 2, "invisible"))).hunks
    assert (hunk.new, len(hunk.gained)) == ((2, 2), 1)


def test_a_tall_table_shows_the_changed_line():
    lines = ["t = {", *(f"  {n}," for n in range(5000)), "}"]
    changed = [*lines[:4000], "  666,", *lines[4001:]]
    old = Statement("declare", "\n".join(lines)[:2000], 1, 5002)
    change = compare(PAIR, Side([old], (), lines, (1, 5002)), Side([old], (), changed, (1, 5002)))
    assert [hunk.new for hunk in change.hunks] == [(4001, 4001)]


def test_huge_tables_stay_quick():
    start = time.perf_counter()
    old = [f"{n % 977}, {n % 13}" for n in range(100_000)]
    new = [f"{n % 977}, {n % 11}" for n in range(100_000)]
    compare(PAIR, Side((), (), old), Side((), (), new))
    assert time.perf_counter() - start < 10


def test_what_became_of_a_row_of_a_table_stands_on_its_line():
    rows = [f"  PERMIT_{'OPEN' if number % 4 == 0 else 'AUTH'}, /* R{number} */" for number in range(30)]
    sides = []
    for second, more in ((rows[1], ()), ("  PERMIT_LOCAL, /* R1 */", ("  PERMIT_OPEN, /* MODIFY */",))):
        lines = ["char permissions[] = {", rows[0], second, *rows[2:], *more, "};"]
        body = " ".join(lines)
        table = Statement("declare", body, 1, len(lines), target="permissions", operator="=", value=body)
        sides.append(Side([table], (), lines, (1, len(lines))))
    change = compare(PAIR, *sides)
    told = [hunk.new for hunk in change.hunks if any(one.fact.kind == "listed" for one in hunk.gained)]
    assert (len(change.hunks), told) == (2, [(32, 32)])


def test_a_flag_that_is_set_back_to_its_default_is_weak():
    def flag(value, *traits):
        return Reading(Fact("flag", "ProtectClock", (*traits, f"value:{value}")), Place(("a.c",)).at(1))

    back, held = flag("no", "is:default"), flag("yes", "strength:strong")
    one, two = side("ProtectClock = yes", held), side("ProtectClock = no", back)
    (hunk,) = compare(PAIR, one, two).hunks
    assert "strength:weak" in next(got.fact.traits for got in hunk.gained if got.fact.kind == "flag")
    (fresh,) = compare(PAIR, side("x = 1"), two).hunks
    assert back in fresh.gained
