from urllib.parse import urlsplit

from zoll.fetch import defaults


def test_the_public_places_are_known_and_reached_over_https():
    for url in (defaults.python_index(), defaults.npm_registry()):
        assert urlsplit(url).scheme == "https"
        assert urlsplit(url).hostname
    assert urlsplit(defaults.python_index()).path == "/simple"
    assert urlsplit(defaults.npm_registry()).path == "/"
