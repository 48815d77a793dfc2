"""Goldens: one line per fact or finding, so that the diff of a golden is the review."""

from pathlib import Path

import pytest

SAMPLES = Path(__file__).parent / "samples"
UPGRADES = Path(__file__).parent / "upgrades"

HOW = """{path} differs from what the program now says.
If every changed line above is a better answer than before: pytest --accept, then read `git diff tests/samples`.
If a line vanished that a reviewer needs, or you do not know why it changed, do not accept: mend the program."""


def pytest_addoption(parser):
    parser.addoption("--accept", action="store_true", help="write goldens anew; then read their diff")


@pytest.fixture
def golden(request):
    """Return a function that holds lines against a golden file."""

    def hold(path: Path, lines: list[str]) -> None:
        text = "".join(line + "\n" for line in lines)
        if request.config.getoption("--accept"):
            path.write_text(text, encoding="utf-8")
        expected = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        assert lines == expected, HOW.format(path=path)

    return hold
