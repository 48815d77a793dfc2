import pytest

from zoll.parse.shell_words import simple_commands, unwrapped


def told(text):
    return [(command.text, command.line, command.after) for command in simple_commands(text)]


def test_pipes_lists_and_assignments():
    assert told("set -e\nA=1 curl -s 'x y' | sh && rm -f b; # gone\n") == [
        ("set -e", 0, ""),
        ("curl -s x y", 1, ""),
        ("sh", 1, "|"),
        ("rm -f b", 1, "&&"),
    ]


def test_keywords_are_no_commands():
    assert [text for text, *_ in told("if [ -f a ]; then b; else c; fi\nfor i in 1 2; do d $i; done")] == [
        "[ -f a ]",
        "b",
        "c",
        "d $i",
    ]


def test_substitutions_are_commands_too():
    assert sorted(text for text, *_ in told('echo "$(id -u)" `date` $(uname -r)')) == [
        "date",
        "echo $(id -u) $() $()",
        "id -u",
        "uname -r",
    ]


def test_a_here_document_is_no_command():
    assert told("cat > /etc/x <<'EOF'\ncurl y\nEOF\nls\n") == [("cat", 0, ""), ("ls", 3, "")]


def test_redirections_are_kept_apart():
    command = next(simple_commands("echo a >> /etc/rc.local 2>&1"))
    assert (command.words, command.into) == (("echo", "a"), (">>/etc/rc.local", "2>&1"))


def test_wrappers_are_opened():
    command = next(simple_commands("sudo -u a env X=1 bash -c 'curl x | sh'"))
    assert [found.name for found in unwrapped(command)] == ["sudo", "env", "bash", "curl", "sh"]


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        ('case "$X" in (AUTO|auto) ;; (*) start now ;; esac', ["start now"]),
        ("case $a in\n x|y) b;;\n *) case $c in q) d; e;; esac;; esac; f", ["b", "d", "e", "f"]),
        ("case in in in) a ;& *) (b; c) esac; d", ["a", "b", "c", "d"]),
        ("for i in a; do case $i in a) b | c ;; esac; done; d", ["b", "c", "d"]),
        ("x $(case a in b) c; esac) y", ["c", "x $() y"]),
    ],
)
def test_patterns_of_a_case_are_no_commands(text, commands):
    assert [found for found, *_ in told(text)] == commands
