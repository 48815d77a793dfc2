"""What code gains at its interface is declared by the release's description of that interface."""

import pytest

from zoll.pipeline.inspection import inspect
from zoll.pipeline.settings import Settings

API = """openapi: 3.0.1
servers: [{url: "https://zq.example/api"}]
paths:
  /meters/{meter}/tariff:
    get:
      operationId: readTariff
      parameters: [{name: X-Zq-Tenant, in: header}]
"""
OLD = "const app = require('express')();\napp.get('/meters', list);\n"
ROUTE = "app.get('/meters/:meter/tariff', tariff);\n"
OTHER = "app.get('/meters/:meter/unlock', unlock);\n"


@pytest.fixture
def declared(tmp_path):
    def tell(code, **files):
        for side, sources in (("old", {"app.js": OLD, **files}), ("new", {"app.js": OLD + code, **files})):
            for name, text in sources.items():
                path = tmp_path / side / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
        report = inspect(tmp_path / "old", tmp_path / "new", Settings(jobs=1, strict=True))
        return {one.fact.value: (one.how, [by.words for by in one.by]) for one in report.declared}

    return tell


def test_a_gained_route_is_declared_by_the_path_of_the_description(declared):
    told = declared(ROUTE + OTHER, **{"api.yaml": API})
    assert told["/meters/:meter/tariff"] == ("standing", ["GET (readTariff) /meters/{meter}/tariff"])
    assert told["/meters/:meter/unlock"] == ("undeclared", [])


def test_without_a_description_it_is_undeclared(declared):
    assert (
        declared(ROUTE, **{"api.yaml": API.replace("openapi:", "other:")})["/meters/:meter/tariff"][0] == "undeclared"
    )
