"""Values with an order: what is less, and what only looks so."""

import pytest

from zoll.compare.change import Side, compare
from zoll.model import Pair, Part, Place
from zoll.parse.source import open_code

C = "int f(struct s *u, char *p, int len) { %s }"
TEST = "if (%s) return -1; end(u);"
PYTHON = "def f(user, password, data):\n    %s\n    return finish(user, data)\n"
LOOP = "int x = 0, i; for (i = 0; i < %s; i++) { x |= p[i] ^ u->k[i]; } return x;"


def said(language, old, new, kind=""):
    if language == "c":
        old, new = (text.replace("; ", ";\n").replace("{ ", "{\n") for text in (old, new))
    kind = kind or f"code/{language}"
    pair = Pair(*(Part(Place(("a",), "f"), kind, digest, 1) for digest in "12"), "name")
    gained = compare(pair, side(language, old), side(language, new)).gained
    return [f"{one.fact.value} {one.fact.trait('how')}".strip() for one in gained if one.fact.kind == "weaker"]


def side(language, text):
    opened = open_code(text.encode(), language)
    function = max(opened.code.functions, key=lambda one: len(opened.statements(one)))
    return Side(opened.statements(function), (), text.split("\n"), (function.line, function.end))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("memcmp(u->mac, p, 8) != 0", "memcmp(u->mac, p, 8 >> 2) != 0", ["length shorter"]),
        ("memcmp(u->mac, p, sizeof(u->mac)) != 0", "memcmp(u->mac, p, sizeof(u->kind)) != 0", ["length other"]),
        ("memcmp(u->mac, p, sizeof(u->mac)) != 0", "memcmp(u->mac, p, sizeof(p)) != 0", ["length pointer"]),
        ("memcmp(u->mac, p, sizeof(u->mac)) != 0", "memcmp(u->mac, p, sizeof(*u->mac)) != 0", ["length element"]),
        ("memcmp(u->mac, p, 16) != 0", "memcmp(u->mac, p, MAC_LEN) != 0", []),
        ("memcmp(u->mac, p, 16) != 0", "memcmp(u->mac, p, len) != 0", ["length variable"]),
        ("memcmp(u->mac, p, len) != 0", "memcmp(u->mac, p, 16) != 0", []),
        ("memcmp(u->mac, p, len) != 0", "memcmp(u->mac, p, len < 5 ? len : 4) != 0", ["length chosen"]),
        ("safe_memcmp(p, u->pass, u->plen)", "safe_memcmp(p, u->pass, plen)", ["length another"]),
        ("safe_memcmp(p, u->pass, plen)", "safe_memcmp(p, u->pass, passlen)", []),
        ("strcmp(u->pass, p) != 0", "strncmp(u->pass, p, strlen(p)) != 0", ["length part"]),
        ("strncmp(u->pass, p, strlen(u->pass) + 1)", "strncmp(u->pass, p, strlen(p))", ["length other"]),
        ("st.st_mode & 022", "st.st_mode & 02", ["mode tested"]),
        ("st.st_mode & 022", "st.st_mode & 077", []),
    ],
)
def test_conditions(old, new, expected):
    assert said("c", C % (TEST % old), C % (TEST % new)) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("chmod(p, 0660);", "chmod(p, 0666);", ["mode given"]),
        ("chmod(p, S_IRUSR);", "chmod(p, S_IRUSR|S_IWOTH);", ["mode given"]),
        ("chmod(p, 0644);", "chmod(p, 0600);", []),
        ("fd = open(p, 0x241, 0x180);", "fd = open(p, 0x241, 0x1b6);", ["mode made"]),
        ("m = umask(S_IRWXG|S_IRWXO);", "m = umask(S_IXGRP|S_IRWXO);", ["mode masked"]),
        ("SSL_CTX_set_min_proto_version(c, TLS1_2_VERSION);", "SSL_CTX_set_min_proto_version(c, 0);", ["algorithm"]),
        ("SSL_CTX_set_min_proto_version(c, 0);", "SSL_CTX_set_min_proto_version(c, TLS1_2_VERSION);", []),
        ("SSL_CTX_ctrl(c, 123, 0x303, 0);", "SSL_CTX_ctrl(c, 123, 0x301, 0);", ["algorithm"]),
        ("SSL_CTX_ctrl(c, 123, 0x303, 0);", "SSL_CTX_ctrl(c, 123, 0, 0);", ["algorithm"]),
        ("opt(c, SSL_OP_NO_SSLv3 | SSL_OP_NO_TLSv1);", "opt(c, SSL_OP_NO_SSLv3);", ["algorithm allowed"]),
        ("getrandom(u->key, sizeof(u->key), 0);", "getrandom(u->key, sizeof(u->id), 0);", ["randomness other"]),
        ("RAND_bytes(u->key, 32);", "RAND_bytes(u->key, 4);", ["randomness shorter"]),
        ("RAND_bytes(u->key, 4);", "RAND_bytes(u->key, 32);", []),
    ],
)
def test_calls(old, new, expected):
    assert said("c", C % f"{old} end(u);", C % f"{new} end(u);") == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("if mac != data:\n        raise E", "if mac[:4] != data[:4]:\n        raise E", ["length part"]),
        ("t = secrets.token_hex(32)", "t = secrets.token_hex(4)", ["randomness shorter"]),
        ("session_timeout = 60 * 30", "session_timeout = 60 * 60 * 24 * 30", ["bound"]),
        ("retry_timeout = 60 * 30", "retry_timeout = 60 * 60 * 24 * 30", []),
        ("session_age = timedelta(minutes=5)", "session_age = timedelta(days=5)", ["bound"]),
        ("h = bcrypt.gensalt(12)", "h = bcrypt.gensalt(4)", ["strength"]),
        ("h = bcrypt.gensalt(4)", "h = bcrypt.gensalt(12)", []),
        ("k = rsa.generate_private_key(65537, 2048)", "k = rsa.generate_private_key(65537, 1024)", ["strength"]),
    ],
)
def test_python(old, new, expected):
    assert said("python", PYTHON % old, PYTHON % new) == expected


def test_a_shorter_tag_and_links_that_are_followed():
    tag = "int n = EVP_CIPHER_CTX_ctrl(u->c, EVP_CTRL_AEAD_SET_TAG, %s, p);"
    assert said("c", C % (tag % 16), C % (tag % 4)) == ["strength"]
    assert said("c", C % (tag % 4), C % (tag % 16)) == []
    opened = "int n = open(p, O_RDONLY%s);"
    assert said("c", C % (opened % " | O_NOFOLLOW"), C % (opened % "")) == ["argument"]
    assert said("c", C % (opened % ""), C % (opened % " | O_NOFOLLOW")) == []


@pytest.mark.parametrize(
    ("bound", "expected"), [("len / 2", ["length cut"]), ("4", ["length few"]), ("n", []), ("len", [])]
)
def test_a_comparing_loop_that_ends_sooner(bound, expected):
    assert said("c", C % (LOOP % "len"), C % (LOOP % bound)) == expected


def test_masks_of_machine_code_where_a_file_was_asked_about():
    form = "int f(char *p) { int v; stat(p, &v); if (v & %s) return -1; end(p); return 0; }"
    assert said("c", form % "0x12", form % "0x2", "executable/elf") == ["mode tested"]
    assert (
        said("c", form.replace("stat", "look") % "0x12", form.replace("stat", "look") % "0x2", "executable/elf") == []
    )


GO_KEY = (
    "package a\nfunc f() ([]byte, error) {\n\tk := make([]byte, 32)\n\t_, err := rand.Read(%s)\n\treturn k, err\n}\n"
)


def test_only_a_part_of_a_key_is_drawn():
    assert said("go", GO_KEY % "k", GO_KEY % "k[:8]") == ["randomness part"]
    assert said("go", GO_KEY % "k[:8]", GO_KEY % "k") == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("nonce = md5(join(pid, time(), rand()))", "nonce = md5(join(pid, time(), host))", ["randomness undrawn"]),
        ("nonce = md5(join(pid, time(), rand()))", "nonce = md5(join(pid, time()))", ["randomness undrawn"]),
        ("nonce = md5(join(pid, time(), rand()))", "nonce = make_nonce(pid)", []),
        ("delay = base(pid, time(), rand())", "delay = base(pid, time())", []),
    ],
)
def test_a_secret_of_which_no_part_is_drawn_any_more(old, new, expected):
    assert said("python", PYTHON % old, PYTHON % new) == expected


def test_a_compressed_program_has_other_names_each_time():
    script = "function u(%s){if(typeof m)try{return q.randomBytes(%s)}catch(d){}var k;go(k=new U(%s));stop(k);return k}"
    old, new = script % (("b",) * 3), script % (("e",) * 3)
    assert "randomness another" not in said("javascript", old, new)


def test_all_of_a_fixed_text_is_compared():
    assert said("c", C % (TEST % 'memcmp(p, "open-key-v1", 39)'), C % (TEST % 'memcmp(p, "open-key-v1", 11)')) == []
    assert said("c", C % (TEST % 'memcmp(p, "open-key-v1", 11)'), C % (TEST % 'memcmp(p, "open-key-v1", 4)')) != []
    assert said("c", C % (TEST % 'strncmp(p, "open", 5)'), C % (TEST % 'strncmp(p, "open", 4)')) != []
