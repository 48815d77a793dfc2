import pytest

from zoll.errors import CannotFetch
from zoll.fetch import pipconf
from zoll.fetch.defaults import python_index


def test_files_then_sections_then_variables(home, monkeypatch):
    old = home / ".pip"
    old.mkdir()
    (old / "pip.conf").write_text(
        "[global]\nindex-url=https://one.example/simple/\ntimeout = 7\n[download]\nproxy=http://p.example\n"
    )
    assert pipconf.load().indexes == ("https://one.example/simple",)
    new = home / ".config" / "pip"
    new.mkdir(parents=True)
    (new / "pip.conf").write_text(
        "[global]\nindex_url=https://two.example/simple\nextra-index-url=\n  https://x.example/a\n  https://x.example/b\n"
    )
    assert pipconf.load().indexes == ("https://two.example/simple", "https://x.example/a", "https://x.example/b")
    monkeypatch.setenv("PIP_INDEX_URL", "https://three.example/simple")
    monkeypatch.setenv("PIP_TRUSTED_HOST", "three.example x.example")
    settings = pipconf.load()
    assert settings.indexes[0] == "https://three.example/simple"
    access = settings.access()
    assert (access.proxy, access.timeout, access.unverified) == (
        "http://p.example",
        7.0,
        ("three.example", "x.example"),
    )


def test_a_named_file_is_the_strongest_and_the_null_device_switches_files_off(home, monkeypatch):
    (home / ".config" / "pip").mkdir(parents=True)
    (home / ".config" / "pip" / "pip.conf").write_text("[global]\nindex-url=https://one.example/simple\n")
    (home / "named.conf").write_text("[global]\nno-index=yes\nfind-links=/a /b\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(home / "named.conf"))
    assert (pipconf.load().indexes, pipconf.load().links) == ((), ("/a", "/b"))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    assert pipconf.load().indexes == (python_index(),)


def test_a_broken_file_is_said(home):
    (home / ".pip").mkdir()
    (home / ".pip" / "pip.conf").write_text("index-url without a section\n")
    with pytest.raises(CannotFetch, match="pip's configuration"):
        pipconf.load()
