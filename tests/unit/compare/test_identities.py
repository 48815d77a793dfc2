"""An identity that is only laid down for a while is told from one that is laid down for good."""

import pytest

from zoll.compare.identities import keeps_identity
from zoll.parse.code import Call, Statement


def told(old, new, later=()):
    sides = [[Statement("call", "", 1, 1, calls=tuple(Call(name, args) for name, args in side))] for side in (old, new)]
    sides[1] += [Statement("call", "", 2, 2, calls=(Call(name, args),)) for name, args in later]
    return list(keeps_identity(sides, 0, 0))


def call(name, *args):
    return ((name, args),)


@pytest.mark.parametrize(
    ("old", "new", "weaker"),
    [
        (call("setuid", "pw->pw_uid"), call("seteuid", "pw->pw_uid"), True),
        (call("os.setgid", "gid"), call("os.setegid", "gid"), True),
        (call("posix_setuid", "$uid"), call("posix_seteuid", "$uid"), True),
        (call("setresuid", "u", "u", "u"), call("setresuid", "-1", "u", "-1"), True),
        (call("setresuid", "u", "u", "u"), call("setreuid", "(uid_t)-1", "u"), True),
        (call("permanently_set_uid", "pw"), call("temporarily_use_uid", "pw"), True),
        (call("seteuid", "u"), call("setuid", "u"), False),
        (call("setuid", "u"), call("setresuid", "u", "u", "u"), False),
        (call("setuid", "u"), call("setegid", "g"), False),
        (call("setgid", "g"), call("setuid", "u"), False),
        (call("setresuid", "-1", "u", "-1"), call("setresuid", "-1", "v", "-1"), False),
        (call("setattr", "u"), call("setenv", "u"), False),
    ],
)
def test_keeping_the_way_back_is_told(old, new, weaker):
    assert bool(told(old, new)) == weaker


def test_what_is_laid_down_for_good_later_is():
    old, new = call("setuid", "u"), call("seteuid", "u")
    assert told(old, new, call("setgid", "g"))
    assert not told(old, new, old)


@pytest.mark.parametrize(
    ("old", "new", "later", "how"),
    [
        (call("getuid"), call("geteuid"), call("setuid", "u"), ["effective"]),
        (call("getgid"), call("getegid"), call("initgroups", "n", "g") + call("setgid", "g"), ["effective"]),
        (call("getuid"), call("geteuid"), (), []),
        (call("geteuid"), call("getuid"), call("setuid", "u"), []),
        (call("setresuid", "u", "u", "u"), call("setresuid", "u", "u", "0"), (), ["kept"]),
        (call("setresuid", "u", "u", "u"), call("setresuid", "0", "0", "0"), (), []),
    ],
)
def test_who_is_asked_for_and_what_is_saved(old, new, later, how):
    assert [weak.how for weak in told(old, new, later)] == how


def test_a_program_that_goes_on_with_its_rights_is_told():
    fatal, warn = (Statement("call", "", 2, 2, 0, "then", calls=(Call(name, ()),)) for name in ("fatal", "log_warn"))
    asked = Statement("condition", "if (pw == NULL)", 1, 1)
    left = Statement("return", "return", 3, 3, 0, "then")
    drops = Statement("call", "", 4, 4, calls=(Call("setuid", ("u",)),))
    assert [weak.how for weak in keeps_identity(([asked, fatal, drops], [asked, warn, left, drops]), 1, 1)] == [
        "undropped"
    ]
    assert not list(keeps_identity(([asked, fatal, drops], [asked, warn, left]), 1, 1))
