"""Results of which only the order is asked for, and ends that are cut to a part."""

import pytest

from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.compare.weakening import weakenings
from zoll.parse.source import open_code


def weak(old, new, *, compiled=False):
    sides = []
    for text in (old, new):
        opened = open_code(text.encode(), "c")
        sides.append(opened.statements(next(one for one in opened.code.functions if one.name == "f")))
    found = weakenings(View(aligned(*sides), compiled=compiled))
    return [(one.fact.value, one.fact.trait("how")) for one in found]


CHECK = """
int f(int a)
{
    go(a);
    if (verify(a, b)%s) {
        note(1);
        return -1;
    }
    return 0;
}
"""


@pytest.mark.parametrize(
    ("old", "new", "how"),
    [
        ("", " > 0", "negative"),
        (" != 0", " > 0", "negative"),
        (" != 0", " >= 1", "negative"),
        (" != 0", " < 0", "positive"),
        (" != 1", " <= 0", "above"),
    ],
)
def test_only_the_order_of_a_result_is_asked(old, new, how):
    assert weak(CHECK % old, CHECK % new) == [("operator", how)]


@pytest.mark.parametrize(("old", "new"), [(" < 0", ""), (" < 0", " != 0"), (" != 1", " < 0"), (" > 0", " > 1")])
def test_what_asks_for_as_much_as_before_or_for_something_else(old, new):
    assert [how for _, how in weak(CHECK % old, CHECK % new) if how] == []


def test_a_length_has_an_order_of_its_own():
    assert [
        how for _, how in weak(CHECK.replace("verify", "strlen") % "", CHECK.replace("verify", "strlen") % " > 0")
    ] == []


def test_a_call_of_what_a_pointer_leads_to_is_known_by_its_arguments():
    old = "int f(int a)\n{\n    if ((*g[v * 5])(*arg1, a, b)) {\n        bug(-1);\n    }\n    return 0;\n}\n"
    new = old.replace("b))", "b) > 0)").replace("g[v * 5]", "v")
    assert weak(old, new, compiled=True) == [("operator", "negative")]


@pytest.mark.parametrize("part", ["(n >> 3)", "n / 8"])
def test_an_end_that_is_cut_to_a_part(part):
    old = "int f(int n)\n{\n    int i = 0;\n    while (i != n) {\n        i = next(i);\n    }\n    return i;\n}\n"
    assert weak(old, old.replace("!= n", f"!= {part}")) == [("length", "cut")]
    assert weak(old.replace("!= n", f"!= {part}"), old) == []


OPENED = "int f(int {0})\n{{\n    use({0});\n    if ({0} {1} 0)\n        {2};\n    return 0;\n}}\n"


@pytest.mark.parametrize(
    ("name", "ops", "then", "told"),
    [
        ("imgfd", (">", ">="), "close(imgfd)", []),
        ("s->sock", (">", ">="), "shutdown(s->sock, 2)", []),
        ("fds[0]", (">", ">="), "close(fds[0])", []),
        ("listen_fd", ("<=", "<"), "return -1", []),
        ("rc", (">", ">="), "admit(rc)", [("operator", "")]),
    ],
)
def test_the_first_descriptor_is_one_as_well(name, ops, then, told):
    old, new = (OPENED.format(name, op, then) for op in ops)
    assert weak(old, new) == told


@pytest.mark.parametrize(("old", "new"), [(" <= 0", " == -1"), (" > 0", " != 1")])
def test_of_a_comparison_only_the_sign_says_anything(old, new):
    check = CHECK.replace("verify(a, b)", "memcmp(a, b, 6)")
    assert weak(check % old, check % new) == [("operator", "")]
    assert weak(CHECK.replace("verify", "fetch") % old, CHECK.replace("verify", "fetch") % new) == []


RESULT = """
int f(int a)
{
    int rc;
    rc = verify(a, b);
    if (%s) {
        note(1);
        return -1;
    }
    return 0;
}
"""


@pytest.mark.parametrize(
    ("old", "new"), [("rc != 0", "rc == EXPIRED"), ("rc", "rc == -2"), ("rc != 0", "rc = 0"), ("rc > 0", "rc = 0")]
)
def test_a_single_result_is_refused_or_none_at_all(old, new):
    assert weak(RESULT % old, RESULT % new) == [("operator", "")]


@pytest.mark.parametrize(("old", "new"), [("rc != 0", "rc"), ("!rc", "rc == NULL"), ("rc == -2", "rc != 0")])
def test_as_many_results_are_refused_as_before(old, new):
    assert weak(RESULT % old, RESULT % new) == []


def test_a_kind_is_no_result():
    assert weak(RESULT.replace("rc", "kind") % "kind", RESULT.replace("rc", "kind") % "kind == PLAIN") == []


def test_a_result_that_is_told_apart_before_is_refused_all_the_same():
    two = RESULT.replace("    return 0;", "    if (rc)\n        return -2;\n    return 0;")
    assert weak(RESULT % "rc", two % "rc == EXPIRED") == []


SENT = """
int f(struct v *v, struct h *hdr)
{
    if (%sv->kind != hdr->kind) {
        note(v);
        return -1;
    }
    return go(v);
}
"""


@pytest.mark.parametrize(
    ("more", "how"),
    [("hdr->kind && ", "empty"), ("hdr->kind != 0 && ", "empty"), ("v->kind && ", ""), ("hdr->other && ", "")],
)
def test_what_comes_in_passes_where_it_is_empty(more, how):
    assert weak(SENT % "", SENT % more) == [("joint", how)]
    assert weak(SENT % more, SENT % "") == []


SUMMED = """
int f(struct pkt *p, int sum)
{
    if (%ssum != packet_checksum(p))
        return BADSUM;
    go(p);
    return 0;
}
"""


def test_what_a_call_takes_out_of_what_comes_in_passes_where_it_is_empty():
    assert weak(SUMMED % "", SUMMED % "packet_checksum(p) != 0 && ") == [("joint", "empty")]
    assert weak(SUMMED % "", SUMMED % "checksums_on(p) && ") == [("joint", "")]


def test_a_place_in_what_comes_in_is_never_empty():
    measured = SENT.replace("kind", "offset")
    assert weak(measured % "", measured % "hdr->offset != 0 && ") == [("joint", "")]


def test_a_blank_is_not_nothing():
    assert weak(SENT % "", SENT % "hdr->kind != ' ' && ") == [("joint", "")]
    assert weak(SENT % "", SENT % "hdr->kind != NULL && ") == [("joint", "empty")]


PYTHON = "def f(token, name, given):\n    if %s:\n        raise ValueError(given)\n    return True\n"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("given != token", "given.lower() != token.lower()", [("operator", "case")]),
        ("given != token", "lower(given) != lower(token)", [("operator", "case")]),
        ("given != token", "given.strip() != token.strip()", []),  # nothing is taken off what is right
        ("given != name", "given.lower() != name.lower()", []),  # no secret
        ("given.lower() != token.lower()", "given != token", []),
    ],
)
def test_secrets_of_which_capitals_count_no_more(old, new, told):
    sides = []
    for text in (old, new):
        opened = open_code((PYTHON % text).encode(), "python")
        sides.append(opened.statements(next(one for one in opened.code.functions if one.name == "f")))
    found = weakenings(View(aligned(*sides)))
    assert [(one.fact.value, one.fact.trait("how")) for one in found] == told


def test_another_number_is_no_order_that_was_turned_round():
    refusing = "int f(int n)\n{\n    if (n > %s) {\n        bug(-1);\n        return -1;\n    }\n    return 0;\n}\n"
    told = weak(refusing % 5, refusing % 5000, compiled=True)
    assert [value for value, _ in told] == ["bound"]
    assert weak(refusing % 5, refusing % 7, compiled=True) == []  # a table with two more cases
    assert weak(refusing % 5000, refusing % 5, compiled=True) == []


JS = "function f(v) {\n  if (typeof v === 'number'%s) {\n    return g(v)\n  }\n  return h(v)\n}\n"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (" || typeof v === 'bigint'", []),
        (" || typeof v === 'undefined'", ["joint"]),
        (" || v === other", ["joint"]),
        (" || ''", []),
    ],
)
def test_one_more_type_lets_nobody_pass(more, told):
    sides = []
    for text in (JS % "", JS % more):
        opened = open_code(text.encode(), "javascript")
        sides.append(opened.statements(opened.code.functions[-1]))
    found = weakenings(View(aligned(*sides), language="javascript"))
    assert [one.fact.value for one in found] == told
