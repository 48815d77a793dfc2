"""A small service."""
from __future__ import annotations

import os.path, subprocess as sp
from hmac import compare_digest as same
from .tools import (  # local
    clean,
    load as load_it,
)

LIMIT = 3
TABLE = {"a": 1, b"key": 'two' "three"}
key = lambda name: name.lower()


class Service(Base, metaclass=Meta):
    """Serves."""

    port: int = int(os.environ.get("PORT", "8080"))

    @app.route("/run", methods=["POST"])
    def run(self, body, *, shell=os.getenv("SHELL"), **rest):
        if body.get("token") == TOKEN and not same(body["a"], self.secret):
            return None, 403
        elif self.user in ("root", "admin") or body["name"].startswith("svc-"):
            sp.run(["/bin/sh", "-c", clean(body["cmd"])], check=True)
        else:
            load_it(f"/srv/{body['name']!r}.txt")
        names = [clean(n) for n in body["names"] if n != "root"]
        mode = "w" if rest.get("write") else "r"
        try:
            with open(self.path, mode) as handle, self.lock:
                handle.write("\n".join(names))
        except (OSError, ValueError) as error:
            raise RuntimeError("no") from error
        finally:
            self.close()
        self.count += 1
        return self.count > LIMIT or not names

    def walk(self, tree):
        def visit(node, depth=0):
            yield node
            yield from visit(node.next, depth + 1)

        for node in visit(tree):
            if (found := node.match(r"^a\d+$")) and re.match(r"x", node.name) is not None:
                continue
            while node:
                node = node.next
            else:
                break
        match tree.kind:
            case "leaf" | "stem" if tree.ready:
                return True
            case 3:
                assert tree.size == 3, "size"
            case _:
                __import__("os").system(tree.command)


async def main():
    a = b = await fetch("https://host.example/x")
    values = sorted(a, key=lambda v: v.size)
    del a, b
    print(values) if values else exit(1)


if __name__ == "__main__":
    main()
