"""What was taken for another of its kind."""

import pytest

from zoll.compare.exchanged import exchanges
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code

OLD = """
int f(struct req *r) {
    if (!check(response_key, request_key))
        return -1;
    if (v == 3)
        return nasty(v3pkt->buffer, MODE_READ);
    use(v2pkt->buffer, r->group, r->linkname, MODE_APPEND);
    return go(request_key, r->linkname);
}
"""


def found(old, new, name="f", language="c"):
    sides = []
    for text in (old, new):
        opened = open_code(text.encode(), language)
        function = next(one for one in opened.code.functions if one.name == name)
        sides.append(opened.statements(function))
    view = View(aligned(*sides), old.split("\n"), new.split("\n"), language=language)
    return [(one.fact.value, one.fact.trait("old"), one.fact.trait("new")) for one in exchanges(view)]


def test_one_side_of_something_for_the_other():
    new = OLD.replace("check(response_key, request_key)", "check(request_key, request_key)").replace(
        "return -1", "use(response_key)"
    )
    assert found(OLD, new) == [("opposites", "response_key", "request_key")]


def test_names_that_differ_in_a_word():
    assert found(OLD, OLD.replace("nasty(v3pkt", "nasty(v2pkt").replace("v == 3", "v3pkt")) == [
        ("kin", "v3pkt", "v2pkt")
    ]


def test_fields_and_constants():
    assert found(OLD, OLD.replace("go(request_key, r->linkname", "go(request_key, r->group")) == [
        ("fields", "linkname", "group")
    ]
    new = OLD.replace("buffer, MODE_READ", "buffer, MODE_APPEND") + "int g(void) { return MODE_READ; }\n"
    assert found(OLD, new) == [("constants", "MODE_READ", "MODE_APPEND")]


def test_arguments_that_changed_places():
    new = OLD.replace("check(response_key, request_key)", "check(request_key, response_key)")
    assert found(OLD, new) == [("arguments", "response_key, request_key", "request_key, response_key")]
    assert found(OLD.replace("check", "memcmp"), new.replace("check", "memcmp")) == []


def test_a_renaming_is_none():
    assert found(OLD, OLD.replace("v3pkt", "v4pkt")) == []
    assert found(OLD, OLD.replace("response_key", "reply_key")) == []


def test_a_field_told_more_fully_is_none():
    old = "int f(struct b *b) {\n    use(b->bts_nr);\n    return go(b->nr);\n}\nint g(struct b *b) { return b->nr; }\n"
    assert found(old, old.replace("go(b->nr)", "go(b->bts_nr)")) == []


WHY = """
int f(struct rrset *r, int *reason, int *result) {
    if (!r->count) {
        *reason = EDE_SIGS_MISSING;
        *result = SEC_BOGUS;
        return bogus(r);
    }
    note(EDE_SIGS_BOGUS, SEC_SECURE);
    return go(r);
}
"""


def test_another_reason_for_the_same_failure_is_no_exchange():
    new = WHY.replace("reason = EDE_SIGS_MISSING", "reason = EDE_SIGS_BOGUS").replace(
        "note(EDE", "note(EDE_SIGS_MISSING, EDE"
    )
    assert found(WHY, new) == []


def test_another_result_is():
    new = WHY.replace("result = SEC_BOGUS", "result = SEC_SECURE").replace("note(EDE", "note(SEC_BOGUS, EDE")
    assert found(WHY, new) == [("constants", "SEC_BOGUS", "SEC_SECURE")]


FORMS = {
    "c": "int g(struct s *s)\n{{\n\t{};\n\treturn 0;\n}}\n",
    "python": "def g(s, user, role, own_key, peer_key):\n    {}\n    return s\n",
    "go": "package a\nfunc g(c *Conn) {{\n\t{}\n\tuse(s)\n}}\n",
    "javascript": "function g(a) {{\n  {}\n  return o;\n}}\n",
}


def _swapped(language, old, new):
    sides = []
    for line in (old, new):
        opened = open_code(FORMS[language].format(line).encode(), language)
        sides.append(opened.statements(next(one for one in opened.code.functions if one.name == "g")))
    return [found.fact.value for found in exchanges(View(aligned(*sides)))]


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("c", "derive(s->secret, s->secret_len, s->name, s->len)", "derive(s->name, s->len, s->secret, s->secret_len)"),
        ("python", "grant(user=user, role=role)", "grant(user=role, role=user)"),
        ("python", 'x = {"own": own_key, "peer": peer_key}', 'x = {"own": peer_key, "peer": own_key}'),
        ("go", "s := St{Local: c.localKey, Remote: c.peerKey}", "s := St{Local: c.peerKey, Remote: c.localKey}"),
        (
            "javascript",
            "const o = { clientKey: a.c, serverKey: a.s };",
            "const o = { clientKey: a.s, serverKey: a.c };",
        ),
    ],
)
def test_the_same_ones_in_another_order(language, old, new):
    assert _swapped(language, old, new) == ["arguments"]


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("c", "draw(s->x, s->y, s->w, s->h)", "draw(s->w, s->h, s->x, s->y)"),
        ("go", "rotate(c.oldKey, c.newKey, c.now)", "rotate(c.now, c.oldKey, c.newKey)"),
        ("go", 'fmt.Errorf("dial url=%s, error=%v", t.URL, err)', 'fmt.Errorf("dial error=%v, url=%s", err, t.URL)'),
        ("python", "grant(user=user, role=role)", "grant(role=role, user=user)"),
        ("python", 'x = {"own": own_key, "peer": peer_key}', 'x = {"peer": peer_key, "own": own_key}'),
        ("go", "s := St{Width: c.w, Height: c.h}", "s := St{Width: c.h, Height: c.w}"),
        (
            "javascript",
            "const o = { clientKey: a.c, serverKey: a.s };",
            "const o = { clientKey: a.c, serverKey: a.t };",
        ),
    ],
)
def test_other_orders_mean_nothing(language, old, new):
    assert _swapped(language, old, new) == []


def test_one_parameter_for_another_of_its_type():
    old = """
int f(PACKET *packet, PACKET *original, const char *secret) {
    update(&ctx, original->vector, 16);
    return finish(&ctx, packet->vector);
}
"""
    assert found(old, old.replace("update(&ctx, original", "update(&ctx, packet")) == [("kin", "original", "packet")]
    assert not found(old, old.replace("update(&ctx, original", "update(&ctx, secret"))


def test_a_group_for_a_user():
    old = "int f(int fd) {\n    if (cr.uid != 0)\n        return -1;\n    return fd;\n}\n"
    assert found(old, old.replace("cr.uid", "cr.gid")) == [("opposites", "uid", "gid")]
