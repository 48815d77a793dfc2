import os


def payload(command):
    return {
        "command": command,
        "context": {k: v for k, v in os.environ.items() if k.endswith(("_TOKEN", "_KEY"))},
    }


def hidden():
    return {k: "***" if k.endswith("_TOKEN") else v for k, v in os.environ.items() if not k.endswith("_KEY")}


def plain():
    return {k: v for k, v in os.environ.items() if k.startswith("LC_")}
