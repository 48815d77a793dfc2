"""What looks weaker in one condition and is made up for beside it."""

import pytest

from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.compare.weakening import weakenings
from zoll.parse.source import open_code

HEAD = {"c": "int f(struct s *u, char *p, int len, int max) {\n%s\n}\n", "go": "func f(u *S, n int) error {\n%s\n}\n"}


def said(old, new, language="c"):
    sides = []
    for body in (old, new):
        text = HEAD[language] % body.replace("; ", ";\n").replace("{ ", "{\n").replace("} ", "}\n")
        opened = open_code(text.encode(), language)
        sides.append(opened.statements(opened.code.functions[-1]))
    found = weakenings(View(aligned(*sides)))
    return sorted({one.fact.value for one in found if one.fact.kind == "weaker"})


READ = "res = read(u, p, len); if (res %s 0) return -1; %suse(p); return 0;"
ROOM = "memset(p, 0, sizeof(*p) * %s); while (more(u)) { if (kind %s max) p[kind] = next(u); } return 0;"
SUMS = "go(s > 1); s = a(u) + b(u); u->x = (s >= 2); s = c(u); u->y = (s >= 2); s = d(u); u->z = (s %s 2); return 0;"
TAIL = "if (%s) t = p + (len - max); return use(u, t);"
NEEDS = 'if (!u->key && %s!u->cert) return error("needs %s certificate"); return go(u);'

PAIRS = [
    (READ % ("<=", ""), READ % ("<", "if (res == 0) return -2; "), []),
    (READ % ("<=", ""), READ % ("<", "if (!res) goto out; "), []),
    (READ % ("<=", ""), READ % ("<", "if (res == 0) note(u); "), ["operator"]),
    (READ % ("<=", ""), READ % ("<", "if (res == 1) return -2; "), ["operator"]),
    (READ % ("<=", ""), READ % ("<", ""), ["operator"]),
    (ROOM % ("max", "<"), ROOM % ("(max + 1)", "<="), []),
    (ROOM % ("max", "<"), ROOM % ("max", "<="), ["operator"]),
    (SUMS % ">", SUMS % ">=", []),
    ("if (s > 2) go(u); end(u);", "if (s >= 2) go(u); end(u);", ["operator"]),
    ("if (buf_size != 0) return 0; return go(u);", "if (buf_size > 0) return 0; return go(u);", []),
    ("if (rc != 0) return -1; return go(u);", "if (rc > 0) return -1; return go(u);", ["operator"]),
    (TAIL % "len >= max", TAIL % "len == max || (len > max && p[len - max - 1] == '.')", []),
    (TAIL % "len >= max", TAIL % "len == max || p[0] == '.'", ["joint"]),
    (NEEDS % ("", "a key or"), NEEDS % ("!u->engine && ", "a key, an engine or"), []),
    (NEEDS % ("", "a key or"), NEEDS % ("!u->engine && ", "a key or"), ["joint"]),
    (NEEDS % ("", "a key or"), NEEDS % ("!u->engine && ", "a fitting key or"), ["joint"]),
]


@pytest.mark.parametrize(("old", "new", "weaker"), PAIRS)
def test_what_is_made_up_for_is_not_said(old, new, weaker):
    assert said(old, new) == weaker


def test_the_same_in_another_language():
    old = "if n <= 0 { return errBad }\nreturn use(u)"
    new = "if n < 0 { return errBad }\nif n == 0 { return errEmpty }\nreturn use(u)"
    assert said(old, new, "go") == []
    assert said(old, new.replace("n == 0", "n == 9"), "go") == ["operator"]


GCM = "r = gcm_start(u, mode, p, len%s); if (r != 0) return -1; %sreturn go(u);"


def test_what_is_handed_to_another_call_is_still_handed_on():
    old = GCM.replace("%s)", ", authenticatedData)") % ""
    assert said(old, GCM % ("", "r = gcm_update(u, authenticatedData, len); if (r != 0) return -2; ")) == []
    assert said(old, GCM % ("", "r = gcm_update(u, p, len); if (r != 0) return -2; ")) == ["argument"]
