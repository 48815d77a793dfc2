"""An error is no yes."""

import pytest

from zoll.compare.statements import aligned
from zoll.compare.threefold import takes_errors
from zoll.compare.view import View
from zoll.parse.source import open_code


def taken(language, *texts):
    opened = [open_code(text.encode(), language) for text in texts]
    sides = [one.statements(one.code.functions[-1]) for one in opened]
    view = View(aligned(*sides))
    return [weak.new for place, other in view.partner.items() for weak in takes_errors(view, place, other)]


PHP = "<?php\nfunction f($a, $s, $k) {\n    $ok = %s($a, $s, $k);\n    if (%s) {\n        return false;\n    }\n"
PHP += "    return g($a);\n}\n"
C = "int f(EVP_MD_CTX *c) {\n    if (%s)\n        return -1;\n    return g(c);\n}\n"


def test_what_is_no_plain_no_passes():
    assert taken("php", PHP % ("openssl_verify", "$ok !== 1"), PHP % ("openssl_verify", "!$ok")) == ["!$ok"]
    ask = "EVP_DigestVerifyFinal(c, s, n)"
    assert len(taken("c", C % f"{ask} != 1", C % f"!{ask}")) == 1
    assert len(taken("c", C % f"{ask} <= 0", C % f"{ask} == 0")) == 1


@pytest.mark.parametrize(("call", "new"), [("openssl_verify", "$ok != 1"), ("strcmp", "!$ok")])
def test_what_is_asked_for_its_yes_or_knows_no_error_is_none(call, new):
    assert taken("php", PHP % (call, "$ok !== 1"), PHP % (call, new)) == []
