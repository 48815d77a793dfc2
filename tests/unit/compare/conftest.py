"""Pairs of functions as comparers see them."""

import pytest

from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code


@pytest.fixture
def view_of():
    """Return what makes the view of the last function of an old and a new text."""

    def made(language, old, new):
        sides, lines = [], []
        for text in (old, new):
            opened = open_code(text.encode(), language)
            sides.append(opened.statements(opened.code.functions[-1]))
            lines.append(text.split("\n"))
        return View(aligned(*sides), *lines, language=language)

    return made
