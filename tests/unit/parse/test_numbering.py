"""What a step of a version number suggests, in every numbering that the docstring names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoll.parse.numbering import compare, suggests

STEPS = """1.4.2 1.4.3 maintenance
1.4 1.4.1 maintenance
1.4.2 1.5.0 function
1.4.2 2.0.0 function
v1.2.3 1.2.4 maintenance
1.3 1.2 downgrade
1.0 1.0.0 none
0.3.1 0.3.2 maintenance
0.3.1 0.4.0 function
0.0.3 0.0.4 function
1.0.0+5 1.0.0+6 rebuild
1.0.0-alpha.1 1.0.0-alpha.2 function
1.0.0-rc.1 1.0.0 maintenance
1.0.0-rc.1 1.0.0-beta.1 downgrade
1.0b1 1.0 function
1.0rc1 1.0 maintenance
1.0.dev3 1.0 function
1.0 1.0.post1 rebuild
1!1.0 2!1.0 function
1.2.3-1 1.2.3-2 maintenance
1.2.3-1 1.2.3-1+deb12u1 maintenance
2022.83-1+deb12u2 2022.83-1+deb12u3 maintenance
2:9.0-2 2:9.0-2+b1 rebuild
1.0-1 1.0-1build1 rebuild
1:1.2-1 2:1.0-1 function
1.11~rc1-1 1.11-1 maintenance
4.9.3-1~bpo1 4.9.3-1 maintenance
1.2.3-1 1.2.2-9 downgrade
1.4.3-4 1.5.0-1 function
1.0.0+dfsg-1 1.0.0+dfsg1-1 maintenance
1.0.128+nmu2+deb12u2 1.0.141 maintenance
4.4.3-1 5.0.0+really4.4.4-1 maintenance
9.18.1-1ubuntu1.1 9.18.1-1ubuntu1.2 maintenance
5.14.0-70.el9_0 5.14.0-70.13.1.el9_0 maintenance
5.14.0-70.el9_0 6.1.0-1.el9_0 function
V100R005C10SPC200 V100R005C10SPC300 maintenance
V100R005C10SPC200 V100R005C20SPC100 function
V100R005C10SPC200 V100R006C00SPC100 function
V100R005C10SPC200B010 V100R005C10SPC200B020 rebuild
V100R005C10SPC300 V100R005C10SPC200 downgrade
V3.00.30P10 V3.00.30P20 maintenance
R12A01 R12B01 function
21.4R3-S5 21.4R3-S6 maintenance
15.2(4)M3 15.2(4)M4 maintenance
17.03.04a 17.03.05 maintenance
17.03.04a 17.04.01 function
1.1.1k 1.1.1l maintenance
2025.5.1 2025.10.14 function
2025.5.1 2025.5.2 maintenance
20240101 20240301 function
2024a-0+deb12u1 2025b-0+deb12u2 function
""".splitlines()
NUMBER = st.integers(0, 30)
LETTERS = st.sampled_from(
    ["", "-", "+", "~", ".", "rc", "a", "b", "SPC", "R", "C", ":", "+deb12u", "+b", "dfsg", " ", "é"]
)
ANY = st.one_of(
    st.text(max_size=40),
    st.lists(st.tuples(NUMBER, LETTERS), max_size=6).map(lambda them: "".join(f"{n}{w}" for n, w in them)),
)
PLAIN = st.tuples(NUMBER, NUMBER, NUMBER)


@pytest.mark.parametrize("line", STEPS)
def test_steps(line):
    old, new, suggested = line.split()
    assert suggests(old, new) == suggested


@given(ANY, ANY)
def test_any_two_texts_have_an_answer_and_only_one_of_two_ways_leads_back(old, new):
    there, back = suggests(old, new), suggests(new, old)
    assert {there, back} <= {"", "none", "rebuild", "maintenance", "function", "downgrade"}
    assert not (there == back == "downgrade")
    assert (compare(old, new) > 0) == (compare(new, old) < 0)


@given(ANY)
def test_the_same_number_suggests_nothing(number):
    assert suggests(number, number) in {"none", ""}
    assert compare(number, number) == 0


@given(PLAIN, PLAIN)
def test_three_numbers_are_read_from_the_left(old, new):
    one, other = (".".join(map(str, numbers)) for numbers in (old, new))
    place = next((place for place in range(3) if old[place] != new[place]), 3)
    expected = "downgrade" if new < old else ["function", "function", "maintenance", "none"][place]
    if place == 2 and old[:2] == (0, 0) and new > old:
        expected = "function"
    assert suggests(one, other) == expected


@given(PLAIN, st.integers(1, 20), st.integers(0, 20))
def test_a_revision_of_the_same_upstream_is_maintenance(upstream, revision, more):
    base = ".".join(map(str, upstream))
    assert suggests(f"{base}-{revision}", f"{base}-{revision + more + 1}") == "maintenance"
    assert suggests(f"{base}-{revision}", f"{base}-{revision}+b{more}") == "rebuild"


def test_a_missing_number_suggests_nothing():
    assert suggests("", "1.0") == suggests("1.0", "") == suggests(" ", "1.0") == ""


def test_very_long_numbers_take_no_time():
    assert suggests("1." * 40_000, "1." * 40_000 + "2") in {"none", "maintenance"}
    assert suggests("9" * 5000, "9" * 4999 + "8") == "none"  # all that is read is the same
