"""The user's own indexes and archives, as this machine has them; each test is skipped where they cannot be reached."""

import shutil

import pytest

from zoll.errors import CannotFetch
from zoll.fetch import fetch

PACKAGES = {
    "pkg:pypi/paramiko@3.4.0": "paramiko-3.4.0-py3-none-any.whl",
    "pkg:pypi/paramiko@3.4.0?file=sdist": "paramiko-3.4.0.tar.gz",
    "pkg:npm/axios@1.7.1": "axios-1.7.1.tgz",
    "pkg:npm/%40babel/core@7.24.0": "core-7.24.0.tgz",
}
OFFLINE = ("check the network", "Could not resolve", "Temporary failure", "Could not connect")


def reached(source, cache):
    try:
        return fetch(source, cache)
    except CannotFetch as error:
        if any(words in str(error) for words in OFFLINE):
            pytest.skip(f"offline: {error}")
        raise


@pytest.mark.parametrize("source", PACKAGES)
def test_a_published_version_is_fetched_and_verified(source, tmp_path):
    assert reached(source, tmp_path).name == PACKAGES[source]


@pytest.mark.skipif(not shutil.which("apt-get"), reason="apt is not on this machine")
def test_a_debian_source_is_fetched_with_all_its_archives(tmp_path):
    path = reached("pkg:deb/debian/hello?distro=bookworm&arch=source", tmp_path)
    named = [
        line.split()[2] for line in path.read_text().split("Checksums-Sha256:")[1].split("Files:")[0].splitlines()[1:]
    ]
    assert [name for name in named if not path.with_name(name).exists()] == []
