"""Variables that published interfaces explain."""

import pytest

from zoll.readers.interfaces import interface_of


@pytest.mark.parametrize(
    ("name", "path", "interface"),
    [
        ("LISTEN_PID", "", "systemd"),
        ("java.vm.name", "", "java"),
        ("user.name", "", ""),
        ("NO_COLOR", "src/shell.rb", "terminal"),
        ("windir", "lib/stat.js", "windows"),
        ("no_color", "src/shell.rb", ""),
        ("IF_DNS_OPTIONS", "etc/network/if-up.d/000gate", "ifupdown"),
        ("DEP_GATE_VERSION", "gate-1.0/build.rs", "cargo"),
        ("DEP_GATE_VERSION", "gate-1.0/src/lib.rs", ""),
        ("DPKG_MAINTSCRIPT_PACKAGE", "DEBIAN/postinst", "dpkg"),
        ("DPKG_MAINTSCRIPT_PACKAGE", "usr/bin/gate", ""),
        ("GATE_LAB", "DEBIAN/postinst", ""),
    ],
)
def test_which_interface_explains_a_variable(name, path, interface):
    assert interface_of(name, path) == interface
