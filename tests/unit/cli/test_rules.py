import json

from zoll.cli.rules import as_json, as_text
from zoll.judge.rulebook import load


def test_every_rule_is_listed_in_both_forms():
    text, rows = as_text(load()), json.loads(as_json(load()))
    assert [row["id"] for row in rows] == [rule.id for rule in load()]
    assert all(f"  {row['id'].partition('/')[2]} " in text for row in rows)
    assert {row["family"] for row in rows} <= set(text.splitlines())
    assert rows[0]["why"]
