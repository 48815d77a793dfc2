import hashlib

import pytest

from zoll.errors import CannotFetch
from zoll.fetch import web
from zoll.fetch.digests import Digest

PLAIN = web.Access()


def test_a_redirect_to_another_host_loses_the_credentials(index, second_index):
    index.pages["/page"] = (302, {"Location": f"{second_index.url}/page"}, b"")
    second_index.pages["/page"] = b"hello"
    page = web.read(f"{index.url}/page", PLAIN, {"Authorization": "Bearer abc"})
    assert page.data == b"hello"
    assert page.url == f"{second_index.url}/page"
    assert index.header("/page", "Authorization") == "Bearer abc"
    assert second_index.header("/page", "Authorization") is None


def test_a_missing_page_is_none_and_a_denied_one_says_what_to_check(index):
    assert web.read(f"{index.url}/nothing", PLAIN) is None
    index.pages["/denied"] = (401, {}, b"")
    with pytest.raises(CannotFetch, match=r"401 .*check the credentials"):
        web.read(f"{index.url}/denied", PLAIN)


def test_a_server_that_stumbles_is_asked_again(index, monkeypatch):
    monkeypatch.setattr(web.time, "sleep", lambda _seconds: index.pages.update({"/page": b"at last"}))
    index.pages["/page"] = (503, {}, b"")
    assert web.read(f"{index.url}/page", PLAIN).data == b"at last"


def test_nobody_there_is_one_line(index):
    index.server.shutdown()
    index.server.server_close()
    with pytest.raises(CannotFetch, match="check the network") as caught:
        web.read(f"{index.url}/page", PLAIN)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x.example/y", "gopher://x.example"])
def test_other_schemes_are_refused(url):
    with pytest.raises(CannotFetch, match="http and https addresses only"):
        web.read(url, PLAIN)


def test_a_proxy_is_asked_instead_of_the_host(index):
    index.pages["http://nowhere.example/page"] = b"through the proxy"
    assert web.read("http://nowhere.example/page", web.Access(proxy=index.url)).data == b"through the proxy"


def test_a_file_is_there_only_with_the_right_digest(index, tmp_path):
    index.pages["/file"] = b"bytes"
    right = Digest("sha256", hashlib.sha256(b"bytes").hexdigest())
    assert web.save(f"{index.url}/file", PLAIN, tmp_path / "a" / "file", right).read_bytes() == b"bytes"
    with pytest.raises(CannotFetch, match="not used"):
        web.save(f"{index.url}/file", PLAIN, tmp_path / "b" / "file", Digest("sha256", "0" * 64))
    assert list((tmp_path / "b").iterdir()) == []


def test_netrc_gives_credentials(index, home):
    netrc = home / ".netrc"
    netrc.write_text("machine 127.0.0.1 login me password you\n")
    netrc.chmod(0o600)
    index.pages["/page"] = b""
    web.read(f"{index.url}/page", PLAIN)
    assert index.header("/page", "Authorization") == web.basic("me", "you")


def test_a_certificate_file_that_is_not_there_is_said(index):
    with pytest.raises(CannotFetch, match="no usable certificates"):
        web.read(f"{index.url}/page", web.Access(cafile="/nowhere/ca.pem"))
