"""Code before and after, cut to the heart."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from zoll.model import Change, Fact, Finding, Hunk, Pair, Place, Reading, Signal
from zoll.reports.excerpt import excerpt

AT = Place(("f.c",))


def finding(before, after, old=1, new=1, gained=(), lost=()):
    up = tuple(Reading(Fact("call", f"g{line}"), AT.at(line)) for line in gained)
    down = tuple(Reading(Fact("call", f"l{line}"), AT.at(line)) for line in lost)
    hunk = Hunk((old, old), (new, new), before, after, up, down, (old, new))
    return Finding(
        "i",
        1,
        1.0,
        1.0,
        "note",
        "",
        Change(Pair(None, None, "place"), (hunk,)),
        hunk,
        (Signal("r", 1.0, "", up + down),),
    )


def shown(rows):
    return [
        f"{row.mark}{row.old or '.'} {row.new or '.'} {row.text}" if row.mark != "~" else f"~{row.skipped}"
        for row in rows
    ]


def lines(word, count):
    return "".join(f"{word}{number}\n" for number in range(1, count + 1))


def test_what_stayed_keeps_both_numbers():
    rows = excerpt(finding("a\nb\nc\n", "a\nx\nc\n", old=10, new=20))
    assert shown(rows) == [" 10 20 a", "-11 . b", "+. 21 x", " 12 22 c"]


def test_a_long_change_shows_the_evidence():
    rows = excerpt(finding("", lines("n", 100), old=0, gained=[50]), limit=5)
    assert shown(rows) == ["~47", "+. 48 n48", "+. 49 n49", "+. 50 n50", "+. 51 n51", "+. 52 n52", "~48"]


def test_two_hearts_are_both_shown():
    rows = shown(excerpt(finding("", lines("n", 100), old=0, gained=[10, 90]), limit=6))
    assert "+. 10 n10" in rows
    assert "+. 90 n90" in rows


def test_a_lost_line_is_the_heart_on_the_old_side():
    rows = shown(excerpt(finding(lines("o", 60), "", new=0, lost=[30]), limit=3))
    assert rows == ["~28", "-29 . o29", "-30 . o30", "-31 . o31", "~29"]


def test_without_evidence_the_first_change_is_the_heart():
    words = lines("s", 50)
    rows = shown(excerpt(finding(words, words.replace("s40\n", "t\n")), limit=4))
    assert "+. 40 t" in rows
    assert "-40 . s40" in rows


def test_a_huge_hunk_is_read_around_the_heart():
    rows = shown(excerpt(finding("", lines("n", 50_000), old=0, gained=[40_000]), limit=3))
    assert "+. 40000 n40000" in rows


def test_words_without_lines_have_no_numbers():
    assert shown(excerpt(finding("", "text", old=0, new=0))) == ["+. . text"]


def test_pieces_of_a_long_line_are_found_by_their_words():
    read = Reading(Fact("call", "run"), AT.at(1), "run(x)")
    one = finding("", "".join(f"a{number};\n" for number in range(50)) + "run(x);\n", old=0, new=0)
    one = msgspec.structs.replace(
        one,
        hunk=msgspec.structs.replace(one.hunk, gained=(read,)),
        signals=(Signal("r", 1.0, "", (read,)),),
    )
    assert shown(excerpt(one, limit=2)) == ["~49", "+. . a49;", "+. . run(x);"]


def test_words_may_begin_before_the_change():
    one = finding("", "")
    hunk = Hunk((3, 3), (3, 3), "a\nb\nc", "a\nb\nd", starts=(1, 1))
    rows = shown(excerpt(msgspec.structs.replace(one, hunk=hunk)))
    assert rows == [" 1 1 a", " 2 2 b", "-3 . c", "+. 3 d"]


def test_nothing_gives_nothing():
    assert excerpt(finding("", "", old=0, new=0)) == []


@given(
    before=st.lists(st.sampled_from("abc{}"), max_size=30),
    after=st.lists(st.sampled_from("abc{}"), max_size=30),
    gained=st.lists(st.integers(1, 30), max_size=3),
    limit=st.integers(1, 40),
)
def test_rows_and_skips_add_up_to_the_whole(before, after, gained, limit):
    one = finding("".join(f"{line}\n" for line in before), "".join(f"{line}\n" for line in after), gained=gained)
    rows = excerpt(one, limit)
    everything = excerpt(one, 1000)
    assert sum(row.skipped or 1 for row in rows) == len(everything)
    assert sum(row.mark != "~" for row in rows) <= limit
    assert [row.text for row in everything if row.mark != "+"] == before
    assert [row.text for row in everything if row.mark != "-"] == after
    assert excerpt(msgspec.structs.replace(one), limit) == rows
