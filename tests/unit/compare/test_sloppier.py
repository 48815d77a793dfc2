import pytest

from zoll.compare.sloppier import of_operator, of_part, of_quantor, of_repeat
from zoll.parse.code import Call, Statement


def both(old, new):
    return [Statement("return", text, 1, 1) for text in (old, new)]


def said(found):
    return [(weak.old, weak.new) for weak in found]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("return $a === $b", "return $a == $b", [("===", "==")]),
        ("return $a == $b", "return $a === $b", []),
        ("if (a !== b && c)", "if (a != b && c)", [("!==", "!=")]),
        ("if (a !== b)", "if (a === b)", []),
        ("return await check(a)", "return check(a)", [("await check(a)", "check(a)")]),
        ("return check(a)", "return await check(a)", []),
        ("if (!(await fits(a, b(c))))", "if (!fits(a, b(c)))", [("await fits(a, b(c))))", "fits(a, b(c)))")]),
        ("if (!fits(a))", "if (!(await fits(a)))", []),
        ("return $a eq $b", "return $a == $b", [("eq", "==")]),
        ("return $a == $b", "return $a eq $b", []),
        ("return (a & bit) == bit", "return (a & bit) != 0", [("(a & bit) == bit", "(a & bit) != 0")]),
        ("return (have & need).any()", "return (have & need) == need", []),
        ("v = o.verify !== false", "v = o.verify === true", [("o.verify !== false", "o.verify === true")]),
        ("v = o.colour !== false", "v = o.colour === true", []),
    ],
)
def test_the_type_is_asked_for_no_more(old, new, expected):
    assert said(of_operator(*both(old, new))) == expected


def test_a_promise_that_is_handed_on_is_waited_for_by_the_caller():
    one, two = both("return await subtle.sign(a)", "return subtle.sign(a)")
    assert not said(of_operator(one, two, "javascript"))
    assert said(of_operator(one, two, "python"))
    assert said(of_operator(*both("return await check(a) && b", "return check(a) && b"), "javascript"))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("names.any(|n| n == name)", "names.any(|n| n.starts_with(name))", [("==", "starts_with")]),
        ("names.any(|n| n.starts_with(name))", "names.any(|n| n == name)", []),
        ("want.ct_eq(tag).into()", "want.as_slice() == tag", [("ct_eq", "==")]),
        ("return want.as_slice() == tag", "return want.ct_eq(tag).into()", []),
        ("strncmp(u, p, 2) == 0", "starts_with(u, p)", []),
        ("substr($a, 0, 2) == $b", "str_starts_with($a, $b)", []),
        ("$a[0] == '/'", "str_starts_with($a, '/')", []),
        ("f(a) == b", "g(a) == b", []),
        ("path.relative_to(root)", "str(path).index(str(root))", [("relative_to", "index")]),
        ("str(path).index(str(root))", "path.relative_to(root)", []),
    ],
)
def test_a_part_of_what_was_equal(old, new, expected):
    assert said(of_part(*both(old, new))) == expected


def test_any_instead_of_all():
    one, two = (Statement("return", "", 1, 1, calls=(Call(f"x.{name}"),)) for name in ("all", "any"))
    assert said(of_quantor(one, two, rejecting=False)) == [("all", "any")]
    assert not said(of_quantor(one, two, rejecting=True))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("return h.replace(/<b/gi, x)", "return h.replace(/<b/i, x)", [("/gi", "/i")]),
        ("return h.replace(/<b/i, x)", "return h.replace(/<b/gi, x)", []),
        ("$p =~ s/a//g", "$p =~ s/a//", [("/g", "/")]),
        ('p.replace("../", "")', 'p.replace("../", "", 1)', [('p.replace("../", "")', 'p.replace("../", "", 1)')]),
        ("re.sub(a, b, c)", "re.sub(a, b, c, count=1)", [("re.sub(a, b, c)", "re.sub(a, b, c, count=1)")]),
        ("f(a, 2)", "f(a, 2, 3)", []),
        ("user.split(':')", "user.split(':', 1)", []),
        ("sub_2b840(sub_3b30_result)", "sub_2b840(sub_3b30_result, 1)", []),
        ("bus.subscribe(topic)", "bus.subscribe(topic, 1)", []),
        ("resolve_source_replacement(record)", "resolve_source_replacement(record, 1)", []),
        ("replace(record)", "replace(record, 1)", []),
        ("preg_replace(a, b, c)", "preg_replace(a, b, c, 1)", [("preg_replace(a, b, c)", "preg_replace(a, b, c, 1)")]),
    ],
)
def test_only_the_first_is_replaced(old, new, expected):
    assert said(of_repeat(*both(old, new))) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("if aud not in claims:", "if not any(c.startswith(aud) for c in claims):", [("in", "startswith")]),
        ("if all(aud not in c for aud in own)", "if not any(c.startswith(aud) for aud in own)", [("in", "startswith")]),
        ("for c in claims:", "for c in claims: c.startswith(aud)", []),
        ("if not any(c.startswith(aud) for c in claims):", "if aud not in claims:", []),
    ],
)
def test_being_one_of_several_that_became_beginning_like_one(old, new, expected):
    assert said(of_part(*both(old, new))) == expected


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("if not path.startswith(root):", [("is_relative_to", "startswith")]),
        ('if not path.startswith("/"):', [("is_relative_to", "startswith")]),
        ("if path != root and not path.startswith(root + os.sep):", []),
        ('if not path.startswith(f"{root}/"):', []),
    ],
)
def test_a_folder_with_the_sign_that_ends_its_name_holds_what_is_beneath_it(new, expected):
    assert said(of_part(*both("if not path.is_relative_to(root):", new))) == expected


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("result = t.word[0] | t.word[1]", "result = t.word[0] & t.word[1]", True),
        ("diff |= a[i] ^ b[i]", "diff &= a[i] ^ b[i]", True),
        ("return (a ^ b) | (c ^ d)", "return (a ^ b) & (c ^ d)", True),
        ("ret = strcmp(a, b) | strcmp(c, d)", "ret = strcmp(a, b) & strcmp(c, d)", True),
        ("rc = O_RDONLY | O_CREAT", "rc = O_RDONLY & O_CREAT", False),
        ("mode = read | write", "mode = read & write", False),
        ("if (ret || diff)", "if (ret && diff)", False),
    ],
)
def test_what_differs_in_one_part_only(old, new, told):
    found = [weak for weak in of_operator(*both(old, new)) if weak.how == "gathered"]
    assert [(weak.old, weak.new) for weak in found] == ([(old, new)] if told else [])
