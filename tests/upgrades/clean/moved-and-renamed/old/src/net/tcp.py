"""Lines over TCP."""

import socket


class Peer:
    def __init__(self, host, port):
        self.socket = socket.create_connection((host, port), timeout=5)

    def send(self, line):
        self.socket.sendall(line.encode() + b"\n")

    def close(self):
        self.socket.close()
