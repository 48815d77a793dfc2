import os

MODE = os.environ.get("GATE_MODE", "plain")


def setup():
    return os.getenv("GATE_LAB") or os.environ["GATE_KEY"]
