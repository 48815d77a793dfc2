"""What moves when a structure grows is no change; a field that was exchanged is one."""

import pytest

from zoll.compare.layout import handed_short, without_layout

TAKES = {"sub_7": 2}


def agreed(*pairs):
    both = [(list(olds), list(news)) for olds, news in pairs]
    without_layout(both, lambda name: TAKES.get(name, 0) if name.startswith("sub_") else None)
    return [olds for olds, _ in both]


GROWN = (
    (["if (arg1->f10) {", "return arg1->f18;"], ["if (arg1->f18) {", "return arg1->f20;"]),
    (["sub_1(arg1->f2c, (arg1 + 88));", "}"], ["sub_1(arg1->f34, (arg1 + 96));", "}"]),
)


def test_fields_of_a_structure_that_grew_are_where_they_are_now():
    assert agreed(*GROWN) == [news for _, news in GROWN]


def test_lines_that_only_the_old_side_has_follow():
    (first, *_) = agreed((["use(arg1->f18);", *GROWN[0][0]], GROWN[0][1]), *GROWN[1:])
    assert first[0] == "use(arg1->f20);"


@pytest.mark.parametrize(
    ("olds", "news"),
    [
        (["check(arg3->f10);"], ["check(arg3->f20);"]),  # nothing else moved so far
        (["check(arg3->f10);", "use(arg3->f40);"], ["check(arg3->f18);", "use(arg3->f40);"]),  # what is behind stayed
        (["if (arg1->f10 > 8) {"], ["if (arg1->f18 > 16) {"]),
    ],
)
def test_a_field_that_was_exchanged_stays_what_it_was(olds, news):
    assert agreed(*GROWN, (olds, news))[-1] == olds


def test_one_field_that_moved_by_itself_is_no_structure_that_grew():
    olds, news = ["check(arg1->f10);", "use(arg1->f8);"], ["check(arg1->f18);", "use(arg1->f8);"]
    assert agreed((olds, news)) == [olds]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("if (sub_1(arg1, v)) {", "if (sub_1(arg1)) {"),
        ("sub_7(arg1, 4);", "sub_7(arg1, 4, v);"),
        ('v = sub_1(f(1), "a, b");', 'v = sub_1(f(1), "a, b", &local);'),
    ],
)
def test_arguments_that_were_left_in_registers_are_no_change(old, new):
    assert agreed(([old], [new])) == [[new]]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sub_1(arg1, 2);", "sub_1(arg1, 3, v);"),
        ("open(arg1, 577, 384);", "open(arg1, 577);"),
        ("sub_7();", "sub_7(arg1, (arg2 / 8), 8);"),  # takes two, whatever stands in the register behind them
        ("sub_1(arg1, v);", "sub_2(arg1);"),
        ("if (sub_1(arg1) == 2) {", "if (sub_1(arg1, v) == 3) {"),
    ],
)
def test_other_arguments_are_a_change(old, new):
    assert agreed(([old], [new])) == [[old]]


@pytest.mark.parametrize(("given", "short"), [("", True), ("arg1", True), ("arg1, 8", False), ("arg1, 8, 9", False)])
def test_a_call_with_fewer_arguments_than_are_taken_is_told(given, short):
    lines = [f"return sub_7({given});"]
    assert handed_short(lines, ["return sub_7(arg1, 2);"], TAKES) == short
    assert not handed_short(lines, lines, TAKES)  # it is the same on both sides


KEPT = ["sub_1_result = sub_1(arg1);", "if (!sub_1_result) {", "use(sub_1_result);"]
ASKED = ["if (!sub_1(arg1)) {", "use(arg1);"]


def test_a_call_stands_where_the_other_side_has_it():
    before, after = list(KEPT), list(ASKED)
    without_layout([(before, after)], lambda _: 0)
    assert before == ["", *ASKED[:1], "use(sub_1_result);"]
    before, after = list(ASKED), list(KEPT)
    without_layout([(before, after)], lambda _: 0)
    assert after == ["", *ASKED[:1], "use(sub_1_result);"]


def test_another_call_stays_where_it_is():
    before, after = list(KEPT), ["if (!sub_1(arg2)) {"]
    without_layout([(before, after)], lambda _: 0)
    assert before == KEPT
