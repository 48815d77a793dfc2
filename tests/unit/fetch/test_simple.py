import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from packaging.version import Version

from zoll.fetch.simple import offer_of, offers
from zoll.fetch.web import Page


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("demo_pkg-1.0-py2.py3-none-any.whl", "pure"),
        ("demo_pkg-1.0-cp311-abi3-manylinux_2_17_x86_64.whl", "platform"),
        ("demo-pkg-1.0.tar.gz", "sdist"),
        ("demo_pkg-1.0.tar.bz2", "sdist"),
        ("demo.pkg-1.0.zip", "sdist"),
    ],
)
def test_forms_of_a_file(name, form):
    found = offer_of(name, "", "Demo-Pkg")
    assert (found.form, found.version) == (form, Version("1.0"))


@pytest.mark.parametrize("name", ["demo_pkg-1.0.exe", "demo_pkg-1.0-py3.9.egg", "other-1.0.tar.gz", "demo_pkg.whl", ""])
def test_other_files_are_passed_over(name):
    assert offer_of(name, "", "demo-pkg") is None


def test_a_base_address_and_escaped_names():
    body = b'<base href="https://files.example/deep/"><a href="demo%2Epkg-1.0.tar.gz#md5=AA">x</a><a>no</a>'
    (found,) = offers(Page("https://index.example/simple/demo-pkg/", "text/html", body), "demo-pkg")
    assert (found.name, found.url) == ("demo.pkg-1.0.tar.gz", "https://files.example/deep/demo%2Epkg-1.0.tar.gz")
    assert found.digest.name == "md5"


@given(st.binary())
@example(b"<![\x00")
def test_any_html_is_read_without_fault(body):
    offers(Page("https://index.example/", "text/html", body), "demo-pkg")


def test_a_page_cannot_name_files_of_the_readers_machine():
    body = b'<a href="file:///root/demo-pkg-1.0.tar.gz">x</a>'
    assert offers(Page("https://index.example/simple/demo-pkg/", "text/html", body), "demo-pkg") == []
