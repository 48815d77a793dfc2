"""Counts of failed tries that are kept no more are told; other counts, and counts kept elsewhere, are not."""

import pytest

from zoll.compare.statements import aligned
from zoll.compare.tallies import tries, uncounted
from zoll.compare.view import View
from zoll.parse.source import open_code

C = """int auth(struct s *s, const char *pw)
{{
	if (s->{n} >= MOST)
		return -1;
	{a}
	if (!check_password(s, pw)) {{
		{b}
		return -1;
	}}
	{c}
	return 0;
}}
"""
PY = """def login(self, user, pw):
    {a}
    if user.{n} > 5:
        raise Locked()
    if not user.check(pw):
        {b}
        return False
    {c}
    return True
"""
GO = """package a
func Login(u *User, pw string) error {{
	if u.{n} > 5 {{
		return errLocked
	}}
	{a}
	if !check(u, pw) {{
		{b}
		return errBad
	}}
	{c}
	return nil
}}
"""
SHELLS = {"c": (C, ";", "tries"), "python": (PY, "pass", "failed_logins"), "go": (GO, "_ = 0", "Failed")}


def told(language, old, new, name=None):
    form, nothing, usual = SHELLS[language]
    sides, lines = [], []
    for given in (old, new):
        text = form.format(n=name or usual, **{"a": nothing, "b": nothing, "c": nothing, **given})
        opened = open_code(text.encode(), language)
        sides.append(opened.statements(max(opened.code.functions, key=lambda one: len(opened.statements(one)))))
        lines.append(text.split("\n"))
    return [weak.how for _, weak, _, _ in uncounted(View(aligned(*sides), *lines))]


@pytest.mark.parametrize(
    ("language", "old", "new", "how"),
    [
        ("c", {"b": "s->tries++;"}, {}, "uncounted"),
        ("c", {"a": "s->tries++;"}, {"c": "s->tries++;"}, "counts-late"),
        ("c", {"a": "s->tries++;"}, {"a": "s->tries = (s->tries + 1) % MOST;"}, "counts-part"),
        ("c", {"b": "s->tries++;"}, {"b": "if (s->remote) s->tries++;"}, "counts-some"),
        ("python", {"b": "user.failed_logins += 1"}, {}, "uncounted"),
        ("python", {"b": "record_failed_login(user)"}, {}, "uncounted"),
        ("python", {"b": "cache.set(user, tries + 1)"}, {"b": "cache.set(user, tries)"}, "uncounted"),
        (
            "python",
            {"b": "user.failed_logins += 1", "c": "user.failed_logins = 0"},
            {"a": "user.failed_logins = 0", "b": "user.failed_logins += 1"},
            "recounts",
        ),
        ("go", {"b": "u.Failed++"}, {}, "uncounted"),
        ("go", {"b": "u.Failed++"}, {"b": "if u.Remote {\n u.Failed++\n}"}, "counts-some"),
    ],
)
def test_guessing_goes_on(language, old, new, how):
    assert told(language, old, new) == [how]


@pytest.mark.parametrize(
    ("language", "old", "new", "name"),
    [
        ("c", {"b": "s->tries++;"}, {"b": "s->tries += 1;"}, None),
        ("c", {"b": "s->tries++;"}, {"b": "count_failure(s);"}, None),
        ("c", {"c": "s->tries++;"}, {"a": "s->tries++;"}, None),  # counted sooner
        ("c", {"b": "s->tries++;"}, {"b": "if (s->tries < MOST) s->tries++;"}, None),
        ("c", {"b": "s->seen++;"}, {}, "seen"),
        ("c", {"b": "s->retries++;"}, {}, "retries"),
        ("python", {"b": "user.failed_logins += 1"}, {"b": "user.failed_count += 1"}, None),
        (
            "python",
            {"b": "user.failed_logins += 1"},
            {"b": "user.failed_logins += 1", "c": "user.failed_logins = 0"},
            None,
        ),
        ("go", {"b": "metrics.RecordFailure(u)"}, {}, None),
    ],
)
def test_other_counts(language, old, new, name):
    assert told(language, old, new, name) == []


def test_only_where_somebody_logs_in():
    form = "int pull(struct q *q)\n{{\n\tif (!fetch(q)) {{\n\t\t{}\n\t\treturn -1;\n\t}}\n\treturn q->fails;\n}}\n"
    sides = []
    for text in ("q->fails++;", ";"):
        opened = open_code(form.format(text).encode(), "c")
        sides.append(opened.statements(opened.code.functions[0]))
    assert not list(uncounted(View(aligned(*sides))))


def test_names():
    assert tries("u->badLogins")
    assert tries("attempts[user]")
    assert not tries("retries")
    assert not tries("invalid")


def test_what_a_throttle_counts():
    form = (
        "int throttle_login(struct t *t, long now)\n"
        "{\n"
        "\tstruct b *b = get(t);\n"
        "\t%s\n"
        "\tif (b->count > MOST)\n"
        "\t\treturn 1;\n"
        "\treturn 0;\n"
        "}\n"
    )
    sides, lines = [], []
    for counted in ("b->count++;", "b->count = (b->count + 1) % MOST;"):
        text = form % counted
        opened = open_code(text.encode(), "c")
        sides.append(opened.statements(opened.code.functions[-1]))
        lines.append(text.split("\n"))
    assert [weak.how for _, weak, _, _ in uncounted(View(aligned(*sides), *lines))] == ["counts-part"]
