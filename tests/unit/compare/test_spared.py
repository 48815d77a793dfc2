"""A protection that is asked for only together with something else."""

import pytest

from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.compare.weakening import weakenings
from zoll.parse.source import open_code


def scopes(old, new):
    sides = []
    for condition in (old, new):
        opened = open_code((FUNCTION % condition).encode(), "c")
        sides.append(opened.statements(next(one for one in opened.code.functions if one.name == "f")))
    found = weakenings(View(aligned(*sides)))
    return [one.fact.trait("new") for one in found if one.fact.value == "scope"]


FUNCTION = """
int f(struct stream *s, int ret)
{
    prepare(s);
    if (%s) {
        tag = head(s);
        start = s->first;
    }
    finish(s);
    return 0;
}
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("s->services & SEC_AUTH", "(s->services & SEC_AUTH) && s != ctx->first", "s != ctx->first"),
        ("use_script_security", 'use_script_security && !strstr(name, "/spare/")', '!strstr(name, "/spare/")'),
        ("verify_peer == 1", "verify_peer == 1 && s->port != 81", "s->port != 81"),
    ],
)
def test_a_flag_counts_only_together_with_something_else(old, new, told):
    assert scopes(old, new) == [told]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("use_auth", "use_auth || ret"),  # more cases
        ("authenticated", "authenticated && s->port != 81"),  # what was done lets in
        ("is_secure", "is_secure && s->port != 81"),
        ("use_auth", "use_auth && s"),  # it is there
        ("use_auth", "use_auth && s->first != NULL"),
        ("use_auth", "use_auth && ret == 0"),  # nothing failed before
        ("author", "author && s->port != 81"),
        ("use_auth && s->port != 81", "use_auth"),
    ],
)
def test_what_spares_nothing(old, new):
    assert scopes(old, new) == []


def test_a_refusal_has_words_of_its_own():
    code = "int f(int a)\n{\n    go(a);\n    if (use_auth%s) {\n        return -1;\n    }\n    return 0;\n}\n"
    opened = [open_code((code % more).encode(), "c") for more in ("", " && a != 81")]
    sides = [one.statements(next(each for each in one.code.functions if each.name == "f")) for one in opened]
    assert "scope" not in {one.fact.value for one in weakenings(View(aligned(*sides)))}


def test_a_block_of_checks_is_passed_over_in_one_case():
    form = (
        "int f(int me) {\n"
        "    if (%s) {\n"
        "        if (!verify_password(me))\n"
        "            return 1;\n"
        "        wait(me);\n"
        "    }\n"
        "    return run(me);\n"
        "}\n"
    )
    sides = []
    for condition in ("me != 0", "me != 0 && !known(tty)"):
        opened = open_code((form % condition).encode(), "c")
        sides.append(opened.statements(next(one for one in opened.code.functions if one.name == "f")))
    found = weakenings(View(aligned(*sides)))
    assert [one.fact.value for one in found] == ["scope"]
