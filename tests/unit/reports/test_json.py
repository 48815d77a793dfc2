"""The contract with scripts."""

import json
from pathlib import Path

import jsonschema
import msgspec
import pytest

from zoll.model import Finding, Hunk
from zoll.reports import json as json_report
from zoll.reports.json import SCHEMA, render
from zoll.reports.options import Options

SCHEMA_FILE = Path(json_report.__file__).with_name("report.schema.json")
SAMPLES = Path(__file__).parents[2] / "samples" / "reports" / "json"
CONTRACT = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))


def objects(schema):
    """Yield every object that the schema describes."""
    stack = [schema]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            if node.get("type") == "object":
                yield node
            stack.extend(node.values())


@pytest.mark.parametrize("name", ["smallcell", "equal", "clean", "hostile"])
def test_a_report_keeps_the_contract(name, reports, golden):
    text = render(reports[name], Options())
    jsonschema.Draft202012Validator(CONTRACT).validate(json.loads(text))
    golden(SAMPLES / name / "golden.txt", text.splitlines())


def test_the_schema_is_one_and_admits_nothing_that_it_does_not_describe():
    jsonschema.Draft202012Validator.check_schema(CONTRACT)
    described = list(objects(CONTRACT))
    assert len(described) > 8
    for node in described:
        assert node["additionalProperties"] is False
        assert sorted(node["required"]) == sorted(node["properties"])


def test_a_field_that_the_schema_does_not_know_fails(reports):
    said = json.loads(render(reports["smallcell"], Options()))
    said["findings"][0]["unheard"] = 1
    with pytest.raises(jsonschema.ValidationError, match="unheard"):
        jsonschema.Draft202012Validator(CONTRACT).validate(said)


def test_every_field_of_the_contract_is_there(reports):
    said = json.loads(render(reports["smallcell"], Options()))
    assert said["schema"] == SCHEMA == "zoll.report/1"
    assert {"schema", "old", "new", "account", "gaps", "findings"} <= set(said)
    finding = said["findings"][0]
    assert {"id", "rank", "bits", "expected", "level", "title", "path", "line", "line_end"} <= set(finding)
    assert {"symbol", "offset", "gained", "lost", "signals", "declared"} <= set(finding)
    assert [finding["rank"] for finding in said["findings"]] == [1, 2, 3, 4]


def test_lines_are_new_ones_unless_none_are_left(reports):
    login, beacon, removed, data = json.loads(render(reports["smallcell"], Options()))["findings"]
    assert (login["side"], login["line"], login["line_end"], login["symbol"]) == ("new", 41, 52, "verify_user")
    assert beacon["path"] == "smallcell-1.4.3/tools.tar.gz!/tools/health.py"
    assert (removed["side"], removed["line"], removed["path"]) == ("old", 7, "smallcell-1.4.2/src/update/check.sh")
    assert (data["side"], data["line"], data["line_end"], data["symbol"]) == ("new", None, None, None)


def test_lines_taken_out_of_a_part_that_stays_count_in_the_old_release(reports):
    finding: Finding = reports["smallcell"].findings[0]
    report = msgspec.structs.replace(
        reports["smallcell"], findings=(msgspec.structs.replace(finding, hunk=Hunk((5, 6), (0, 0), "a\nb", "")),)
    )
    said = json.loads(render(report, Options()))["findings"][0]
    assert (said["side"], said["line"], said["line_end"]) == ("old", 5, 6)
    assert said["path"] == finding.change.pair.place.path


def test_the_same_report_gives_the_same_bytes_whatever_the_options(reports):
    first = render(reports["smallcell"], Options())
    assert render(reports["smallcell"], Options(top=1, width=40, color=True, verbose=True)) == first


def test_only_plain_ascii_and_well_formed_text_leaves(reports):
    text = render(reports["hostile"], Options())
    assert text.isascii()
    assert "\x1b" not in text
    json.dumps(json.loads(text), ensure_ascii=False).encode("utf-8")
    assert json.loads(text)["findings"][0]["path"].endswith("[red]x[/red]\\xff\r.c")
