import os
import pickle
import subprocess


def show(request, store):
    name = request.args["name"]
    subprocess.run(["git", "show", name], check=True)
    return subprocess.run(["sh", "-c", "true"])


def archive(root, names):
    out = os.path.join(root, "out.tar")
    with open(out, "wb") as fh:
        fh.write(b"")
    subprocess.run(["tar", "-cf", out, *names])


def again(path):
    with open(path, "rb") as fh:
        return pickle.loads(fh.read())


def tool(conf):
    settings = json.load(conf)
    subprocess.run([settings["dot"], "-v"])


def kept(path, dest):
    shutil.copy(path, dest)
    subprocess.run([path])
