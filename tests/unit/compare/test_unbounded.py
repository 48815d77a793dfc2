"""Calls that no longer keep to the room there is are told in which way; what is only written otherwise is not."""

import pytest

from zoll.compare.unbounded import unbounded
from zoll.parse.source import open_code

SHELLS = {"c": "void f(void)\n{{\n\t{}\n}}\n", "rust": "fn f() {{\n    {}\n}}\n"}


def found(old, new, language="c"):
    sides = []
    for text in (old, new):
        opened = open_code(SHELLS[language].format(text).encode(), language)
        sides.append(opened.statements(opened.code.functions[-1])[1])
    return [weak.how for weak in unbounded(*sides, language)]


@pytest.mark.parametrize(
    ("old", "new", "how"),
    [
        ("strlcpy(d->host, s, sizeof(d->host));", "memcpy(d->host, s, strlen(s) + 1);", "own-length"),
        ("memcpy(d, s, min(n, sizeof(d)));", "memcpy(d, s, n);", "own-length"),
        ("memmove(d, s, MIN(len, MAX_LEN));", "memmove(d, s, len);", "own-length"),
        ("p = malloc(strlen(s) + 1);", "p = malloc(strlen(s));", "less-room"),
        ("p = kmalloc(n * sizeof(*p), GFP_KERNEL);", "p = kmalloc(n, GFP_KERNEL);", "less-room"),
        ('syslog(LOG_INFO, "%s", line);', "syslog(LOG_INFO, line);", "format"),
        ('snprintf(buf, sizeof(buf), "%s", name);', "snprintf(buf, sizeof(buf), name);", "format"),
    ],
)
def test_what_keeps_to_its_memory_no_more(old, new, how):
    assert found(old, new) == [how]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("memcpy(d, s, sizeof(d));", "memcpy(d, s, sizeof(*d));"),
        ("memcpy(d, s, sizeof(d));", "memcpy(d, s, IFNAMSIZ);"),
        ("memcpy(d, s, n);", "memcpy(d, s, len);"),
        ("memcpy(&ss, &sin6, sizeof(sin6));", "memcpy(&ss, res0->ai_addr, res0->ai_addrlen);"),
        ("p = malloc(n);", "p = malloc(n + 1);"),
        ("p = malloc(n * sizeof(*p));", "p = calloc(n, sizeof(*p));"),
        ('printf("%s", line);', "puts(line);"),
        ('printf("%s", "a");', 'printf("a");'),
        ('printf("%s", BANNER);', "printf(BANNER);"),
        ("strlcpy(d, s, sizeof(d));", "strscpy(d, s, sizeof(d));"),
    ],
)
def test_what_is_written_otherwise(old, new):
    assert found(old, new) == []


def test_what_rust_no_longer_looks_after():
    plain = "let v = rest.get(..len).ok_or(E::Short)?;"
    assert found(plain, "let v = unsafe { slice::from_raw_parts(p, len) };", "rust") == ["unsafe"]
    assert found("let v = read(p);", "let v = unsafe { read(p) };", "rust") == []
