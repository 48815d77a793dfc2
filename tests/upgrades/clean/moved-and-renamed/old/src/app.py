from net.tcp import Peer


def main():
    peer = Peer("127.0.0.1", 9000)
    peer.send("hello")
    peer.close()
