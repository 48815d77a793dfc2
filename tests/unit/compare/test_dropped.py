"""Safeguards that are gone, and their duty; whole functions are held in test_weakening."""

from zoll.compare.dropped import lost_safeguards
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.code import Call, Statement


def call(name, *args):
    return Statement("call", f"{name}({', '.join(args)})", 1, 1, calls=(Call(name, args),))


def lost(old, new):
    return [found.value for found in lost_safeguards(View(aligned(old, new)))]


def test_a_wipe_of_a_key():
    use = Statement("other", "key + pad", 1, 1)
    assert lost([use, call("memset", "key", "0", "32")], [use]) == ["wipe"]
    assert lost([use, call("memset", "pad", "0", "32")], [use]) == []


def test_a_log_that_was_replaced():
    assert lost([call("syslog", "x")], [call("audit", "x")]) == []
    assert lost([call("syslog", "x"), call("go")], [call("go")]) == ["log"]
    assert lost([call("log.debug", "x"), call("go")], [call("go")]) == []


def test_a_logarithm_is_no_log():
    assert lost([call("math.log", "x"), call("go")], [call("go")]) == []
    assert lost([call("log2", "x"), call("go")], [call("go")]) == []
