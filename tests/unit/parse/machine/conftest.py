from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def machine():
    """The folder of small executables; build.sh there makes them."""
    return Path(__file__).parents[3] / "samples" / "parse" / "machine"
