"""What a function of an executable is for, by the source that its asserts and logs name."""

import pytest

from zoll.model import Part, Place
from zoll.parse.source import open_code
from zoll.readers.material import Material
from zoll.readers.roles import read, roles_of_path


def roles(body, kind="executable/elf"):
    data = f"int sub_1000(void) {{\n    {body}\n    return 0;\n}}\n".encode()
    opened = open_code(data, "c")
    (function,) = [one for one in opened.code.functions if one.name]
    part = Part(Place(("d",), "sub_1000"), kind, "x", len(data))
    material = Material(part, "code/c", data, opened.statements(function), function, opened.code)
    return {reading.fact.value for reading in read(material) if reading.fact.kind == "role"}


@pytest.mark.parametrize(
    ("body", "role"),
    [
        ('sub_9920("packet_auth.c", 71, *arg1);', "authentication"),
        ('__assert_fail("ready", "x.c", 71, "LOG_Message");', "logging"),
        ("return X509_STORE_CTX_get_error_depth(arg2) ? arg1 : 1;", "verification"),
        ("v = crypt(arg1, arg2);", "authentication"),
        ('sub_9920(3, "check_allowed(AF_INET): %s asks", arg1);', "authentication"),
        ('sub_9920(3, "%s: no such peer", "login_finish");', "authentication"),
        ('sub_9920(3, "No valid signature of %s", arg1);', "verification"),
        ('__assert_rtn("checkPassword", "x.c", 71, "ready");', "authentication"),
    ],
)
def test_asserts_and_logs_name_their_source(body, role):
    assert role in roles(body)
    assert role not in roles(body, "code/c")


def test_what_is_asserted_and_tests_name_no_role():
    assert roles('__assert_fail("login", "tests/data.c", 71, "go");') == set()


def test_of_many_messages_a_good_part_must_speak_of_a_role():
    others = "".join(f'sub_9920(3, "could not read number {number} of it");' for number in range(9))
    assert "authentication" in roles('sub_9920(3, "wrong password of %s", arg1);')
    assert "authentication" not in roles(f'sub_9920(3, "wrong password of %s", arg1);{others}')


def test_what_tells_very_many_texts_apart_reads_a_configuration():
    words = "".join(f'if (!strcmp(arg1, "option_{number}")) {{ return {number}; }}' for number in range(20))
    assert roles(f'{words} sub_9920(3, "wrong password of %s", arg1); crypt(arg1, arg2);') == {"configuration"}


RUST = b"""
fn open(key: &[u8]) -> bool {
    verify(key)
}
#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn it_opens() {
        assert!(open(b"key"));
    }
    fn made() -> Vec<u8> {
        vec![1]
    }
}
#[test]
#[ignore]
fn alone() {
    assert!(open(b""));
}
mod testing {
    pub fn kept() -> bool {
        true
    }
}
"""


def test_what_rust_compiles_for_tests_alone_is_a_test():
    opened = open_code(RUST, "rust")
    tests = set()
    for function in opened.code.functions:
        part = Part(Place(("src/gate.rs",), function.name), "code/rust", "x", len(RUST))
        material = Material(part, "code/rust", RUST, opened.statements(function), function, opened.code)
        if "test" in {reading.fact.value for reading in read(material) if reading.fact.kind == "role"}:
            tests.add(function.name)
    assert tests == {"tests.it_opens", "tests.made", "alone"}


def test_what_a_checker_of_packages_shall_not_complain_of_is_documentation():
    assert "documentation" in roles_of_path("usr/share/lintian/overrides/logcheck")
    assert "documentation" not in roles_of_path("usr/share/logcheck/overrides")


@pytest.mark.parametrize(
    ("hops", "expected"),
    [
        (("deps/tests/kit.tar.gz", "kit/server.conf"), True),
        (("test-kit.tar.gz", "kit/server.conf"), False),
        (("deps/kit.tar.gz", "kit/server.conf"), False),
    ],
)
def test_an_archive_among_tests_holds_tests(hops, expected):
    part = Part(Place(hops), "config/conf", "x", 4)
    found = {
        reading.fact.value for reading in read(Material(part, "config/conf", b"a=1\n")) if reading.fact.kind == "role"
    }
    assert ("test" in found) is expected


HELPER = """var %s = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {},
  __copyProps(isNodeMode || !mod ? __defProp(target, "default", { value: mod }) : target, %s));
"""


@pytest.mark.parametrize(
    ("name", "last", "made"),
    [
        ("__toESM", "mod", True),
        ("toModule", "mod", False),  # a name of somebody's own
        ("__toESM", "fetch(mod)", False),  # it does more than hand modules on
    ],
)
def test_what_hands_modules_to_each_other_is_made_by_a_bundler(name, last, made):
    data = (HELPER % (name, last)).encode()
    opened = open_code(data, "javascript")
    function = next(one for one in opened.code.functions if one.name == name)
    part = Part(Place(("d",), "index.cjs"), "code/javascript", "x", len(data))
    material = Material(part, "code/javascript", data, opened.statements(function), function, opened.code)
    assert ("generated" in {one.fact.value for one in read(material) if one.fact.kind == "role"}) is made


@pytest.mark.parametrize(
    "path",
    [
        ".github/workflows/coverity.sh",
        "a-1.0/.travis.yml",
        ".gitlab-ci.yml",
        "ci/deps/install.sh",
        ".ci/build",
        "Jenkinsfile",
    ],
)
def test_what_a_build_service_alone_runs(path):
    assert "pipeline" in roles_of_path(path)


@pytest.mark.parametrize(
    "path",
    [
        "src/workflows/run.py",
        "drivers/usb/ci/core.c",
        "hudson/jenkins/Node.java",
        "usr/bin/ci",
        "hw/cirrus.c",
        "ci_tools.sh",
    ],
)
def test_a_program_about_workflows_is_no_file_of_a_build_service(path):
    assert "pipeline" not in roles_of_path(path)


def test_a_program_about_releases_is_no_documentation():
    assert "documentation" not in roles_of_path("pkg/update/release.go")
    assert "documentation" in roles_of_path("docs/release.py")
    assert "documentation" in roles_of_path("RELEASE-NOTES.txt")


@pytest.mark.parametrize("path", [".github/workflows/release.yml", ".github/workflows/docs.yml", ".gitlab-ci.yml"])
def test_what_a_build_service_runs_is_no_documentation(path):
    assert "documentation" not in roles_of_path(path)


def test_what_rpm_builds_and_installs_by_is_no_test():
    assert roles_of_path("SPECS/collect.spec.in") == roles_of_path("collect.spec") == ("packaging",)
    assert "test" in roles_of_path("tests/collect.spec")
    assert "test" in roles_of_path("src/login.spec.ts")
