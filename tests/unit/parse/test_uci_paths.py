"""OpenWrt's unified configuration."""

from zoll.parse.kinds import kind_of
from zoll.parse.uci_paths import entries

TEXT = """# who may come in
config defaults
\toption input 'REJECT'  # nobody

config rule
\toption name "Allow Ping"
\toption src wan
\tlist proto 'icmp'
\tlist proto 'udp'

config login 'admin'
\toption password ''
"""


def test_a_section_is_known_by_its_name_or_its_option():
    assert [(one.path, one.value) for one in entries(TEXT)] == [
        ("defaults.input", "REJECT"),
        ("rule Allow Ping.name", "Allow Ping"),
        ("rule Allow Ping.src", "wan"),
        ("rule Allow Ping.proto[]", "icmp"),
        ("rule Allow Ping.proto[]", "udp"),
        ("login admin.password", ""),
    ]


def test_options_of_one_section_are_siblings():
    found = list(entries(TEXT))
    assert found[1].group == found[2].group != found[0].group


def test_its_files_are_told_by_what_they_hold():
    assert kind_of("etc/config/firewall", TEXT.encode()) == "config/uci"
    assert kind_of("config", b"config = 1\noption = 2\n") != "config/uci"
