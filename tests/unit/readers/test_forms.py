"""Forms of statements kept as data; a method whose name the function picked among fixed ones runs no code."""

import pytest

from zoll.model import Part, Place
from zoll.parse.source import open_code
from zoll.readers import powers
from zoll.readers.forms import _forms, forms_in, ready
from zoll.readers.material import Material

ENDED = b"def stop():\n    os.system('auditctl -e 0')\n"
PERL = "sub load {\n  my ($self, $c) = @_;\n  my $m = %s;\n  return $c->$m(1);\n}\n"
RUBY = "def load(c)\n  %%w[%s].each do |m|\n    c.send(m, 1)\n  end\n  go(c)\nend\n"
PYTHON = "def load(self, c, name):\n    m = %s\n    return getattr(c, m)(1)\n"


def told(language, text):
    opened = open_code(text.encode(), language)
    function = max(opened.code.functions, key=lambda one: len(opened.statements(one)))
    kind = f"code/{language}"
    part = Part(Place(("a",), function.name), kind, "", 0)
    material = Material(part, kind, b"", opened.statements(function), function=function)
    return "evaluate" in [one.fact.value for one in powers.read(material)]


@pytest.mark.parametrize(
    ("language", "text", "runs"),
    [
        ("perl", PERL % "$self->new ? 'one' : 'two'", False),
        ("perl", PERL % "$c->header('X-M')", True),
        ("ruby", RUBY % "one two", False),
        ("ruby", RUBY % "one #{two}", True),
        ("python", PYTHON % "'one' if self.new else 'two'", False),
        ("python", PYTHON % "name", True),
        ("python", "def load(self, c, m):\n    m = 'one'\n    return getattr(c, m)(1)\n", True),
    ],
)
def test_a_name_that_the_function_picked(language, text, runs):
    assert told(language, text) == runs


def test_what_was_made_ready_is_not_made_again():
    ready("python")
    before = _forms.cache_info().misses
    opened = open_code(ENDED, "python")
    function = opened.code.functions[-1]
    material = Material(Part(Place(("a.py",)), "code/python", "", 0), "code/python", ENDED, opened.statements(function))
    list(forms_in(material, "suppressed"))
    assert _forms.cache_info().misses == before


def test_a_form_without_one_of_its_words_is_not_hoped_for():
    assert not any(form.hoped("return 1") for form in _forms("suppressed", "python"))
