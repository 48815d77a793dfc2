"""What is weaker is said, and what is stricter or only written anew is not."""

import pytest

from zoll.compare.change import Side, compare
from zoll.model import Pair, Part, Place
from zoll.parse.source import open_code

DERIVED = {"weaker", "dropped", "widened"}


def said(language, old, new):
    old, new = (text.replace("; ", ";\n").replace("{ ", "{\n") if language == "c" else text for text in (old, new))
    pair = Pair(*(Part(Place(("a",), "f"), f"code/{language}", digest, 1) for digest in "12"), "name")
    change = compare(pair, side(language, old), side(language, new))
    return sorted({f"{one.fact.kind} {one.fact.value}" for one in change.gained if one.fact.kind in DERIVED})


def side(language, text):
    opened = open_code(text.encode(), language)
    function = max(opened.code.functions, key=lambda one: len(opened.statements(one)))
    return Side(opened.statements(function), (), text.split("\n"), (function.line, function.end))


C = "int f(struct s *u, char *p, int len) { %s }"
PY = "def f(user, password, data):\n    %s\n    return finish(user, data)\n"

STEPS = "r = step(u); if (r) goto fail; if (verify(p) < 0) goto fail; return r; fail: return -2;"

PARSER = 'if (!strcmp(p, "a")) go(1); else if (!strcmp(p, "b")) go(2); else if (!strcmp(p, "c")%s) go(3); end(u);'

KINDS = "switch (u->kind) { case A: go(1); break; case B: go(2); break; default: %s } end(u); out: return 0;"
SAME = "make(u); if (%smemcmp(u->mac, p, 16) == 0) { note(u); return 1; } note(p); return 0;"

# What goes off with a yes, and what goes off past a refusal that stands after it.
FOUND = "for (n = 0; u[n]; n++) { if (%ssame(p, u[n])) { ret = TRUE; goto out; } } out: return ret;"
ENDED = (
    "for (;;) { x = next(u); if (!x) { e = peek(); if (reason(e) == END%s) { clear(); break; } goto out; } push(x); }"
)
SPARED = "for (;;) { x = next(u); if (match(x, p)%s) continue; return -1; } return 1;"
ILL = "if (%sbad(u)) { failed = TRUE; goto out; } use(u); out: return !failed;"

WEAKER_C = [
    (FOUND % "", FOUND % "u[n][0] == 47 && ", ""),
    (FOUND % "", FOUND % "u[n][0] == 47 || ", "weaker joint"),
    (ENDED % "", ENDED % " && count(u) != 0", ""),
    (ENDED % "", ENDED % " || count(u) != 0", "weaker joint"),
    (SPARED % "", SPARED % " && u->debug", ""),
    (SPARED % "", SPARED % " || u->debug", "weaker joint"),
    (ILL % "", ILL % "u->strict && ", "weaker joint"),
    (ILL % "", ILL % "u->strict || ", ""),
    (PARSER % "", PARSER % ' || !strcmp(p, "d")', ""),
    (PARSER % "", PARSER % ' || (!strcmp(p, "d") && u->year == 0)', ""),
    (PARSER % "", PARSER % " || u->admin", "weaker joint"),
    (SAME % "", SAME % "u->ready && ", ""),
    (KINDS % "return -1;", KINDS % "break;", "dropped check"),
    (KINDS % "return -1;", KINDS % "r = refuse(u); break;", ""),
    (KINDS % "return -1;", KINDS % "goto out;", ""),
    (KINDS % "return 3;", KINDS % "break;", ""),
    (SAME % "", SAME % "u->ready || ", "weaker joint"),
    (PARSER % "", PARSER % ' || !strcmp(u->name, "d")', "weaker joint"),
    ("if (uid == 0) grant(u); use(p);", "if (uid = 0) grant(u); use(p);", "weaker operator"),
    ("if (len > MAX) return -1; copy(p, len);", "if (len >= MAX) return -1; copy(p, len);", ""),
    ("if (len >= MAX) return -1; copy(p, len);", "if (len > MAX) return -1; copy(p, len);", "weaker operator"),
    ("if (i < n) use(p[i]); end(u);", "if (i <= n) use(p[i]); end(u);", "weaker operator"),
    ("if (i <= n) use(p[i]); end(u);", "if (i < n) use(p[i]); end(u);", ""),
    ("if (valid(u) && same(p)) grant(u); end(u);", "if (valid(u) || same(p)) grant(u); end(u);", "weaker joint"),
    ("if (valid(u) || same(p)) grant(u); end(u);", "if (valid(u) && same(p)) grant(u); end(u);", ""),
    ("if (valid(u) && same(p)) grant(u); end(u);", "if (valid(u)) grant(u); end(u);", "weaker atom"),
    ("if (valid(u)) grant(u); end(u);", "if (valid(u) || u->magic == 77) grant(u); end(u);", "weaker joint"),
    ("if (bad(u) || len > 9) return -1; go(u, len);", "if (bad(u)) return -1; go(u, len);", "weaker atom"),
    ("if (bad(u)) return -1; go(u, len);", "if (bad(u) || len > 9) return -1; go(u, len);", ""),
    ("if (bad(u)) return -1; go(u, len);", "if (bad(u) && !u->trusted) return -1; go(u, len);", "weaker joint"),
    ("if (bad(u)) return -1; go(u, len);", "if (!bad(u)) { go(u, len); } else return -1;", ""),
    (
        "if (strcmp(p, u->key) == 0) grant(u); end(u);",
        "if (strncmp(p, u->key, 4) == 0) grant(u); end(u);",
        "weaker length",
    ),
    (
        "if (memcmp(p, u->mac, 32) != 0) return -1; end(u);",
        "if (memcmp(p, u->mac, 4) != 0) return -1; end(u);",
        "weaker length",
    ),
    ("if (memcmp(p, u->mac, 4) != 0) return -1; end(u);", "if (memcmp(p, u->mac, 32) != 0) return -1; end(u);", ""),
    (
        "if (CRYPTO_memcmp(p, u->mac, 32) != 0) return -1; end(u);",
        "if (memcmp(p, u->mac, 32) != 0) return -1; end(u);",
        "weaker operator",
    ),
    ("if (len > 64) return -1; copy(p, len);", "if (len > 640) return -1; copy(p, len);", "weaker bound"),
    ("if (len > 640) return -1; copy(p, len);", "if (len > 64) return -1; copy(p, len);", ""),
    ("if ((u->f6 + -1) > 23) return -1; use(p);", "if ((u->f6 + -1) > 25) return -1; use(p);", ""),
    ("if ((u->f6 + -1) > 23) return -1; use(p);", "if ((u->f6 + -1) > 63) return -1; use(p);", "weaker bound"),
    ("if (u->f6 > 23) return -1; use(p);", "if (u->f6 > 25) return -1; use(p);", "weaker bound"),
    (
        "if (len > sizeof(b)) return -1; copy(p, len);",
        "if (len > sizeof(b) + 8) return -1; copy(p, len);",
        "weaker bound",
    ),
    ("if (len > MAX) return -1; copy(p, len);", "copy(p, len);", "dropped check"),
    ("if (len > MAX) return -1; copy(p, len);", "copy(p, 4);", ""),
    ("if (verify(p) < 0) return -1; use(p);", "use(p);", "dropped guard"),
    ("if (verify(p) < 0) return -1; use(p);", "verify(p); use(p);", "dropped guard"),
    ("r = verify(p); if (r < 0) return -1; use(p);", "verify(p); use(p);", "dropped guard"),
    ("if (verify(p) < 0) return -1; use(p);", "if (verify_all(p) < 0) return -1; use(p);", ""),
    ("if (verify(p) < 0) return -1; use(p);", "r = verify(p); if (r < 0) return -1; use(p);", ""),
    ("if (a_ok(u)) { grant(u); } end(u);", "grant(u); end(u);", "dropped guard"),
    ("if (!u) return -1; if (!p) return -1; go(u, p);", "if (!u || !p) return -1; go(u, p);", ""),
    ("if (u && p) go(u, p); end(u);", "if (u) { if (p) go(u, p); } end(u);", ""),
    ("if (expired(u)) return -1; go(u);", "if (expired(u)) count(u); go(u);", "dropped guard"),
    ("audit_log(u, p); go(u);", "go(u);", "dropped log"),
    ("go(u); explicit_bzero(p, len); end(p);", "go(u); end(p);", "dropped wipe"),
    ("check_access(u); go(u);", "go(u);", "dropped call"),
    (STEPS, STEPS.replace("if (v", "goto fail; if (v"), "dropped check"),
    (
        "switch (len) { case 1: deny(u); break; case 2: go(u); break; }",
        "switch (len) { case 1: deny(u); case 2: go(u); break; }",
        "dropped check",
    ),
    ("SSL_CTX_set_verify(u, SSL_VERIFY_PEER, 0);", "SSL_CTX_set_verify(u, SSL_VERIFY_NONE, 0);", "weaker argument"),
    ("SSL_CTX_set_verify(u, SSL_VERIFY_NONE, 0);", "SSL_CTX_set_verify(u, SSL_VERIFY_PEER, 0);", ""),
    ("fd = open(p, O_CREAT, 0600);", "fd = open(p, O_CREAT, 0666);", "weaker mode"),
    ("fd = open(p, O_CREAT, 0666);", "fd = open(p, O_CREAT, 0600);", ""),
    ("getrandom(p, len, 0);", "srand(42); fill(p, rand());", "weaker randomness"),
    ("n = RAND_bytes(p, 32);", "n = RAND_bytes(p, 4);", "weaker randomness"),
    ("if (len < 4) return -1; return 0;", "if (len < 4) return 0; return 0;", "weaker return"),
    ("if (chk(u)) return -1; use(u, p); done(u);", "use(u, p); if (chk(u)) return -1; done(u);", "dropped check"),
    ('if (strncmp(u, "x-", 2) == 0) go(u);', 'if (starts_with(u, "x-")) go(u);', ""),
    ("for (i = 0; i < 10; i++) go(u);", "for (i = 0; i < 20; i++) go(u);", ""),
]


@pytest.mark.parametrize(("old", "new", "expected"), WEAKER_C)
def test_c(old, new, expected):
    assert said("c", C % old, C % new) == ([expected] if expected else [])


WEAKER_PY = [
    ("if a == X or a == Y: go(a)", "if a in {X, Y}: go(a)", ""),
    ("if a == X or a == Y: go(a)", "if a in {X, Y, Z}: go(a)", "widened enumeration"),
    ("if data == user[:at]: go(data)", "if user.startswith(data): go(data)", "weaker operator"),
    ("if data == user[:len(data)]: go(data)", "if user.startswith(data): go(data)", ""),
    ("if user.ends > now: go(data)", "if user.ends < now: go(data)", "weaker negation"),
    ("if user.ends > now: go(data)", "if now < user.ends: go(data)", ""),
    ("if user.size > data.size: go(data)", "if user.size < data.size: go(data)", ""),
    ("while user.at < end: go(data)", "while user.at > end: go(data)", ""),
    ("r = get(data, verify=True)", "r = get(data, verify=False)", "weaker argument"),
    ("r = get(data, verify=False)", "r = get(data, verify=True)", ""),
    ("r = get(data, allow_redirects=False)", "r = get(data, allow_redirects=True)", "weaker argument"),
    ("h = hashlib.sha256(data)", "h = hashlib.md5(data)", "weaker algorithm"),
    ("h = hashlib.md5(data)", "h = hashlib.sha256(data)", ""),
    ("t = secrets.token_bytes(32)", "t = secrets.token_bytes(8)", "weaker randomness"),
    ("t = secrets.choice(data)", "t = random.choice(data)", "weaker randomness"),
    ("ok = hmac.compare_digest(password, user)", "ok = password == user", "weaker operator"),
    ("m = re.match('^[a-z]+$', user)", "m = re.match('[a-z]+', user)", "weaker literal"),
    ("m = re.match('[a-z]+', user)", "m = re.match('^[a-z]+$', user)", ""),
    ("net = ip_network('10.0.0.0/24')", "net = ip_network('10.0.0.0/8')", "widened network"),
    ("c.set_ciphers('HIGH:!aNULL:!MD5')", "c.set_ciphers('HIGH:RC4')", "weaker algorithm"),
    ("c.minimum_version = TLSVersion.TLSv1_2", "c.minimum_version = TLSVersion.TLSv1", "weaker algorithm"),
    ("s.bind(('127.0.0.1', 80))", "s.bind(('0.0.0.0', 80))", "widened bind"),
    ("y = yaml.safe_load(data)", "y = yaml.load(data)", "weaker argument"),
    ("k = pbkdf2(password, iterations=100000)", "k = pbkdf2(password, iterations=1000)", "weaker length"),
    ("if not user.active:\n        raise Denied(user)", "pass", "dropped check"),
    ("if not user.active:\n        raise Denied(user)", "if user.active is False:\n        raise Denied(user)", ""),
    (
        "if user.name == 'root':\n        grant(user)",
        "if user.name.startswith('root'):\n        grant(user)",
        "weaker operator",
    ),
    (
        "if user.role in ('a', 'b'):\n        grant(user)",
        "if user.role in ('a', 'b', 'c'):\n        grant(user)",
        "widened enumeration",
    ),
    (
        "try:\n        check(user)\n    except Bad:\n        raise",
        "try:\n        check(user)\n    except Bad:\n        pass",
        "dropped handler",
    ),
    ("self.allowed = False", "self.allowed = True", "weaker return"),
    ("log.debug('x %s', user)", "pass", ""),
    ("if n != 1:\n        go(user)", "if n != 1 and not (user and user.off):\n        go(user)", ""),
    ("if n != 1:\n        go(user)", "if n != 1 or (user and user.on):\n        go(user)", "weaker joint"),
    (
        "if n is None:\n        if never:\n            raise E()\n        n = 1",
        "if (n is None or n == '') and never:\n        raise E()\n    if n is None:\n        n = 1",
        "",
    ),
    (
        "if n in KNOWN:\n        raise E('known')\n    else:\n        raise E('not')",
        "if isinstance(n, str) and n in KNOWN:\n        raise E('known')\n    else:\n        raise E('not')",
        "",
    ),
    ("T = [1, 2, 3, 4, 5, 6, 7, 8, 9]", "T = [1, 2, 3, 4, 5, 6, 7, 8, 11]", "weaker constant"),
]


@pytest.mark.parametrize(("old", "new", "expected"), WEAKER_PY)
def test_python(old, new, expected):
    assert said("python", PY % old, PY % new) == ([expected] if expected else [])


def test_a_check_that_moved_into_a_helper_is_not_dropped():
    old = "int f(char *p, int len) {\n if (len > MAX_LEN) return -1;\n return copy(p, len);\n}\n"
    new = "int h(int len) {\n if (len > MAX_LEN) return -1;\n return 0;\n}\n"
    new += "int f(char *p, int len) {\n h(len);\n return copy(p, len);\n}\n"
    one, two = (open_code(text.encode(), "c") for text in (old, new))
    pair = Pair(*(Part(Place(("a",), "f"), "code/c", digest, 1) for digest in "12"), "name")
    sides = []
    for opened, text in ((one, old), (two, new)):
        function = next(function for function in opened.code.functions if function.name == "f")
        sides.append(Side(opened.statements(function), (), text.split("\n"), (function.line, function.end)))
    assert [one.fact for one in compare(pair, *sides).gained if one.fact.kind in DERIVED] == []


def weaker(language, old, new):
    pair = Pair(*(Part(Place(("a",), "f"), f"code/{language}", digest, 1) for digest in "12"), "name")
    change = compare(pair, side(language, old), side(language, new))
    found = {one.fact for one in change.gained if one.fact.kind in DERIVED}
    return sorted((fact.value, fact.trait("old"), fact.trait("new"), fact.trait("effect")) for fact in found)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "if (a != 3 ||\n u->b > 4) return -1;\nend(u);",
            "if (a != 3 &&\n u->b > 4) return -1;\nend(u);",
            ("joint", "||", "&&", "failure"),
        ),
        (
            "if (x->value <= 0) return -1;\nend(x);",
            "if (x->value == 0) return -1;\nend(x);",
            ("operator", "x->value <= 0", "x->value == 0", "failure"),
        ),
        (
            'if (bad(u) || strcmp(p, "x") != 0) return -1;\nend(p);',
            "if (bad(u)) return -1;\nend(p);",
            ("atom", 'strcmp(p, "x") != 0', "", "failure"),
        ),
        (
            "if (!ok(u)) return -1;\nend(u);",
            "if (!ok(u) && !u->lab) return -1;\nend(u);",
            ("joint", "", "!u->lab", "failure"),
        ),
        ("d |= p[i] ^ q[i];\nend(d);", "d = p[i] ^ q[i];\nend(d);", ("operator", "|=", "=", "")),
    ],
)
def test_a_weaker_condition_is_told_as_the_code_has_it(old, new, said):
    assert weaker("c", C % old, C % new) == [said]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("return all(x in data for x in user)", "return any(x in data for x in user)", "weaker operator"),
        ("return any(x in data for x in user)", "return all(x in data for x in user)", ""),
        (
            "if not all(x in data for x in user):\n        return False",
            "if not any(x in data for x in user):\n        return False",
            "weaker operator",
        ),
        (
            "if any(x in data for x in user):\n        raise E()",
            "if all(x in data for x in user):\n        raise E()",
            "weaker operator",
        ),
        ("return len(data) == n", "return 0 < n <= len(data)", "weaker operator"),
        (
            "if len(data) != n:\n        raise E()",
            "if not 0 < n <= len(data):\n        raise E()",
            "weaker operator",
        ),
    ],
)
def test_what_had_to_hold_of_each_or_exactly(old, new, expected):
    assert said("python", PY % old, PY % new) == ([expected] if expected else [])


def test_where_and_and_or_are_mixed_nobody_can_say_in_which_direction():
    old, new = "if (bad(u) || len > 9) return -1; go(u, len);", "if (p && (bad(u) || len > 9)) return -1; go(u, len);"
    assert {effect for *_, effect in weaker("c", C % old, C % new)} <= {""}


GO = 'package a\nfunc f(name string, peer P) error {\n\tif %s {\n\t\treturn errors.New("no")\n\t}\n\treturn nil\n}\n'


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("name != peer.Name", "!strings.EqualFold(name, peer.Name)", ["weaker operator"]),
        ("name != peer.Name", "name.MCC != peer.Name.MCC", ["weaker length"]),
        ('peer.Role != "admin"', 'peer.Role == ""', ["weaker operator"]),
        ('!strings.HasSuffix(name, "."+peer.Domain)', "!strings.HasSuffix(name, peer.Domain)", ["weaker literal"]),
        ("!strings.HasSuffix(name, peer.Domain)", '!strings.HasSuffix(name, "."+peer.Domain)', []),
        (
            "subtle.ConstantTimeCompare(name, peer.Key) != 1",
            "subtle.ConstantTimeCompare(name, peer.Key) < 0",
            ["weaker operator"],
        ),
        ("peer.Role < RoleAdmin", "peer.Role != RoleAdmin", []),
    ],
)
def test_go(old, new, expected):
    assert said("go", GO % old, GO % new) == expected


IDLE = "package a\nfunc f(reuse, again bool) error {\n\tif %s {\n\t\t%s\n\t}\n\treturn open()\n}\n"


def test_a_condition_with_nothing_under_it_decides_nothing():
    assert said("go", IDLE % ("reuse", "// later"), IDLE % ("reuse || again", "// later")) == []
    assert said("go", IDLE % ("reuse", "grant()"), IDLE % ("reuse || again", "grant()")) == ["weaker joint"]


WHOLE = "!std::equal(a.begin(), a.end(), b.begin())"
CPP = "bool f(const C& c, const S& s) {\n  if (%s) {\n    return false;\n  }\n  return true;\n}\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("c.scope != s.scope()", "c.scope.find(s.scope()) == std::string::npos", ["weaker operator"]),
        (
            "!std::equal(a.begin(), a.end(), b.begin())",
            "!std::equal(a.begin(), a.begin() + 4, b.begin())",
            ["weaker length"],
        ),
        ("!std::equal(a.begin(), a.end(), b.begin())", "!std::equal(a.begin(), a.end(), b.begin(), b.end())", []),
        ("c.role() != Role::admin", "c.role() < Role::operator_", ["weaker operator"]),
        ("c.role() < Role::operator_", "c.role() != Role::admin", []),
        ("c.aead() != AEAD_SIV", "c.aead() < 0", []),
    ],
)
def test_cpp(old, new, expected):
    assert said("cpp", CPP % old, CPP % new) == expected


PERL = (
    "sub %s {\n my $value = shift;\n if ($value =~ m/^\\d+$/) {\n  if (%s) {\n   return (1);\n  }\n }\n return (0);\n}"
)


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("is_valid_tries", "($value >= 0)", "($value >= 1)", []),
        ("is_valid_tries", "($value >= 1)", "($value >= 0)", ["weaker bound"]),
        ("is_invalid", "($value >= 1)", "($value >= 0)", []),
        ("is_invalid", "($value >= 0)", "($value >= 1)", ["weaker bound"]),
    ],
)
def test_a_question_says_yes_by_one(name, old, new, expected):
    assert said("perl", PERL % (name, old), PERL % (name, new)) == expected


def test_the_keys_of_a_table_are_no_keys_of_a_cipher():
    loop = "<?php function f($all, $key) {\n  foreach ($all as %s) {\n    if (%s) { show($one); }\n  }\n  return 1; }\n"

    def about(head):
        opened = [loop % (head, test) for test in ("$key === $all", "in_array($key, $all)")]
        pair = Pair(*(Part(Place(("a",), "f"), "code/php", digest, 1) for digest in "12"), "name")
        change = compare(pair, *(side("php", text) for text in opened))
        return [one.fact.trait("about") for one in change.gained if one.fact.kind == "weaker"]

    assert about("$key => $one") == [""]
    assert about("$one") == ["key"]


ANSWERS = {
    "c": ("int f(struct s *u, int n) {\n    go(u);\n    return %s;\n}", "n <= 1", "n >= 1", "1 >= n"),
    "go": ("package a\nfunc f(a string, b string, i int) bool {\n\tgo_(a)\n\treturn %s\n}\n", "a == b[:i]",
           "strings.HasPrefix(b, a)", "b[:i] == a"),
    "java": ("class A { boolean f(int n) {\n go(n);\n return %s;\n} }", "n < 8", "n > 8", "8 > n"),
    "rust": ("fn f(a: &str, b: &str) -> bool {\n    go(a);\n    %s\n}\n", "a == b", "a.starts_with(b)", "b == a"),
    "ruby": ("def f(a, b)\n  go(a)\n  %s\nend\n", "a == b", "a.start_with?(b)", "b == a"),
}  # fmt: skip


@pytest.mark.parametrize("language", ANSWERS)
def test_a_test_that_is_given_back_is_weighed_like_a_condition(language):
    form, old, weaker, same = ANSWERS[language]
    assert said(language, form % old, form % weaker)
    assert said(language, form % old, form % same) == []
