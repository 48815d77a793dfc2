import pytest

from zoll.parse.comparers import likely, measured, three_way
from zoll.parse.source import open_code


def folded(condition):
    opened = open_code(f"int f() {{ if ({condition}) return 1; return 0; }}".encode(), "c")
    statements = opened.statements(opened.code.functions[-1])
    test = next(one for one in statements if one.tests).tests[0]
    return test.op, test.left, test.literal and test.literal.text, test.length, test.negated


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('knot_dname_is_equal(key->name, (const dname *)"\\x07" "boot")', ("==", "key->name", "\x07boot", "", False)),
        ('!dns_name_equal(key, "boot")', ("==", "key", "boot", "", True)),
        ('pg_strcasecmp(user, "boot") == 0', ("==", "user", "boot", "", False)),
        ('ngx_strncmp(user, "boot", 4) != 0', ("!=", "user", "boot", "4", False)),
        ("knot_dname_is_equal(a, b)", ("truth", "knot_dname_is_equal(a, b)", None, "", False)),
        ('ck_assert_str_equal(a, "boot")', ("truth", 'ck_assert_str_equal(a, "boot")', None, "", False)),
    ],
)
def test_names_of_libraries_own(condition, expected):
    assert folded(condition) == expected


def test_forms_of_names():
    assert three_way("os_memcmp_const")
    assert not three_way("timingSafeEqual")
    assert measured("os_memcmp_const")
    assert not measured("xml_strcmp")
    assert likely("not_equal") == likely("is_less_or_equal") == ""
