"""A local server that answers by path and keeps what it received."""

from __future__ import annotations

import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        server = self.server
        length = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(length)
        server.seen.append((self.command, self.path, dict(self.headers), body))
        name, _, rest = self.path.lstrip("/").partition("/")
        getattr(self, f"answer_{name}", self.answer_plain)(rest)

    do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 - the library's names

    def _send(self, status, headers, body=b""):
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def answer_plain(self, rest):
        self._send(200, {"content-type": "text/plain"}, b"hello")

    def answer_redirect(self, rest):
        self._send(302, {"location": rest if "://" in rest else f"/{rest}"})

    def answer_loop(self, rest):
        self._send(302, {"location": "/loop"})

    def answer_bomb(self, rest):
        self._send(200, {"content-encoding": "gzip"}, gzip.compress(b"\0" * 20_000_000))

    def answer_endless(self, rest):
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(2_000):
                self.wfile.write(b"x" * 65_536)
        except OSError:
            pass

    def answer_slow(self, rest):
        time.sleep(1.0)
        self.answer_plain(rest)

    def answer_cut(self, rest):
        self.send_response(200)
        self.send_header("content-length", "1000")
        self.end_headers()
        self.wfile.write(b"only this")
        self.close_connection = True

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.seen = []
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
