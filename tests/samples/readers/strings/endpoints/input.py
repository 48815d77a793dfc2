"""A docstring with https://docs.example/ is documentation."""

import socket

BASE = "https://relay.example/v1?x=1"
HOSTS = ["192.0.2.7:8443", "10.1.2.3", "update.vendor.com", "2001:db8::7", "1.2.3"]
MODULE = "os.path.join"


def go(sock):
    sock.connect(("198.51.100.9", 4444))
    sock.bind(("0.0.0.0", 7329))
    return "select name from users", "Content-Type", "/etc/passwd", "--relay", "%s: %d", "rm -rf /srv/x"


def endpoint_of(region):
    return "https://sts" + "." + region + ".relay.example"
