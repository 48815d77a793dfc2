"""Lines over TCP."""

import socket


class LinePeer:
    def __init__(self, host, port, timeout=5):
        self.socket = socket.create_connection((host, port), timeout=timeout)

    def send(self, line):
        self.socket.sendall(line.encode() + b"\n")

    def close(self):
        self.socket.close()
