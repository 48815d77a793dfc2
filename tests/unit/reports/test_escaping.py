"""Text of the upgrade shows as written and never becomes markup."""

import re

from hypothesis import given
from hypothesis import strategies as st

from zoll.reports.escaping import code, words

TEXT = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("`|\\<>[]()#*_~!&@:/-+=.1\n")), max_size=60)


@given(TEXT)
def test_words_leave_no_markup(text):
    told = words(text)
    assert "\n" not in told
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]<>|~&#!@]", told)
    assert not re.match(r"[-+=](\s|$)|\d+[.)](\s|$)", told)
    assert "://" not in told


@given(TEXT)
def test_a_code_span_ends_where_it_should(text):
    told = code(text)
    fence = re.match(r"`+", told)[0]
    inner = told[len(fence) : -len(fence)]
    assert told.endswith(fence)
    assert all(len(run) < len(fence) for run in re.findall(r"`+", inner))
    assert not re.search(r"(?<!\\)\||\\\\\|", told)
    assert "\n" not in told


def test_ordinary_names_stay_as_they_are():
    assert words("1.4.3") == "1.4.3"
    assert words("the option --x is new") == "the option --x is new"
    assert words("1. first") == "1\\. first"
    assert code("a.b_c") == "`a.b_c`"
