from zoll.components.naming import kind_of, made, normal
from zoll.model import Place


def test_package_urls():
    one = made("npm", "core", "7.1.0", Place(("a",)), "metadata", "@babel")
    assert (one.name, one.purl) == ("@babel/core", "pkg:npm/%40babel/core@7.1.0")
    assert made("deb", "x", "1:2", Place(), "metadata", "debian", qualifiers={"arch": "all"}).purl == (
        "pkg:deb/debian/x@1:2?arch=all"
    )
    assert kind_of(one) == "npm"


def test_hostile_names_are_clipped_and_never_fall():
    one = made("pypi", "a\x1b[31m" + "x" * 999, "1\n2", Place(), "metadata")
    assert len(one.name) == 200
    assert "\x1b" not in one.name + one.version
    assert made("npm", "", "1", Place(), "metadata").purl == ""
    assert normal("Zq.Tools__x") == "zq-tools-x"
