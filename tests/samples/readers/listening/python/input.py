import socket

HOST = "0.0.0.0"


def serve(host, port):
    s = socket.socket()
    try:
        s.bind((host, port))
    except OSError:
        s.bind(("", port))
    run_server(host="localhost", port=port)
    print("0.0.0.0 is not an answer")
