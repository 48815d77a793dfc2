import base64
import hashlib
import json

import pytest

from zoll.errors import BadInput, CannotFetch
from zoll.fetch import fetch
from zoll.fetch.defaults import npm_registry

BODY = b"an archive"
INTEGRITY = "sha512-" + base64.b64encode(hashlib.sha512(BODY).digest()).decode()


def serve(index, name, dist, body=BODY, path="/npm/"):
    index.pages[f"{path}tarballs/demo.tgz"] = body
    versions = {
        "1.0.0": {"dist": {"tarball": f"{index.url}{path}tarballs/demo.tgz", **dist}},
        "1.10.0": {"dist": {"tarball": "x"}},
    }
    packument = {"name": name, "dist-tags": {"latest": "1.0.0"}, "versions": versions}
    index.pages[f"{path}{name}"] = json.dumps(packument).encode()


@pytest.fixture
def rc(index, home):
    path = home / ".npmrc"
    path.write_text(f"registry={index.url}/npm\n")
    return path


def test_a_version_is_fetched_and_held_against_its_integrity(index, rc, tmp_path):
    serve(index, "demo", {"integrity": INTEGRITY})
    assert fetch("pkg:npm/demo@1.0.0", tmp_path).read_bytes() == BODY
    assert fetch("pkg:npm/demo", tmp_path).name == "demo-1.0.0.tgz"


def test_wrong_bytes_fail(index, rc, tmp_path):
    serve(index, "demo", {"integrity": INTEGRITY}, body=b"another archive")
    with pytest.raises(CannotFetch, match="its sha512 is"):
        fetch("pkg:npm/demo@1.0.0", tmp_path)


def test_a_shasum_serves_where_there_is_no_integrity_and_its_weakness_is_said(index, rc, tmp_path):
    serve(index, "demo", {"shasum": hashlib.sha1(BODY).hexdigest()})
    said = []
    assert fetch("pkg:npm/demo@1.0.0", tmp_path, said.append).read_bytes() == BODY
    assert any("only sha1" in words for words in said)


def test_neither_integrity_nor_shasum_is_refused(index, rc, tmp_path):
    serve(index, "demo", {})
    with pytest.raises(CannotFetch, match="no integrity"):
        fetch("pkg:npm/demo@1.0.0", tmp_path)


def test_a_scope_goes_to_its_own_registry_with_its_own_token(index, second_index, rc, tmp_path):
    rc.write_text(
        f"registry={index.url}/npm\n@acme:registry={second_index.url}/npm/\n//{second_index.host}/npm/:_authToken=abc\n"
    )
    serve(second_index, "@acme%2Fdemo", {"integrity": INTEGRITY})
    assert fetch("pkg:npm/%40acme/demo@1.0.0", tmp_path).read_bytes() == BODY
    assert second_index.header("/npm/@acme%2Fdemo", "Authorization") == "Bearer abc"
    assert second_index.header("/npm/tarballs/demo.tgz", "Authorization") == "Bearer abc"
    assert not index.asked


def test_a_token_never_goes_to_another_host(index, second_index, rc, tmp_path):
    rc.write_text(f"registry={index.url}/npm\n//{index.host}/npm/:_authToken=abc\n")
    serve(second_index, "demo", {"integrity": INTEGRITY})
    index.pages["/npm/demo"] = second_index.pages["/npm/demo"]
    fetch("pkg:npm/demo@1.0.0", tmp_path)
    assert index.header("/npm/demo", "Authorization") == "Bearer abc"
    assert second_index.header("/npm/tarballs/demo.tgz", "Authorization") is None


@pytest.mark.parametrize(
    ("purl", "words"),
    [("pkg:npm/demo@1.9.0", "nearest are 1.0.0, 1.10.0"), ("pkg:npm/nothing@1.0.0", "not in http")],
)
def test_what_the_registry_does_not_have_is_said(index, rc, tmp_path, purl, words):
    serve(index, "demo", {"integrity": INTEGRITY})
    with pytest.raises(CannotFetch, match=words):
        fetch(purl, tmp_path)


def test_a_scope_without_its_sign_is_bad_input(index, rc, tmp_path):
    with pytest.raises(BadInput, match="%40acme"):
        fetch("pkg:npm/acme/demo@1.0.0", tmp_path)


def test_a_page_that_is_no_registry_is_said(index, rc, tmp_path):
    index.pages["/npm/demo"] = b"<html>"
    with pytest.raises(CannotFetch, match="not an npm registry"):
        fetch("pkg:npm/demo@1.0.0", tmp_path)


def test_archives_on_the_default_registry_are_asked_of_the_mirror_in_use(index, rc, tmp_path):
    serve(index, "demo", {"integrity": INTEGRITY})
    page = json.loads(index.pages["/npm/demo"])
    page["versions"]["1.0.0"]["dist"]["tarball"] = npm_registry() + "tarballs/demo.tgz"
    index.pages["/npm/demo"] = json.dumps(page).encode()
    assert fetch("pkg:npm/demo@1.0.0", tmp_path).read_bytes() == BODY
