"""How a report is asked to look."""

import msgspec
import pytest

from zoll.reports.options import Options


def test_a_report_is_plain_and_short_unless_asked_otherwise():
    assert Options() == Options(top=10, width=100, color=False, verbose=False)


def test_options_cannot_change_under_way():
    with pytest.raises(AttributeError):
        Options().top = 3
    assert msgspec.structs.replace(Options(), top=3).top == 3
