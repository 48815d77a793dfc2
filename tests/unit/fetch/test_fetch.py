import hashlib
import os

import pytest

from zoll.catalogue import plugins
from zoll.errors import BadInput, CannotFetch
from zoll.fetch import cache_folder, fetch


def test_what_is_there_is_returned_as_it_is(tmp_path):
    assert fetch(str(tmp_path)) == tmp_path
    odd = tmp_path / "pkg:pypi"
    odd.write_text("")
    assert fetch(str(odd)) == odd


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("nowhere", "no such file or folder; give"),
        ("", "no such file or folder"),
        ("pkg:", "not a package URL"),
        ("pkg:gem/rails@7", "fetched are deb, npm, pypi"),
        ("pkg:pypi/x@1?fil=sdist", "does not understand fil; pkg:pypi understands checksum, file, file_name"),
        ("pkg:pypi/x@1#sub/folder", "whole packages"),
        ("https://files.example/x.tar.gz", "package URLs only"),
    ],
)
def test_words_that_lead_nowhere_say_what_to_do(source, words):
    with pytest.raises(BadInput, match=words):
        fetch(source)


def test_a_dangling_link_and_a_pipe_are_bad_input(tmp_path):
    (tmp_path / "link").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe"):
        with pytest.raises(BadInput):
            fetch(str(tmp_path / name))


def test_the_cache_follows_the_users_setting(home, monkeypatch):
    assert cache_folder() == home / ".cache" / "zoll" / "fetched"
    monkeypatch.setenv("XDG_CACHE_HOME", "/elsewhere")
    assert str(cache_folder()) == "/elsewhere/zoll/fetched"


def test_a_cache_that_cannot_be_written_is_said(home, tmp_path):
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(CannotFetch, match="XDG_CACHE_HOME"):
        fetch("pkg:pypi/demo@1.0", tmp_path / "cache")


def test_the_checksum_of_the_package_url_counts(home, tmp_path):
    links = tmp_path / "links"
    links.mkdir()
    (links / "demo-1.0-py3-none-any.whl").write_bytes(b"wheel")
    (home / ".pip").mkdir()
    (home / ".pip" / "pip.conf").write_text(f"[global]\nno-index=1\nfind-links={links}\n")
    right = hashlib.sha256(b"wheel").hexdigest()
    assert fetch(f"pkg:pypi/demo@1.0?checksum=sha256:{right}", tmp_path / "cache").parent == links
    with pytest.raises(CannotFetch, match="has not the sha256"):
        fetch(f"pkg:pypi/demo@1.0?checksum=sha256:{'0' * 64}", tmp_path / "cache")
    assert (links / "demo-1.0-py3-none-any.whl").exists()
    with pytest.raises(BadInput, match="checksum="):
        fetch("pkg:pypi/demo@1.0?checksum=abc", tmp_path / "cache")


@pytest.mark.parametrize("name", plugins("zoll.fetch"))
def test_every_plugin_keeps_the_contract(name):
    plugin = plugins("zoll.fetch")[name]
    assert callable(plugin.origin)
    assert callable(plugin.fetch)
    assert isinstance(plugin.QUALIFIERS, tuple)
    assert all(words.startswith(f"pkg:{name}/") for words in plugin.DOC.reads)
