#!/usr/bin/env python3
"""Talk to the management session of a small cell from a shell.

usage: scctl [--host HOST] [--port PORT] [--user USER] [--secret-file FILE] COMMAND ...
"""

import argparse
import hashlib
import hmac
import pathlib
import socket
import sys

DEFAULT_PORT = 7710


class Refused(Exception):
    """The small cell did not let us in, or did not do what was asked."""


class Session:
    """One logged-in management session."""

    def __init__(self, host, port, timeout=10.0):
        self.peer = socket.create_connection((host, port), timeout=timeout)
        self.lines = self.peer.makefile("r", encoding="ascii", newline="\n")
        self.banner = self.read()

    def read(self):
        line = self.lines.readline()
        if not line:
            raise Refused("the small cell closed the session")
        return line.rstrip("\n")

    def say(self, line):
        self.peer.sendall(line.encode("ascii") + b"\n")

    def login(self, user, secret):
        self.say(f"login {user}")
        word, _, challenge = self.read().partition(" ")
        if word != "challenge":
            raise Refused(challenge)
        self.say("response " + respond(secret, bytes.fromhex(challenge)))
        word, _, rest = self.read().partition(" ")
        if word != "welcome":
            raise Refused(rest)
        return rest

    def ask(self, line):
        """Send one command; give the lines before the closing word."""
        self.say(line)
        answer = []
        while True:
            got = self.read()
            if got == "ok":
                return answer
            if got.startswith("error "):
                raise Refused(got.removeprefix("error "))
            answer.append(got)


def respond(secret, challenge):
    """Response to a challenge, as docs/management.md describes."""
    return hmac.new(secret, challenge, hashlib.sha256).hexdigest()


def read_secret(path):
    return bytes.fromhex(pathlib.Path(path).read_text(encoding="ascii").strip())


def arguments(words):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    parser.add_argument("--user", default="operator")
    parser.add_argument("--secret-file", default="/etc/small-cell/scctl.secret")
    parser.add_argument("command", nargs="+")
    return parser.parse_args(words)


def main(words=None):
    asked = arguments(words)
    try:
        session = Session(asked.host, asked.port)
        session.login(asked.user, read_secret(asked.secret_file))
        for line in session.ask(" ".join(asked.command)):
            print(line)
    except (OSError, Refused) as trouble:
        print(f"scctl: {trouble}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
