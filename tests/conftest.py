"""Goldens: one line per fact or finding, so that the diff of a golden is the review."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from zoll.model import Tally
from zoll.reports.summary import contents, lines_of

# The same examples each time, so that a result hangs on the code alone; HYPOTHESIS_PROFILE=new looks for others.
settings.register_profile("same", derandomize=True)
settings.register_profile("new", derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

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


def summed(tallies):
    tallies = list(tallies)
    return Tally(sum(one.parts for one in tallies), sum(one.bytes for one in tallies))


@pytest.fixture(scope="session")
def adds_up():
    """Return a function that holds a report's account against itself: every part and byte is counted once."""

    def hold(report):
        account = report.account
        pieces = (account.unchanged, account.moved, account.noise, account.compared, account.gaps)
        assert account.whole == summed(pieces)
        assert account.whole == contents(report.new)
        assert account.noise == summed(tally for _, tally in account.noises)
        for release in (report.old, report.new):
            inside = summed([release.handed, release.unpacked])
            assert inside == summed([contents(release), release.opened]), "bytes of containers counted twice or lost"
        assert account.findings <= len(report.findings)
        hunks = {(one.change.pair.place, one.hunk): one.hunk for one in report.findings}
        assert account.lines >= sum(map(lines_of, hunks.values()))
        told = {gap.at.hops for gap in report.gaps if gap.side == "new"}
        assert told <= {part.place.hops for part in report.new.parts}, "a gap without a part"
        return report

    return hold


@pytest.fixture(scope="session")
def flipped():
    """Return a function that flips, cuts or doubles a few bytes."""

    def flip(data, chance):
        data = bytearray(data)
        for _ in range(chance.randrange(1, 4)):
            at = chance.randrange(len(data) or 1)
            match chance.randrange(4):
                case 0:
                    del data[at:]
                case 1 if data:
                    data[at] ^= 1 << chance.randrange(8)
                case 2:
                    data[at:at] = data[at : at + 40]
                case _:
                    del data[at : at + 9]
        return bytes(data)

    return flip
