"""A secret handed to a function of the release is told by where that takes it."""

import pytest

CALLER = """int check(const char *user, const char *password)
{
    int good = compare(user, password);
%s    return good;
}
"""
HELPER = """static void note_peer(char *user, char *detail)
{
    char line[256];

    slprintf(line, sizeof(line), "%s %s", user, detail);
    sendto(s, line, strlen(line), MSG_DONTWAIT, &peer, sizeof(peer));
}
void keep_line(const char *path, const char *detail)
{
    write_line(path, detail);
}
static void write_line(const char *path, const char *text)
{
    FILE *out = fopen(path, "a");

    fprintf(out, "%s", text);
}
int count_letters(const char *text)
{
    return strlen(text);
}
#define TELL(level, fmt, args...) do { \\
\tsyslog(level, fmt, ## args); \\
} while (0)
"""


def handed(upgrade, gained, line, caller="src/check.c", helper=HELPER):
    same = {"src/note.c": helper}
    report = upgrade({**same, caller: CALLER % ""}, {**same, caller: CALLER % line})
    return {(fact.value, fact.trait("name"), fact.trait("through")) for fact in gained(report, "handed")}


@pytest.mark.parametrize(
    ("line", "to"),
    [
        ("    note_peer(user, password);\n", ("peer", "password", "note_peer")),
        ('    keep_line("/run/l", password);\n', ("file", "password", "keep_line")),
        ('    TELL(3, "%s %s", user, password);\n', ("log", "password", "TELL")),
    ],
)
def test_a_helper_takes_it_on(upgrade, gained, line, to):
    assert handed(upgrade, gained, line) == {to}


@pytest.mark.parametrize(
    "line",
    [
        "    count_letters(password);\n",
        "    unknown_helper(password);\n",
        "    note_peer(user, count_letters(password));\n",
    ],
)
def test_what_takes_it_nowhere_is_not_told(upgrade, gained, line):
    assert handed(upgrade, gained, line) == set()


def test_a_name_with_many_definitions_says_nothing(upgrade, gained):
    many = HELPER + "".join(
        f"#if V == {n}\nvoid note_peer(char *a, char *b) {{ use(a, {n}); }}\n#endif\n" for n in range(4)
    )
    assert handed(upgrade, gained, "    note_peer(user, password);\n", helper=many) == set()


def test_functions_that_call_each_other_end(upgrade, gained):
    ring = "void ping_it(char *text)\n{\n\tpong_it(text);\n}\nvoid pong_it(char *text)\n{\n\tping_it(text);\n}\n"
    assert handed(upgrade, gained, "    ping_it(password);\n", helper=ring) == set()
