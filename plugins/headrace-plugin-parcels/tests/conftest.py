"""A Parcelwise on this machine, which keeps what was sent to it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from headrace_plugin_parcels.account import ParcelwiseAccount

from headrace_sdk import Credential
from headrace_sdk.testing import make_credential

PAGE = 2
DEPOTS = [{"id": "ham", "name": "Hamburg"}, {"id": "muc", "name": "Munich"}]


class Parcelwise(ThreadingHTTPServer):
    """Knows one token; its lists have two rows a page, whatever is asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []
        self.parcels: list[dict[str, Any]] = []
        self.is_down = False

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def account(self, token: str = "good") -> Credential:
        """A credential for it."""
        return make_credential(ParcelwiseAccount, server=f"{self.url}/", token=token)

    def told(self, path: str, query: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """What a GET is answered with."""
        if path == "/account":
            return 200, {"company": "Acme"}
        rows = {"/depots": DEPOTS, "/parcels": self.parcels}.get(path)
        if rows is None:
            return 404, {"error": "no such list"}
        wanted = {name: query[name] for name in ("depot", "state") if name in query}
        found = [row for row in rows if wanted.items() <= row.items()]
        if query.get("order") == "newest":
            found.reverse()
        if query.get("after"):
            found = found[1 + [row["id"] for row in found].index(query["after"]) :]
        start = int(query.get("cursor", 0))
        end = start + PAGE
        return 200, {"rows": found[start:end], "next": end if end < len(found) else None}

    def book(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """What a POST is answered with."""
        if not body["address"]:
            return 422, {"error": "the address is missing"}
        parcel = {"id": f"p{len(self.parcels) + 1}", "state": "waiting", **body}
        self.parcels.append(parcel)
        return 201, parcel


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Parcelwise

    def do_GET(self) -> None:
        """Lists and the account."""
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self._answer(*self.server.told(parts.path, query))

    def do_POST(self) -> None:
        """A booking."""
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self._answer(*self.server.book(body))

    def _answer(self, status: int, told: dict[str, Any]) -> None:
        self.server.asked.append(self.path)
        if self.headers.get("authorization") != "Bearer good":
            status, told = 401, {"error": "unknown token"}
        if self.server.is_down:
            status, told = 503, {}
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.send_header("retry-after", "7")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def parcelwise() -> Iterator[Parcelwise]:
    """One that runs for a test."""
    with Parcelwise() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
