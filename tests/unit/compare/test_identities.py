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
