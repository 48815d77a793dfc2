"""The same description for scripts."""

import json

from zoll.reports import change_description_json
from zoll.reports.options import Options


def render(report, **options):
    return change_description_json.render(report, Options(**options))


def test_it_holds_all_and_only_ascii(reports):
    told = {name: json.loads(render(report)) for name, report in reports.items()}
    assert all(render(report).isascii() for report in reports.values())
    smallcell = told["smallcell"]
    assert smallcell["schema"] == "zoll.change-description/1"
    assert smallcell["class"]["kind"] == "posture"
    assert smallcell["class"]["holds"] is False
    assert [one["component"] for one in smallcell["components"]] == ["src", "tools"]
    assert [one["name"] for one in smallcell["gained"]] == ["https://192.0.2.7/health", "report"]
    assert [one["name"] for one in smallcell["lost"]] == ["--verify"]
    assert smallcell["to"] == {
        "name": "smallcell-1.4.3.tar.gz",
        "version": "1.4.3",
        "sha256": "b" * 64,
        "parts": 4,
        "bytes": 16800,
    }
    assert told["equal"]["class"] is None


def test_the_same_report_gives_the_same_bytes_whatever_the_options(reports):
    assert render(reports["smallcell"]) == render(reports["smallcell"], top=1, color=True, verbose=True)
