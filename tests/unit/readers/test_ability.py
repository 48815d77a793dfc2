import pytest

from zoll.readers.ability import argument_kind, in_shell, power_of


@pytest.mark.parametrize(
    ("name", "args", "language", "powers"),
    [
        ("subprocess.run", ("cmd",), "python", {"run"}),
        ("bus.send", ("x",), "python", set()),
        ("platform.system", (), "python", {"collect"}),
        ("Buffer.allocUnsafe", ("4 + n",), "javascript", set()),
        ("sock.sendall", ("x",), "python", {"send"}),
        ("builder.exec", (), "python", set()),
        ("regex.exec", ("text",), "javascript", set()),
        ("child_process.exec", ("x",), "javascript", {"run"}),
        ("require", ("'fs'",), "javascript", set()),
        ("require", ("name",), "javascript", {"load"}),
        ("open", ("path", '"w"'), "python", {"write"}),
        ("open", ("path",), "python", set()),
        ("open", ("my $p", '"|$cmd"'), "perl", {"run"}),
        ("eval", ("$text",), "perl", {"evaluate"}),
        ("eval", ('"require $name"',), "perl", {"evaluate"}),
        ("eval", ("{ # or not\n f($x); 1 }",), "perl", set()),
        ("fopen", ('"/etc/shadow"', '"r"'), "c", {"credential"}),
        ("std.system", ("x",), "cpp", {"run"}),
        ("Runtime.getRuntime().exec", ("x",), "java", {"run"}),
        ("os/exec.Command", ('"sh"', '"-c"', "x"), "go", {"run"}),
        ("/usr/bin/curl", ("-s", "x"), "shell", {"fetch"}),
        ("mprotect", ("p", "n", "PROT_READ|PROT_EXEC"), "c", {"memory"}),
        ("printf", ('"/etc/passwd"',), "c", set()),
        ("eval", ("$var=",), "shell", set()),
        ("eval", ('"$1=\\$$2"',), "shell", set()),
        ("eval", ("ac_val=\\$$ac_var",), "shell", set()),
        ("eval", ('"$1=$2"',), "shell", {"evaluate"}),
        ("eval", ('"$1=\\$(cat $2)"',), "shell", {"evaluate"}),
        ("eval", ("$command",), "shell", {"evaluate"}),
        ("eval", ("GZIP=", "gzip", "$(GZIP_ENV)", "-c", ">$(distdir).tar.gz"), "shell", set()),
        ("eval", ("gzip", "-dc", "x", "|", "sh"), "shell", {"evaluate"}),
        ("gzip", ("-9", "x"), "shell", set()),
        ("xz", ("-T0", "-c"), "shell", set()),
        ("xz", ("-F", "raw", "-dc"), "shell", {"decode"}),
        ("gzip", ("$OPTIONS", "x"), "shell", {"decode"}),
        ("find", (".", "-name", "*.o"), "shell", set()),
        ("find", ("-L", "/home", "-name", "*.doc"), "shell", {"collect"}),
        ("find", ("$HOME/.config",), "shell", {"collect"}),
        ("xargs", ("-0r", "rm"), "shell", set()),
        ("xargs", ("-n1", "sh", "-c", "x"), "shell", {"run"}),
        ("xargs", ("./tool",), "shell", {"run"}),
        ("deb-systemd-helper", ("purge", "x.service"), "shell", set()),
        ("deb-systemd-helper", ("enable", "x.service"), "shell", {"start"}),
        ("firewall-cmd", ("--reload",), "shell", {"raw"}),
        (".", ("/var/tmp/x",), "shell", {"run"}),
        (".", ("/usr/share/debconf/confmodule",), "shell", set()),
        ("source", ('"$srcdir/functions.sh"',), "shell", set()),
        ("os/exec.LookPath", ('"sh"',), "go", set()),
        ("subprocess.TimeoutExpired", ("cmd", "3"), "python", set()),
        ("firewall-cmd", ("--state",), "shell", set()),
        ("iptables", ("-t", "nat", "-S"), "shell", set()),
        ("iptables", ("-A", "INPUT"), "shell", {"raw"}),
        ("iptables", ("-A", "INPUT", "-p", "tcp", "--dport", "53", "-j", "ACCEPT"), "shell", set()),
        ("iptables", ("-P", "INPUT", "DROP"), "shell", set()),
        ("iptables", ("-t", "mangle", "-A", "PREROUTING", "-j", "TEE"), "shell", {"raw"}),
        ("eval", ("$(go env)",), "shell", set()),
        ("eval", ("$failcom",), "shell", set()),
        ("eval", ("$(cat x)",), "shell", {"evaluate"}),
        ("gzip", ("-9n", "x"), "shell", set()),
        ("gzip", ("-dc", "x"), "shell", {"decode"}),
        ("openssl", ("req", "-days", "30"), "shell", set()),
        ("openssl", ("enc", "-d"), "shell", {"decode"}),
        ("xxd", ("-r", "-p"), "shell", {"decode"}),
        ("ini_set", ("'memory_limit'", "'1G'"), "php", set()),
        ("ini_set", ("'display_errors'", "0"), "php", {"hide"}),
    ],
)  # fmt: skip
def test_power_of(name, args, language, powers):
    assert set(power_of(name, args, language)) == powers


def test_in_shell():
    assert in_shell("subprocess.Popen", ("cmd", "shell=True"), "python")
    assert in_shell("os/exec.Command", ('"sh"', '"-c"', "x"), "go")
    assert not in_shell("subprocess.Popen", ("cmd",), "python")


def test_argument_kind():
    assert argument_kind(('"ls"', "0"), "c") == "fixed"
    assert argument_kind(('["ls", "-l"]', "check=True"), "python") == "fixed"
    assert argument_kind(('"ls " + name',), "python") == "built"
    assert argument_kind(("name",), "python") == "variable"
    assert argument_kind((), "python") == ""


@pytest.mark.parametrize(
    ("name", "args", "powers"),
    [
        ("sh", (), {"evaluate"}),
        ("bash", ("-s",), {"evaluate"}),
        ("bash", ("run.sh",), {"run"}),
        (">>", ("/etc/passwd",), {"write", "accounts"}),
        ("gpg", ("--verify", "x.sig"), set()),
        ("exec", (), set()),
        ("exec", ("0",), set()),
        ("exec", ("10",), {"run"}),
    ],
)
def test_what_a_shell_command_is_given_decides_its_power(name, args, powers):
    assert set(power_of(name, args, "shell")) == powers
