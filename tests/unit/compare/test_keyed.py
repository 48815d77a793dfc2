"""Keys and nonces made of less, and what only looks so."""

import pytest

from zoll.compare.change import Side, compare
from zoll.model import Pair, Part, Place
from zoll.parse.source import open_code

C = "int seal(uint8_t *key, uint8_t *iv, int n)\n{\n%s\tuse(iv, key);\n\treturn 0;\n}\n"
PYTHON = "def seal(self, name, salt, body):\n    %s\n    return self.box(key, nonce, body)\n"
GO = "package a\nfunc seal(a A) []byte {\n\tnonce := make([]byte, a.NonceSize())\n%s\treturn a.Seal(nonce)\n}\n"


def said(language, old, new):
    pair = Pair(*(Part(Place(("a",), "seal"), f"code/{language}", digest, 1) for digest in "12"), "name")
    gained = compare(pair, side(language, old), side(language, new)).gained
    found = (one.fact for one in gained if (one.fact.kind, one.fact.value) == ("weaker", "randomness"))
    return [fact.trait("how") for fact in found]


def side(language, text):
    opened = open_code(text.encode(), language)
    function = max(opened.code.functions, key=lambda one: len(opened.statements(one)))
    return Side(opened.statements(function), (), text.split("\n"), (function.line, function.end))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "key = pbkdf2_hmac('sha256', self.passphrase, salt, n)",
            "key = pbkdf2_hmac('sha256', host.serial, salt, n)",
            ["tellable"],
        ),
        ("key = scrypt(self.passphrase, salt)", "key = scrypt(self.public_key, salt)", ["tellable"]),
        ("key = load_key(self.path)", "key = sha256(socket.gethostname())", ["tellable"]),
        ("key = derive_secret(self.file)", "key = derive_secret(self.private, peer_public_key)", []),
        (
            "key = pbkdf2_hmac('sha256', self.passphrase, salt, n)",
            "key = pbkdf2_hmac('sha256', self.phrase, salt, n)",
            [],
        ),
        ("key = scrypt(name, salt, user_name)", "key = scrypt(name, salt, user_name, 32)", []),
        ("key = load_key(self.path)", "key = load_key(self.path, version)", []),
        ("path = load_path(self.path)", "path = join(self.root, hostname())", []),
        ("nonce = os.urandom(12)", "nonce = self._nonce", ["once"]),
        ("nonce = os.urandom(12)", "nonce = self._next_nonce()", []),
        ("nonce = os.urandom(12)", "nonce = secrets.token_bytes(12)", []),
    ],
)
def test_values(old, new, expected):
    assert said("python", PYTHON % old, PYTHON % new) == expected


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("\tmemcpy(iv, key, 12);\n", ["unfilled"]),
        ("", ["unfilled"]),
        ("\tif (getrandom(iv, 12, 0) != 12)\n\t\treturn -1;\n", []),
        ("\tif (new_nonce(iv, 12))\n\t\treturn -1;\n", []),
    ],
)
def test_buffers(new, expected):
    assert said("c", C % "\tif (RAND_bytes(iv, 12) != 1)\n\t\treturn -1;\n", C % new) == expected


def test_reader_of_go():
    old = GO % "\tif _, err := io.ReadFull(rand.Reader, nonce); err != nil {\n\t\treturn nil\n\t}\n"
    assert said("go", old, GO % "") == ["unfilled"]
    assert said("go", old, GO % "\tif _, err := rand.Read(nonce); err != nil {\n\t\treturn nil\n\t}\n") == []


def test_drawn_by_who_calls():
    old = C % "\tif (RAND_bytes(iv, 12) != 1)\n\t\treturn -1;\n"
    assert said("c", old.replace(", uint8_t *iv", "").replace("{\n", "{\n\tuint8_t iv[12];\n", 1), C % "") == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("key = self.keys.load('a')", "key = self.keys.load('a') or b'8f2c1be07d94a653'", ["fallback"]),
        ("key = self.keys.load('a')", "key = self.keys.load('a') or self.old", []),
        ("mode = self.modes.load('a')", "mode = self.modes.load('a') or 'interactive'", []),
        ("nonce = secrets.randbelow(self.n)", "nonce = secrets.randbelow(self.n >> 32)", ["part"]),
        ("nonce = secrets.randbelow(self.n)", "nonce = secrets.randbelow(self.n - 1)", []),
    ],
)
def test_fallbacks_and_bounds(old, new, expected):
    assert said("python", PYTHON % old, PYTHON % new) == expected


def test_the_number_of_a_process_and_the_time_are_no_draw_in_perl_either():
    old = "sub seal {\n    my ($user) = @_;\n    my $id = sha256_hex(urandom(32));\n    return $id;\n}\n"
    assert said("perl", old, old.replace("urandom(32)", "join ':', $user, $$, int(time / 60)")) == ["tellable"]
    assert said("perl", old, old.replace("sha256_hex(urandom(32))", "unpack 'H*', urandom(32)")) == []
