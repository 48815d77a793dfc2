"""Questions written otherwise are told from questions that ask something else."""

import pytest

from zoll.compare.restated import SAME, TIMED, restated, unrestated
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.model import Fact, Place, Reading
from zoll.parse.source import open_code

SHELLS = {
    "c": "int f(char *p, char *q, int n) {{\n    {}\n}}\n",
    "javascript": "function f(p, q, n) {{\n  {}\n}}\n",
    "php": "<?php\nfunction f($p, $q, $n) {{\n    {}\n}}\n",
    "python": "def f(p, q, n):\n    {}\n",
    "go": "package x\nfunc f(p string, q string, n int) bool {{\n\t{}\n}}\n",
}


def statements(language, line):
    opened = open_code(SHELLS[language].format(line).encode(), language)
    function = next(one for one in opened.code.functions if one.name == "f")
    return opened.statements(function)


def told(language, old, new):
    one, two = (next(one for one in statements(language, line) if one.tests) for line in (old, new))
    return restated(one, two)


@pytest.mark.parametrize(
    ("language", "old", "new", "said"),
    [
        ("c", "if (p[6] == ';') go();", "if (';' == p[6]) go();", SAME),
        ("c", "if (p != NULL && n > 0) go();", "if (NULL != p && 0 < n) go();", SAME),
        ("c", "if (n < 3) go();", "if (3 > n) go();", SAME),
        ("c", "return *p == 'x';", "return 'x' == *p;", SAME),
        ("c", "if (p != NULL) go();", "if (NULL == p) go();", ""),
        ("c", "if (p != NULL) go();", "if (p) go();", SAME),
        ("c", "if (p == NULL || !q) go();", "if (!p || q == NULL) go();", SAME),
        ("c", "if (p == NULL) go();", "if (p) go();", ""),
        ("php", "if ($p !== NULL) go();", "if ($p) go();", ""),
        ("c", "if (n > 3) go();", "if (3 > n) go();", ""),
        ("c", "if (n > 3) go();", "if (3 <= n) go();", ""),
        ("c", "if (p && q || n) go();", "if (p && (q || n)) go();", ""),
        ("c", "for (n = 0; n < 3; n++) go();", "for (n = 1; 3 > n; n++) go();", ""),
        ("c", "if (memcmp(p, q, 8) == 0) go();", "if (timingsafe_bcmp(p, q, 4) == 0) go();", ""),
        ("javascript", "return p === q;", "return q == p;", ""),
        ("javascript", "if (p === 'x') go();", "if ('x' === p) go();", SAME),
        (
            "javascript",
            "if (p.mac !== own) throw e;",
            "if (!crypto.timingSafeEqual(Buffer.from(p.mac), Buffer.from(own))) throw e;",
            TIMED,
        ),
        ("javascript", "if (p.mac !== own) throw e;", "if (crypto.timingSafeEqual(p.mac, own)) throw e;", ""),
        ("javascript", "if (p.mac !== own) throw e;", "if (!crypto.timingSafeEqual(p.mac, p.mac)) throw e;", ""),
        ("php", "if ($p != $q) throw $e;", "if (!hash_equals($p, $q)) throw $e;", TIMED),
        ("php", "if ($p != $q || $n) throw $e;", "if (!hash_equals($p, $q)) throw $e;", ""),
        ("python", "return p == q", "return hmac.compare_digest(p.encode(), q.encode())", TIMED),
        ("python", "return p == q", "return hmac.compare_digest(p, q[:4])", ""),
        ("python", "return hmac.compare_digest(p, q)", "return p == q", ""),
        ("go", "return p == q", "return subtle.ConstantTimeCompare([]byte(p), []byte(q)) == 1", TIMED),
        ("go", "return p == q", "return subtle.ConstantTimeCompare([]byte(p), []byte(q)) == 0", ""),
    ],
)
def test_only_the_same_question_is_told_as_such(language, old, new, said):
    assert told(language, old, new) == said


def test_what_is_only_asked_in_other_words_is_neither_gained_nor_lost():
    sides = statements("c", "if (n > 3) go();"), statements("c", "if (3 < n) go();")
    old, new = (
        [Reading(Fact("gate", value, (f"op:{op}", "call:go")), Place(("x.c",), "f", 2), "")]
        for value, op in (("length->call", ">"), ("magic->call", "<"))
    )
    view = View(aligned(*sides))
    assert unrestated(view, new, old) == ([], [])
    assert unrestated(view, new, []) == (new, [])


@pytest.mark.parametrize(
    ("language", "old", "new", "said"),
    [
        ("python", "return secretutils.constant_time_compare(p, q)", "return hmac.compare_digest(p, q)", SAME),
        ("python", "return secretutils.constant_time_compare(p, q)", "return hmac.compare_digest(p, n)", ""),
        ("python", "return hmac.compare_digest(p, q) and n", "return hmac.compare_digest(p, q) and p", ""),
        ("c", "if (!strcmp(p, q)) go();", "if (strcmp(p, q) == 0) go();", SAME),
        ("c", "if (!strncmp(p, q, 8)) go();", "if (strncmp(p, q, 0) == 0) go();", ""),
        ("c", "if (!strcmp(p, q)) go();", "if (strcmp(p, q) != 0) go();", ""),
    ],
)
def test_the_same_question_by_a_like_function(language, old, new, said):
    assert told(language, old, new) == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("if (ret <= 0) return -1;", "if (ret < 1) return -1;", SAME),
        ("if (run(p) > 0) return 1;", "if (run(p) >= 1) return 1;", SAME),
        ("if (run(p)) return 1;", "if (run(p) != 0) return 1;", SAME),
        ("if (!run(p)) return 1;", "if (run(p) == 0) return 1;", SAME),
        ("if (ret <= 0) return -1;", "if (ret < 0) return -1;", ""),
        ("if (run(p)) return 1;", "if (run(p) == 0) return 1;", ""),
        ("if (strncmp(p, q, n) == 0) return 1;", "if (strncmp(p, q, 2) == 0) return 1;", ""),
    ],
)
def test_a_result_held_against_the_same_end(old, new, said):
    assert told("c", old, new) == said
