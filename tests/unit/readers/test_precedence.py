"""Rules of a packet filter that are never reached."""

import pytest

from zoll.readers.precedence import overruled

DROP = "-A INPUT -p tcp --dport 22 -j DROP"
WIDE = "-A INPUT -p tcp -m tcp -j ACCEPT"
LOCAL = "-A INPUT -p tcp --dport 22 -s 192.0.2.0/24 -j ACCEPT"


def told(*lines):
    return [(rule, before) for _, rule, before in overruled(enumerate(lines, 1))]


def test_what_lets_pass_with_fewer_conditions_overrules():
    assert told(WIDE, LOCAL, DROP) == [(DROP, WIDE)]


@pytest.mark.parametrize(
    "lines",
    [
        (LOCAL, DROP, WIDE),
        ("-A FORWARD -p tcp -j ACCEPT", DROP),
        ("-t nat -A INPUT -p tcp -j ACCEPT", DROP),
        ("-A INPUT ! -p tcp -j ACCEPT", DROP),
        ("-A INPUT -i lo -j ACCEPT", DROP),
        ("-A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT", DROP),
        ("chain a {", "tcp dport 22 accept", "}", "chain b {", "tcp dport 22 drop"),
    ],
)
def test_other_orders_chains_and_conditions_do_not(lines):
    assert not told(*lines)


def test_chains_that_are_written_out():
    lines = ("chain input {", "tcp dport 22 accept", "ip saddr 192.0.2.7 tcp dport 22 counter drop")
    assert told(*lines) == [("ip saddr 192.0.2.7 tcp dport 22 counter drop", "tcp dport 22 accept")]
