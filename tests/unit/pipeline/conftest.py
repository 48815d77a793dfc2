"""Small real releases in folders, inspected whole."""

import pytest

from zoll.pipeline import Settings, inspect


@pytest.fixture
def upgrade(tmp_path):
    """Return a function that inspects the upgrade between two releases given as {path: text or bytes}."""

    def run(old, new, **settings):
        for side, files in (("old", old), ("new", new)):
            (tmp_path / side).mkdir(exist_ok=True)
            for name, data in files.items():
                path = tmp_path / side / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return inspect(tmp_path / "old", tmp_path / "new", Settings(jobs=1, strict=True, **settings))

    return run


@pytest.fixture
def gained():
    """Return a function that lists what a report's findings gained of one kind."""

    def of(report, kind):
        return [reading.fact for one in report.findings for reading in one.change.gained if reading.fact.kind == kind]

    return of
