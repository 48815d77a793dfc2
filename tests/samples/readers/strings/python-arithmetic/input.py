def serve(app, address):
    server = http.server.HTTPServer(app, max_size=2**32)
    sock.bind((address, 4 * 1024))
    sock.bind((address, 8080))
