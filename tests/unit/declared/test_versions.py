"""Where a version is stated, and which of several places is believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoll.declared.versions import step, version_in_name
from zoll.model import Part, Place, Release

NAMES = """
requests-2.32.3-py3-none-any.whl 2.32.3
ufw_0.36.2-1_all.deb 0.36.2-1
express-4.21.1.tgz 4.21.1
dropbear_2022.83-1+deb12u2.dsc 2022.83-1+deb12u2
httpd-2.4.57-5.el9.x86_64.rpm 2.4.57-5.el9
linux-5.10.0-rc3.tar.xz 5.10.0-rc3
BTS3900_V100R005C10SPC200.zip V100R005C10SPC200
controller-1.4.2 1.4.2
fw_v2.1.7b.bin 2.1.7b
tzdata-2024a 2024a
gnb-20240301.img 20240301
""".strip().split("\n")


def release(name, **files):
    parts = tuple(Part(Place((path,)), "text/plain", text, len(text)) for path, text in files.items())
    return Release(name, "", parts)


def said(old, new):
    """Return both versions and where the new one stands; a part's digest is its text."""
    found = step(old, new, lambda digest: digest.encode())
    return found.old.version, found.new.version, found.new.at.path


@pytest.mark.parametrize("line", NAMES)
def test_names(line):
    name, version = line.split()
    assert version_in_name(name) == version


@pytest.mark.parametrize("name", ["python3", "base-files-amd64", "pkg", "libfoo.so.1", "a" * 500, "", "x86_64"])
def test_names_without_a_version(name):
    assert version_in_name(name) == ""


@given(st.text(max_size=80))
def test_any_name_has_an_answer(name):
    assert isinstance(version_in_name(name), str)


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("package/package.json", '{"name": "x", "version": "1.0.0"}', '{"name": "x", "version": "1.0.1"}'),
        (
            "x-1.dist-info/METADATA",
            "Metadata-Version: 2.1\nVersion: 1.0.0\n",
            "Metadata-Version: 2.1\nVersion: 1.0.1\n",
        ),
        ("DEBIAN/control", "Package: x\nVersion: 1.0.0\n", "Package: x\nVersion: 1.0.1\n"),
        ("debian/changelog", "x (1.0.0) stable; urgency=low\n", "x (1.0.1) stable; urgency=low\n"),
        ("x/Cargo.toml", '[package]\nversion = "1.0.0"\n', '[package]\nversion = "1.0.1"\n'),
        ("configure.ac", "AC_INIT([x], [1.0.0], [y])\n", "AC_INIT([x], [1.0.1], [y])\n"),
        ("VERSION", "1.0.0\n", "1.0.1\n"),
        (
            "pom.xml",
            "<project><parent><version>9</version></parent><version>1.0.0</version></project>",
            "<project><parent><version>9</version></parent><version>1.0.1</version></project>",
        ),
    ],
)
def test_metadata(path, before, after):
    assert said(release("old", **{path: before}), release("new", **{path: after})) == ("1.0.0", "1.0.1", path)


def test_what_a_packager_wrote_stands_before_what_the_author_wrote():
    old = release("old", **{"debian/changelog": "x (1.0-1) s\n", "package.json": '{"version": "1.0.0"}'})
    new = release("new", **{"debian/changelog": "x (1.0-2) s\n", "package.json": '{"version": "1.0.0"}'})
    assert said(old, new) == ("1.0-1", "1.0-2", "debian/changelog")


def test_a_place_that_says_the_same_on_both_sides_yields_to_one_that_does_not():
    old, new = (
        release(f"x-{version}", **{"VERSION": "1.0\n", f"x-{version}/a.c": "x"}) for version in ("1.0.0", "1.0.1")
    )
    assert said(old, new)[:2] == ("1.0.0", "1.0.1")


def test_the_top_folder_speaks_where_no_metadata_does():
    old, new = (release("r", **{f"x-{version}/a.c": "x"}) for version in ("1.0.0", "1.0.1"))
    assert said(old, new) == ("1.0.0", "1.0.1", "x-1.0.1")


def test_packages_inside_packages_do_not_speak_for_the_whole():
    old, new = (release("r", **{"node_modules/a/b/package.json": f'{{"version": "{v}"}}', "z": "x"}) for v in "12")
    assert said(old, new) == ("", "", "")


def test_hostile_metadata_is_no_trouble():
    deep = "[" * 100_000
    assert said(release("a", **{"package.json": deep}), release("b", **{"package.json": deep})) == ("", "", "")
