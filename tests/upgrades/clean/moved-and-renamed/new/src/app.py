from transport.lines import LinePeer


def main():
    peer = LinePeer("127.0.0.1", 9000)
    peer.send("hello")
    peer.close()
