import hashlib
import json

import pytest

from zoll.errors import BadInput, CannotFetch
from zoll.fetch import fetch

JSON = {"Content-Type": "application/vnd.pypi.simple.v1+json"}
HTML = {"Content-Type": "text/html"}


@pytest.fixture
def configured(index, home):
    path = home / ".config" / "pip" / "pip.conf"
    path.parent.mkdir(parents=True)
    path.write_text(f"[global]\nindex-url = {index.url}/simple/\n")
    return path


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


def offer(index, name, body, **more):
    index.pages[f"/files/{name}"] = body
    return {
        "filename": name,
        "url": f"../../files/{name}",
        "hashes": {"sha256": hashlib.sha256(body).hexdigest()},
        **more,
    }


def serve(index, files):
    index.pages["/simple/demo-pkg/"] = (200, JSON, json.dumps({"files": files}).encode())


def test_a_pure_wheel_comes_before_the_sdist_and_a_platform_wheel(index, configured, cache, wheel):
    names = ["demo_pkg-1.0.tar.gz", "demo_pkg-1.0-cp311-cp311-linux_x86_64.whl", "demo_pkg-1.0-py3-none-any.whl"]
    serve(index, [offer(index, name, wheel + name.encode()) for name in names])
    assert fetch("pkg:pypi/Demo.Pkg@1.0", cache).name == "demo_pkg-1.0-py3-none-any.whl"
    assert fetch("pkg:pypi/demo-pkg@1.0?file=sdist", cache).read_bytes() == wheel + names[0].encode()
    assert fetch(f"pkg:pypi/demo-pkg@1.0?file_name={names[1]}", cache).name == names[1]


def test_bytes_that_differ_from_the_hash_of_the_index_are_not_kept(index, configured, cache, wheel):
    serve(index, [offer(index, "demo_pkg-1.0-py3-none-any.whl", wheel)])
    index.pages["/files/demo_pkg-1.0-py3-none-any.whl"] = wheel + b"!"
    with pytest.raises(CannotFetch, match=r"its sha256 is .* the index says"):
        fetch("pkg:pypi/demo-pkg@1.0", cache)
    assert not [path for path in cache.rglob("*") if path.is_file()]


def test_a_version_comes_from_the_cache_the_second_time_and_anew_when_spoilt(index, configured, cache, wheel):
    serve(index, [offer(index, "demo_pkg-1.0-py3-none-any.whl", wheel)])
    kept = fetch("pkg:pypi/demo-pkg@1.0", cache)
    asked = len(index.asked)
    assert fetch("pkg:pypi/demo-pkg@1.0", cache) == kept
    assert len(index.asked) == asked
    kept.write_bytes(b"spoilt")
    assert fetch("pkg:pypi/demo-pkg@1.0", cache).read_bytes() == wheel


def test_another_index_never_answers_from_the_cache_of_this_one(index, second_index, configured, cache, wheel):
    serve(index, [offer(index, "demo_pkg-1.0-py3-none-any.whl", wheel)])
    serve(second_index, [offer(second_index, "demo_pkg-1.0-py3-none-any.whl", wheel + b"2")])
    first = fetch("pkg:pypi/demo-pkg@1.0", cache).read_bytes()
    configured.write_text(f"[global]\nindex-url = {second_index.url}/simple/\n")
    assert fetch("pkg:pypi/demo-pkg@1.0", cache).read_bytes() == first + b"2"


def test_two_indexes_that_differ_about_a_file_are_refused(index, second_index, configured, cache, wheel):
    serve(index, [offer(index, "demo_pkg-1.0-py3-none-any.whl", wheel)])
    serve(second_index, [offer(second_index, "demo_pkg-1.0-py3-none-any.whl", wheel + b"2")])
    configured.write_text(
        f"[global]\nindex-url={index.url}/simple\n[download]\nextra-index-url={second_index.url}/simple\n"
    )
    with pytest.raises(CannotFetch, match="different bytes"):
        fetch("pkg:pypi/demo-pkg@1.0", cache)


def test_html_pages_with_yanked_files_are_read_and_the_yank_is_said(index, configured, cache, wheel):
    index.pages["/files/demo_pkg-1.0.zip"] = wheel
    digest = hashlib.sha256(wheel).hexdigest()
    link = f'<a href="/files/demo_pkg-1.0.zip#sha256={digest}" data-yanked="broken &amp; bad">demo_pkg-1.0.zip</a>'
    index.pages["/simple/demo-pkg/"] = (200, HTML, f"<html><body>{link}</body></html>".encode())
    said = []
    assert fetch("pkg:pypi/demo-pkg@1.0", cache, said.append).read_bytes() == wheel
    assert "demo_pkg-1.0.zip: yanked from the index (broken & bad)" in said


def test_without_a_version_the_newest_final_release_that_is_not_yanked(index, configured, cache, wheel):
    rows = [("1.0", {}), ("1.2", {"yanked": True}), ("1.3rc1", {}), ("1.1", {})]
    serve(index, [offer(index, f"demo_pkg-{version}-py3-none-any.whl", wheel, **more) for version, more in rows])
    assert fetch("pkg:pypi/demo-pkg", cache).name == "demo_pkg-1.1-py3-none-any.whl"


@pytest.mark.parametrize(
    ("purl", "words"),
    [
        ("pkg:pypi/demo-pkg@1.4", "no such version; nearest are 1.0, 1.9"),
        ("pkg:pypi/other@1.0", "no package of that name"),
        ("pkg:pypi/demo-pkg@1.0?file=sdist", "no such file in this release; there are demo_pkg-1.0-py3"),
        ("pkg:pypi/demo-pkg@1.9", "2 wheels; add file_name="),
    ],
)
def test_what_the_index_does_not_have_is_said_with_what_it_has(index, configured, cache, wheel, purl, words):
    names = ["1.0-py3-none-any", "1.9-cp311-cp311-linux_x86_64", "1.9-cp312-cp312-linux_x86_64"]
    serve(index, [offer(index, f"demo_pkg-{name}.whl", wheel) for name in names])
    with pytest.raises(CannotFetch, match=words):
        fetch(purl, cache)


@pytest.mark.parametrize("purl", ["pkg:pypi/demo-pkg@not!a!version", "pkg:pypi/demo-pkg@1.0?file=egg"])
def test_words_that_mean_nothing_are_bad_input(index, configured, cache, purl):
    with pytest.raises(BadInput):
        fetch(purl, cache)


def test_a_file_without_a_hash_is_refused(index, configured, cache, wheel):
    serve(index, [{**offer(index, "demo_pkg-1.0-py3-none-any.whl", wheel), "hashes": {}}])
    with pytest.raises(CannotFetch, match="no hash"):
        fetch("pkg:pypi/demo-pkg@1.0", cache)


def test_credentials_of_the_index_address_go_to_the_index_and_not_into_messages(index, configured, cache, wheel):
    serve(index, [offer(index, "demo_pkg-1.0-py3-none-any.whl", wheel)])
    configured.write_text(f"[global]\nindex-url = http://me:open%20sesame@{index.host}/simple/\n")
    fetch("pkg:pypi/demo-pkg@1.0", cache)
    assert index.header("/simple/demo-pkg/", "Authorization") == "Basic bWU6b3BlbiBzZXNhbWU="
    assert index.header("/files/demo_pkg-1.0-py3-none-any.whl", "Authorization") == "Basic bWU6b3BlbiBzZXNhbWU="
    index.pages["/simple/demo-pkg/"] = (403, {}, b"")
    with pytest.raises(CannotFetch) as caught:
        fetch("pkg:pypi/demo-pkg@2.0", cache)
    assert "sesame" not in str(caught.value)


def test_find_links_and_no_index_work_offline(index, configured, cache, tmp_path, wheel):
    links = tmp_path / "wheels"
    links.mkdir()
    (links / "demo_pkg-1.0-py3-none-any.whl").write_bytes(wheel)
    configured.write_text(f"[global]\nno-index = true\nfind-links = {links}\n")
    assert fetch("pkg:pypi/demo-pkg@1.0", cache) == links / "demo_pkg-1.0-py3-none-any.whl"
    assert not index.asked


def test_a_page_that_is_no_index_is_said(index, configured, cache):
    index.pages["/simple/demo-pkg/"] = (200, JSON, b"[]")
    with pytest.raises(CannotFetch, match="not a simple index"):
        fetch("pkg:pypi/demo-pkg@1.0", cache)
