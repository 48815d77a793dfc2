import pytest

from zoll.compare.choices import compare_choices, guarding_names, stands_for_none
from zoll.parse.code import Call, Literal, Statement


def said(old, new, kind="declare", calls=()):
    one = Statement(kind, old, 1, 1, calls=calls)
    return [(weak.value, weak.old, weak.new) for weak in compare_choices(one, Statement(kind, new, 1, 1))]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("o{Alg::NEA2, Alg::NEA1}", "o{Alg::NEA0, Alg::NEA2}", [("algorithm", "NEA1", "NEA0")]),
        ("o{Alg::NEA2, Alg::NEA1}", "o{Alg::NEA2, Alg::NEA3}", []),
        ("[]uint8{AlgNEA2}", "[]uint8{AlgNEA0, AlgNEA2}", [("algorithm", "", "AlgNEA0")]),
        ("auth = AuthMode::Required", "auth = AuthMode::None", [("argument", "Required", "None")]),
        ("auth = AuthMode::None", "auth = AuthMode::Required", []),
        ("f(AUTH_MD5, AUTH_PLAIN)", "f(AUTH_TYPE_MD5, AUTH_TYPE_PLAIN)", []),
        ("f(AUTH_ENCRYPTED)", "f(AUTH_NONE)", [("argument", "AUTH_ENCRYPTED", "AUTH_NONE")]),
        ("color = Palette::Red", "color = Palette::None", []),
        ('log("AuthMode::None")', 'log("AuthMode::Required")', []),
        ("mode = VERIFY_PEER | VERIFY_ONCE_CHECK", "mode = VERIFY_PEER", [("argument", "VERIFY_ONCE_CHECK", "")]),
        ("flags = O_RDONLY | O_NOFOLLOW", "flags = O_RDONLY", [("argument", "O_NOFOLLOW", "")]),
        ("open(p, O_CREAT | O_EXCL | O_NOFOLLOW)", "open(p, O_CREAT)", [("argument", "O_EXCL", "")]),
        ("open(p, O_CREAT | O_TRUNC | O_SYNC)", "open(p, O_CREAT)", []),
        ("flags = O_RDONLY | O_APPEND", "flags = O_RDONLY", []),
        ("text.gsub(RE) { |sign| mark + ESCAPES[sign] }", "text.gsub(RE) { |sign| mark + sign }", []),  # joins nothing
        (
            "return &tls.Config{ RootCAs: pool, A: b, }",
            "return &tls.Config{ A: b, }",
            [("argument", "RootCAs: pool", "")],
        ),
        ("return &tls.Config{ Name: pool, A: b, }", "return &tls.Config{ A: b, }", []),
    ],
)
def test_what_protects_less(old, new, expected):
    assert said(old, new) == expected


def test_a_case_that_takes_anything():
    old, new = "(Role::User, Action::Read) =>", "(Role::User, _) =>"
    assert said(old, new, "case") == [("enumeration", old, new)]
    assert not said(new, old, "case")


def test_a_guard_that_is_handed_on_no_more():
    old, new = 'admin := r.Group("/admin", s.auth(), s.adminOnly())', 'admin := r.Group("/admin", s.auth())'
    calls = (Call("r.Group", ('"/admin"', "s.auth()", "s.adminOnly()")),)
    assert said(old, new, calls=calls) == [("argument", "s.adminOnly()", "")]
    assert not said(old, old.replace("adminOnly", "requireAdmin"), calls=calls)


def test_guarding_names():
    assert guarding_names("api := r.Group(x, s.authMiddleware())") == {"authMiddleware"}
    assert guarding_names('api := r.Group("require_auth")') == set()


@pytest.mark.parametrize(
    ("name", "args", "fewer", "gone"),
    [
        ("in_array", ("$x", "$list", "true"), 2, "in_array: true"),
        ("in_array", ("$x", "$list"), 2, ""),
        ("implode", ("$x", "true"), 1, ""),
        ("unserialize", ("$x", "['allowed_classes' => false]"), 1, "unserialize: ['allowed_classes' => false]"),
        ("connect", ("$x", "{'verify': True}"), 1, "connect: {'verify': True}"),
        ("connect", ("$x", "{'cache': True}"), 1, ""),
        ("load", ("text", '"config"', '"t"', "{}"), 2, 'load: "t", {}'),
        ("load", ("text", '"config"', "nil", "env"), 2, ""),
    ],
)
def test_an_argument_that_made_a_call_strict(name, args, fewer, gone):
    one, two = (
        Statement("call", f"{name}({', '.join(given)})", 1, 1, calls=(Call(name, given),))
        for given in (args, args[:fewer])
    )
    assert [weak.old for weak in compare_choices(one, two)] == ([gone] if gone else [])


@pytest.mark.parametrize(
    ("old", "new", "gone"),
    [
        ("Cookie(secure=True, path=p)", "Cookie(path=p)", "secure: True"),
        ("verify(t, k, algorithms=['RS256'])", "verify(t, k)", "algorithms: ['RS256'"),
        ("verify(t, k, algorithms=None)", "verify(t, k)", ""),
        ("verify(t, k, cache=True)", "verify(t, k)", ""),
    ],
)
def test_an_option_that_is_left_out(old, new, gone):
    one, two = (Statement("call", text, 1, 1, calls=(Call(text.split("(")[0]),)) for text in (old, new))
    assert [weak.old for weak in compare_choices(one, two)] == ([gone] if gone else [])


@pytest.mark.parametrize(
    ("path", "none"),
    [
        ("nullEncryptionVersion", True),
        ("IntegrityAlg::NIA0", True),
        ("Mode::None", True),
        ("AUTH_NONE", True),
        ("None", False),
        ("nullptr", False),
        ("latestVersion", False),
        ("f(x)", False),
    ],
)
def test_stands_for_none(path, none):
    assert stands_for_none(path) is none


@pytest.mark.parametrize(
    ("argument", "new", "gone"),
    [("authBucketName", "buckets.Auth", False), ("authBucketName", "buckets.Plain", True), ("checkUser", "nil", True)],
)
def test_a_guard_that_got_a_dotted_name_is_handed_on(argument, new, gone):
    calls = (Call("tx.Range", (argument, "key")),)
    found = said(f"v := tx.Range({argument}, key)", f"v := tx.Range({new}, key)", calls=calls)
    assert bool(found) is gone


def test_a_mode_of_opening_that_is_left_out():
    calls = [Call("open", ("my $fh", *given)) for given in (("'<'", "$name"), ("$name",), ("'<'", "$other"))]
    one, two, three = (Statement("call", f"open({', '.join(call.args)})", 1, 1, calls=(call,)) for call in calls)
    assert [weak.old for weak in compare_choices(one, two)] == ["open: '<'"]
    assert not list(compare_choices(two, one))
    assert not list(compare_choices(one, three))


@pytest.mark.parametrize(
    ("given", "lost"),
    [
        ("$name", True),
        ('$name =~ /x/ ? $name : "< $name"', True),
        ('"< $name"', False),
        ('"<$name" . $end', False),
        ("own($name)", False),
    ],
)
def test_perls_open_is_given_its_mode_no_more(given, lost):
    sides = [Call("open", args) for args in (("$fh", '"<"', "$name"), ("$fh", given))]
    one, two = (Statement("call", f"open({', '.join(call.args)})", 1, 1, calls=(call,)) for call in sides)
    assert [weak.old for weak in compare_choices(one, two)] == (['open: "<"'] if lost else [])


@pytest.mark.parametrize(
    ("target", "new", "found"),
    [
        ("CIPHERS", "[AES_256_GCM, AES_256_CTR, CLEAR]", ["CLEAR"]),
        ("CIPHERS", "[AES_256_GCM, AES_256_CTR, AES_192_CTR]", []),
        ("COLOURS", "[AES_256_GCM, AES_256_CTR, CLEAR]", []),
    ],
)
def test_no_protection_in_a_list_of_algorithms(target, new, found):
    old = "[AES_256_GCM, AES_256_CTR]"
    sides = [Statement("assign", f"{target} = {value}", 1, 1, target=target, value=value) for value in (old, new)]
    assert [weak.new for weak in compare_choices(*sides)] == found


@pytest.mark.parametrize(
    ("form", "name", "found"),
    [
        ("app.conf.update(accept_content=%s)", "pickle", [("argument", "", "pickle")]),
        ("app.conf.update(accept_content=%s)", "msgpack", []),
        ("app.menu.update(jars=%s)", "pickle", []),
    ],
)
def test_a_format_that_runs_code_when_it_is_read(form, name, found):
    one, two = (
        Statement("call", form % names, 1, 1, literals=tuple(Literal(text, "string") for text in names))
        for names in (["json"], ["json", name])
    )
    assert [(weak.value, weak.old, weak.new) for weak in compare_choices(one, two)] == found


@pytest.mark.parametrize(
    ("new", "gone"),
    [
        ("r = rfc6052_4to6(prefix, dst)", False),
        ("r = nla_tdefs_reset(prefix)", False),
        ("r = nla_parse(tb, max, attr, NULL)", True),
        ("r = nla_parse_deprecated(tb, max, attr, NULL)", True),
    ],
)
def test_a_guard_is_gone_from_a_call_and_not_with_it(new, gone):
    old = "r = nla_parse(tb, max, attr, entry_policy)"
    found = said(old, new, calls=(Call("nla_parse", ("tb", "max", "attr", "entry_policy")),))
    assert bool(found) is gone


def test_a_level_of_errors_that_a_language_has_no_more_is_no_flag():
    assert not said("mask = E_WARNING | E_DEPRECATED | E_STRICT", "mask = E_WARNING | E_DEPRECATED")
    assert said("mask = O_CREAT | O_RDWR | O_NOFOLLOW", "mask = O_CREAT | O_RDWR")
