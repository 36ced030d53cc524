"""A Lantern on this machine, which keeps what was sent to it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from headrace_plugin_lantern.account import LanternAccount

from headrace_sdk import Credential
from headrace_sdk.testing import make_credential


class Lantern(ThreadingHTTPServer):
    """Knows one token and one term; answers with the lines that a test puts in."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict[str, Any]] = []
        self.lines: list[dict[str, Any]] = [{"text": "Yes."}, {"used": [9, 2]}, {"end": "end"}]
        self.status = 200

    def account(self, token: str = "good") -> Credential:
        """A credential for it."""
        url = f"http://127.0.0.1:{self.server_address[1]}/"
        return make_credential(LanternAccount, server=url, token=token)


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Lantern

    def do_GET(self) -> None:
        """The glossary."""
        term = parse_qs(urlsplit(self.path).query)["term"][0]
        found = {"SLA": "An answer within four hours."}.get(term)
        self._answer(200 if found else 404, json.dumps({"meaning": found}))

    def do_POST(self) -> None:
        """A model's answer."""
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.asked.append(json.loads(body))
        self._answer(self.server.status, "\n".join(json.dumps(one) for one in self.server.lines))

    def _answer(self, status: int, body: str) -> None:
        if self.headers.get("authorization") != "Bearer good":
            status, body = 401, "unknown token"
        self.send_response(status)
        self.send_header("content-length", str(len(body.encode())))
        self.send_header("retry-after", "7")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def lantern() -> Iterator[Lantern]:
    """One that runs for a test."""
    with Lantern() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
