import pytest

from zoll.cli.docs_pages import help_of, pages, with_help
from zoll.cli.screen import listing
from zoll.errors import BadInput
from zoll.judge.rulebook import load


def test_every_command_and_rule_has_its_heading():
    made = pages()
    for name, hidden in listing.commands().items():
        assert (f"## `zoll {name}`" in made["commands.md"]) is not hidden
    assert all(f"### {rule.id}\n" in made["rules.md"] for rule in load())


def test_the_marked_block_of_a_readme_is_filled_and_filling_twice_changes_nothing():
    readme = "before\n<!-- zoll --help -->\n```text\nold\n```\n<!-- end -->\nafter\n"
    filled = with_help(readme)
    assert help_of("") in filled
    assert filled.startswith("before\n")
    assert filled.endswith("after\n")
    assert with_help(filled) == filled
    with pytest.raises(BadInput):
        with_help("nothing marked")
