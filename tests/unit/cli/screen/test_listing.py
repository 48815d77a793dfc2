from importlib import import_module

from zoll.catalogue import plugins
from zoll.cli.screen import listing


def test_formats_are_what_the_catalogue_finds():
    assert tuple(map(listing.module_of, listing.formats())) == tuple(plugins("zoll.reports"))
    assert "change-description" in listing.formats()


def test_every_command_file_has_a_command_and_says_in_a_few_words_what_it_does():
    for name, hidden in listing.commands().items():
        assert import_module(f"zoll.cli.{name}").command.hidden is hidden
        assert 10 < len(listing.first_words(f"zoll.cli.{name}")) < 80


def test_languages_have_a_table():
    assert all(import_module(f"zoll.parse.languages.{name}").TABLE for name in listing.languages())
