"""Rights as code writes them."""

import pytest

from zoll.parse.rights import bits_of, octal, rights, wider
from zoll.parse.source import open_code


def first(language, text, *, compiled=False):
    opened = open_code(text.encode(), language)
    return [
        found
        for function in opened.code.functions
        for statement in opened.statements(function)
        for found in rights(statement, compiled=compiled)
    ]


@pytest.mark.parametrize(
    ("text", "bits"),
    [
        ("0640", 0o640),
        ("0x1b6", 0o666),
        ("438", 0o666),
        ("0o600", 0o600),
        ("S_IRUSR|S_IWUSR|S_IXGRP", 0o610),
        ("stat.S_IRWXU | stat.S_IROTH", 0o704),
        ("~077", 0o7700),
        ("(mode_t)0600", 0o600),
        ("'rwxr-sr-t'", 0o3755),
        ("'0644'", 0o644),
        ("o+w", 0o002),
        ("u+s", 0o4000),
        ("mode", None),
        ("f(0600)", None),
    ],
)
def test_bits(text, bits):
    assert bits_of(text) == bits


@pytest.mark.parametrize(("text", "bits"), [("644", 0o644), ("a+rw", 0o666), ("u=rw,o+w", 0o602), ("x", None)])
def test_octal(text, bits):
    assert octal(text) == bits


@pytest.mark.parametrize(
    ("language", "text", "bits", "use"),
    [
        ("c", "void f() { chmod(p, 0666); }", 0o666, "given"),
        ("c", "void f() { fd = open(p, O_CREAT, 0x180); }", 0o600, "made"),
        ("c", "void f() { umask(S_IRWXG|S_IRWXO); }", 0o077, "masked"),
        ("c", "void f() { if (st.st_mode & (S_IWGRP | S_IWOTH)) return; }", 0o022, "tested"),
        ("c", "void f() { if ((st.st_mode & 022) != 0) return; }", 0o022, "tested"),
        ("python", "def f():\n    os.chmod(p, stat.S_IRUSR)\n", 0o400, "given"),
        ("python", "def f():\n    p.touch(mode=0o644)\n", 0o644, "made"),
        ("go", "package a\nfunc f() {\n\tos.MkdirAll(p, 0777)\n}\n", 0o777, "made"),
        ("javascript", "function f() { fs.writeFileSync(p, d, {mode: 0o600}); }", 0o600, "made"),
        ("rust", "fn f() { set_permissions(p, Permissions::from_mode(0o640)); }", 0o640, "given"),
        ("ruby", "def f\n  File.chmod(0600, p)\nend\n", 0o600, "given"),
        ("shell", "f() {\n chmod 755 x\n}\n", 0o755, "given"),
    ],
)
def test_places(language, text, bits, use):
    assert [(found.bits, found.use) for found in first(language, text)] == [(bits, use)]


def test_masks_without_names_only_where_asked_for():
    text = "int f() { if (v & 0x12) return 1; }"
    assert first("c", text) == []
    assert [found.bits for found in first("c", text, compiled=True)] == [0o022]


@pytest.mark.parametrize(
    ("old", "new", "more"),
    [
        ("chmod(p, 0600)", "chmod(p, 0660)", True),
        ("chmod(p, 0600)", "chmod(p, 0640)", True),
        ("chmod(p, 0644)", "chmod(p, 0640)", False),
        ("chmod(p, 0755)", "chmod(p, 04755)", True),
        ("chmod(p, 0755)", "chmod(p, 01777)", False),
        ("chmod(p, 0750)", "chmod(p, 0751)", False),
        ("umask(077)", "umask(027)", True),
        ("umask(022)", "umask(077)", False),
        ("g(st.st_mode & 022)", "g(st.st_mode & 02)", True),
    ],
)
def test_wider(old, new, more):
    one, two = (first("c", f"void f() {{ {text}; }}")[0] for text in (old, new))
    assert wider(one, two) is more


@pytest.mark.parametrize(
    ("text", "bits"),
    [
        ("dpkg-statoverride --update --add root mail 6755 /usr/sbin/wrap", 0o6755),
        ("install -d -o app -g adm -m 750 /var/lib/app", 0o750),
        ("mkdir -m 1777 /var/spool/app", 0o1777),
    ],
)
def test_an_option_of_a_command_tells_them(text, bits):
    assert [found.bits for found in first("shell", text)] == [bits]
