def serve(sock, address):
    sock.bind(("192.0.2.7", 4444))
    sock.listen(100)
