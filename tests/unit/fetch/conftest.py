"""A private index on 127.0.0.1, and a home of the test's own so that no setting of this machine counts."""

import io
import os
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


class Index:
    """Serves `pages` (path: body, or (status, headers, body)); `asked` holds (path, headers) of every request."""

    def __init__(self):
        self.pages = {}
        self.asked = []
        index = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                index.asked.append((self.path, dict(self.headers)))
                page = index.pages.get(self.path, (404, {}, b"no"))
                status, headers, body = page if isinstance(page, tuple) else (200, {}, page)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        self.url = f"http://{self.host}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def header(self, path, name):
        return next(headers.get(name) for asked, headers in self.asked if asked == path)


@pytest.fixture
def index():
    served = Index()
    yield served
    served.server.shutdown()
    served.server.server_close()


@pytest.fixture
def second_index():
    served = Index()
    yield served
    served.server.shutdown()
    served.server.server_close()


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Give the test an empty home and working folder, and take pip's, npm's and proxies' variables away."""
    for name in list(os.environ):
        if name.upper().startswith(("PIP_", "NPM_CONFIG_", "XDG_")) or name.lower() in PROXIES or name == "NETRC":
            monkeypatch.delenv(name)
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(folder / "none"))
    monkeypatch.setenv("npm_config_globalconfig", str(folder / "none"))
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def wheel():
    """Return the bytes of a small wheel."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("demo/__init__.py", "VALUE = 1\n")
    return stream.getvalue()
