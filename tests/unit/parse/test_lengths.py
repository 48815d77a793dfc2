"""Lengths of comparisons and draws."""

import pytest

from zoll.parse import code
from zoll.parse.code import Call, Statement
from zoll.parse.lengths import Length, cut, lengths, pointers_of, shortened, weakness, whole


def of(name, *args):
    statement = Statement("call", f"{name}({', '.join(args)})", 1, 1, calls=(Call(name, args),))
    return [(found.purpose, found.text) for found in lengths(statement)]


@pytest.mark.parametrize(
    ("name", "args", "expected"),
    [
        ("memcmp", ("a", "b", "n"), [("compared", "n")]),
        ("osmo_constant_time_cmp", ("a", "b", "16"), [("compared", "16")]),
        ("strncmp", ("a", '"Basic "', "6"), []),
        ("hmac.compare_digest", ("a[:4]", "b"), [("compared", "4")]),
        ("hmac.compare_digest", ("a[:2]", 'b"\\x00\\x02"'), []),
        ("hash_equals", ("$a", "substr($b, 0, strlen($a))"), [("compared", "strlen($a)")]),
        ("RAND_bytes", ("key", "32"), [("drawn", "32")]),
        ("getrandom", ("key", "16", "0"), [("drawn", "16")]),
        ("rng.fill_bytes", ("&mut key[..4]",), [("drawn", "4")]),
        ("secrets.token_hex", ("8",), [("drawn", "8")]),
        ("io.ReadFull", ("rand.Reader", "key[:8]"), [("drawn", "8")]),
        ("io.ReadFull", ("conn", "key[:8]"), []),
        ("secureRandom.nextBytes", ("new byte[4]",), [("drawn", "4")]),
        ("rng_.fill", ("key.data()", "key.size()"), [("drawn", "key.size()")]),
        ("std.fill", ("a", "b"), []),
        ("memcpy", ("a", "b", "n"), []),
    ],
)
def test_calls(name, args, expected):
    assert of(name, *args) == expected


def test_slices_of_a_test():
    test = code.Test("!=", "mac[:4]", "given[:4]")
    assert [
        found.text for found in lengths(Statement("condition", "if mac[:4] != given[:4]", 1, 1, tests=(test,)))
    ] == [
        "4",
        "4",
    ]
    assert list(whole(Statement("condition", "", 1, 1, tests=(code.Test("==", "a", " b "),)))) == [("a", "b")]


@pytest.mark.parametrize(
    ("text", "base", "amount"),
    [
        ("mac[0:n]", "mac", "n"),
        ("&a[..n]", "&a", "n"),
        ("t.slice(0, 8)", "t", "8"),
        ("Arrays.copyOf(a, b.length)", "a", "b.length"),
        ("h.Sum(nil)[:len(sig)]", "h.Sum(nil)", "len(sig)"),
        ("a[0, 4]", "a", "4"),
        ("a[4:]", "", ""),
        ("a[i]", "", ""),
    ],
)
def test_cut(text, base, amount):
    assert cut(text) == (base, amount)


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("16", ""),
        ("4", "few"),
        ("0", "none"),
        ("8 >> 1", "few"),
        ("n < 5 ? n : 4", "chosen"),
        ("min(n, 4)", "chosen"),
        ("n if ok else 0", "chosen"),
        ("len(a) & size()", "cut"),
        ("n % 8", "cut"),
        ("sizeof(mac)", ""),
        ("sizeof(mac) / sizeof(mac[0])", ""),
        ("sizeof(given)", "pointer"),
        ("sizeof(kind)", "other"),
        ("sizeof(struct mac)", ""),
        ("sizeof(int)", "few"),
        ("strlen(given)", "input"),
        ("MAC_LEN", ""),
        ("n", ""),
    ],
)
def test_weakness(text, how):
    assert weakness(Length("compared", "memcmp", text, ("mac", "given")), frozenset({"given"})) == how


@pytest.mark.parametrize(
    ("old", "new", "how"),
    [
        ("16", "4", "shorter"),
        ("4", "16", ""),
        ("n", "n / 2", "cut"),
        ("n", "n - 1", "shorter"),
        ("16", "n", "variable"),
        ("n", "16", ""),
        ("n", "4", "few"),
        ("sizeof(mac)", "sizeof(*mac)", "element"),
        ("sizeof(mac)", "MAC_LEN", ""),
        ("len", "length", ""),
        ("SHA256STRLEN - 1", "sizeof(e->data) - SHA256STRLEN", "cut"),
        ("MAC_LEN", "strlen(a) - MAC_LEN", "cut"),
        ("n", "end - start", ""),
        ("sizeof(a) - HEAD_LEN", "sizeof(b) - HEAD_LEN", ""),
    ],
)
def test_shortened(old, new, how):
    sides = ("mac", "given")
    assert shortened(Length("compared", "memcmp", old, sides), Length("compared", "memcmp", new, sides)) == how


def test_pointers():
    assert pointers_of(Statement("declare", "const char *a, b[4], *c = x", 1, 1)) == {"a", "c"}
    assert pointers_of(Statement("assign", "a = *b", 1, 1)) == frozenset()


def test_a_slice_that_a_comparing_method_is_asked_of():
    call = Call("want[].ct_eq", ("tag",))
    found = next(lengths(Statement("return", "want[..tag.len()].ct_eq(tag).into()", 1, 1, calls=(call,))))
    assert (found.text, found.sides, weakness(found)) == ("tag.len()", ("want", "tag"), "input")


def test_what_hands_out_bytes_is_the_whole():
    assert weakness(Length("compared", "memcmp", "m.mac.size()", ("mac.data()", "m.mac.data()"))) == "input"
    assert weakness(Length("drawn", "rng.fill", "sizeof(av.rand.data())", ("av.rand.data()",))) == "pointer"
