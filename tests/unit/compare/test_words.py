"""Statements word by word."""

import pytest

from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.compare.weakening import weakenings
from zoll.compare.words import compare_words, weaker_word
from zoll.parse.code import Statement
from zoll.parse.source import open_code


def values(old, new, kind="call"):
    one, two = (Statement(kind, text, 1, 1) for text in (old, new))
    return [weak.value for weak in compare_words(one, two)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("f(verify=True)", "f(verify=False)", ["argument"]),
        ("f(colour=True)", "f(colour=False)", []),
        ("super(AccessToken, self).go(1)", "super().go(2)", []),
        ("os.chmod(p, 0o600)", "os.chmod(p, 0o666)", ["mode"]),
        ("f(url, 'https')", "f(url, 'http')", ["argument"]),
        ("f(1)", "f(2)", []),
        ('re.compile("")', 're.compile("^a.*$")', []),  # nothing was asked for before
        ("q = re.split('\\.', nm)", "q = nm.split('.')", []),
        ("q = re.split('\\.', nm)", "q = re.split('.', nm)", ["literal"]),
        ('{Type: "b", Permissions: "m"}', '{Type: "b", Permissions: "rwm"}', ["mode"]),
        ("add(access='rwm')", "add(access='r')", []),
        ("open(path, mode='r')", "open(path, mode='rw')", []),
        ("f(access='read')", "f(access='road')", []),
        ("k.setHttpOnly(true)", "k.setHttpOnly(false)", ["argument"]),
        ("thread_rng().fill(k)", "SmallRng::from_entropy().fill(k)", ["randomness"]),
        ("rand::thread_rng().gen()", "rand::rng().random()", []),
        ("n.checked_add(4)", "n.wrapping_add(4)", ["argument"]),
        ("n.wrapping_add(4)", "n.checked_add(4)", []),
        ("assert!(n < len)", "debug_assert!(n < len)", ["argument"]),
        ("buf.get(n)", "buf.get_unchecked(n)", ["argument"]),
        ("strlcpy(a, b, n)", "strcpy(a, b)", ["argument"]),
        ("strcpy(a, b)", "strlcpy(a, b, n)", []),
        ("snprintf(a, n, f, b)", "sprintf(a, f, b)", ["argument"]),
        ("strncpy(a, b, n)", "strlcpy(a, b, n)", []),
        ("p.parseClaimsJws(raw)", "p.parse(raw)", ["argument"]),
        ("define('MAX_ATTEMPTS', 5)", "define('MAX_ATTEMPTS', 500)", ["bound"]),
        ("define('COLUMNS', 5)", "define('COLUMNS', 500)", []),
        ("f(u).unwrap_or(false)", "f(u).unwrap_or(true)", ["argument"]),
        ("f(u).unwrap_or(true)", "f(u).unwrap_or(false)", []),
        ("$db->prepare('SELECT ?')", '$db->query("SELECT $x")', ["argument"]),
        ("$db->prepare('SELECT 1')", "$db->query('SELECT 1')", []),
        ('kw.get("verify_cert", True)', 'kw.get("verify_cert", False)', ["argument"]),
        ('kw.show("verify_cert", True)', 'kw.show("verify_cert", False)', []),
        ("fetch(:verify, true)", "fetch(:verify, false)", ["argument"]),
        ("NAME.fullmatch(name)", "NAME.match(name)", ["literal"]),
        ("c.set_policy(RejectPolicy())", "c.set_policy(AutoAddPolicy())", ["argument"]),
        ("for c in s.VerifiedChains", "for c in s.PeerCertificates", ["argument"]),
        ("jwt.verify(token, key)", "jwt.decode(token)", ["argument"]),
        ("codec.verify(data)", "codec.decode(data)", []),
        ("my $v = $o{verify} // 1;", "my $v = $o{verify} // 0;", ["argument"]),
        ('c.get("verify.certs").orElse(true)', 'c.get("verify.certs").orElse(false)', ["argument"]),
        ("/\\A[a-z]+\\z/", "/^[a-z]+$/", ["literal"]),
        ("safe_join(folder, name)", "os.path.join(folder, name)", ["argument"]),
        ("path.gsub(a, b)", "path.sub(a, b)", ["repeat"]),
        ("re.MustCompile(`^https://a\\.example$`)", "re.MustCompile(`^https://a.example`)", ["literal"]),
        ("f('header: key is missing or blank')", "f('header: key must be a base64 encoded value of 16 bytes')", []),
    ],
)
def test_words(old, new, expected):
    assert values(old, new) == expected


def test_another_switch_is_no_step():
    assert values("a.strict = True", "a.verbose = False") == []


def test_a_limit_that_grew():
    assert weaker_word("5", "500", ["max_attempts"], "max_attempts = 500").value == "bound"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("iterations", "length"),
        ("MIN_RSA_BITS", "length"),
        ("min_password_length", "length"),
        ("FAIL_DELAY_LOGIN", "length"),
        ("MIN_SIZE", "bound"),
        ("ABR_TASK_DELAY", "bound"),
        ("minConnectRetryInterval", "bound"),
    ],
)
def test_a_least_number_that_fell_protects_less_where_it_is_of_a_secret(name, expected):
    assert weaker_word("16", "5", [name], f"{name} = 16").value == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('f(x: "Name")', 'f(x: "Name | None")', []),
        ('f("aes-256-cbc:sha256")', 'f("aes-256-cbc:null")', ["algorithm"]),
        ('f("HIGH:!MD5")', 'f("HIGH:MD5")', ["algorithm"]),
        ('tls_min_version("1.2")', 'tls_min_version("1.0")', ["algorithm"]),
        ('min_version("1.2")', 'min_version("1.0")', []),
    ],
)
def test_words_of_lists(old, new, expected):
    assert values(old, new) == expected


def test_rows_that_all_got_another_name_are_no_step():
    old = 't[] = { {"any", AUTH_ANY}, {"trust", AUTH_TRUST}, {"plain", AUTH_PLAIN} }'
    new = old.replace("AUTH_", "AUTH_TYPE_").replace("} }", '}, {"peer", AUTH_TYPE_PEER} }')
    assert "argument" not in values(old, new, "declare")
    assert values("f(AUTH_ANY, AUTH_PLAIN)", "f(AUTH_TYPE_PLAIN, AUTH_TYPE_ANY)") == []
    assert values("f(VERIFY_ONLY, VERIFY_PEER)", "f(VERIFY_NONE)") == ["argument"]


@pytest.mark.parametrize(("old", "new"), [(">> 8", ">> 24"), ("& 0xffff", "& 0x7f"), ("% 65536", "% 256")])
def test_less_is_taken_of_what_was_drawn(old, new):
    draw = "#define NEW_ID(r) ((unsigned)(my_random(r)) %s)"
    assert values(draw % old, draw % new, "directive") == ["randomness"]
    assert values(draw % new, draw % old, "directive") == []
    assert values((draw % old).replace("random", "rank"), (draw % new).replace("random", "rank"), "directive") == []


def test_a_number_that_is_only_asked_for_is_no_weaker_one():
    old, new = (Statement("directive", f"#if MIN_KEY_BITS == {bits}", 1, 1, word="#if") for bits in (8, 7))
    assert list(compare_words(old, new)) == []


VERDICT = "int f(struct c *c)\n{{\n  int valid = {};\n  if (check(c)) valid = {};\n  return valid;\n}}\n"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (("0", "1"), ("1", "1"), True),
        (("0", "1"), ("1", "0"), False),  # asked the other way round
        (("1", "0"), ("0", "0"), False),
    ],
)
def test_a_verdict_that_starts_as_a_yes(old, new, told):
    sides = []
    for values in (old, new):
        opened = open_code(VERDICT.format(*values).encode(), "c")
        sides.append(opened.statements(opened.code.functions[-1]))
    found = [one.fact.trait("new") for one in weakenings(View(aligned(*sides)))]
    assert ("valid=1" in found) == told
