import json

from zoll.catalogue import plugins
from zoll.cli.formats import as_json, as_text
from zoll.cli.screen.listing import module_of


def test_every_plugin_is_listed_with_its_limitations():
    text, rooms = as_text(), json.loads(as_json())
    for room in ("fetch", "openers", "readers", "reports"):
        assert sorted(map(module_of, rooms[room])) == sorted(plugins(f"zoll.{room}"))
    for docs in rooms.values():
        for doc in docs.values():
            assert doc["title"] in text
            assert all(limitation in text for limitation in doc.get("limitations", ()))


def test_languages_are_listed():
    assert "python" in json.loads(as_json())["parse.languages"]
