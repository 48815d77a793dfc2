"""The picture is one well-formed document that asks nothing of the network."""

import re

from defusedxml.ElementTree import fromstring

from zoll.reports.options import Options
from zoll.reports.svg import render


def test_the_picture_is_well_formed_and_says_what_the_terminal_says(reports):
    for report in reports.values():
        assert fromstring(render(report, Options(width=80))).tag.endswith("svg")
    said = "".join(fromstring(render(reports["smallcell"], Options())).itertext()).replace("\xa0", " ")
    assert "verify_user" in said
    assert "1 to hold" in said


def test_looking_at_the_picture_fetches_nothing(reports):
    picture = render(reports["hostile"], Options())
    assert "@font-face" not in picture
    assert set(re.findall(r"https?://[\w.]+", picture)) <= {"http://www.w3.org", "https://www.textualize.io"}
    assert "<script" not in picture


def test_the_same_report_gives_the_same_picture(reports):
    assert render(reports["smallcell"], Options()) == render(reports["smallcell"], Options())
