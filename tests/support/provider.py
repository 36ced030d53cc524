"""An OAuth 2 provider on this machine that keeps to the rules, with refresh tokens for one use."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.stub import at_work

CLIENT_SECRET = "client-canary-9d2c"


@dataclass
class Provider:
    """Asked at `/token`; `/me` accepts the newest access token, other paths echo their headers."""

    port: int = 0
    expires_in: int = 3600
    asked: list[dict[str, str]] = field(default_factory=list)
    challenge: str = ""
    refresh_token: str = ""
    access_token: str = ""
    gives_none: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def consent(self, address: str) -> dict[str, str]:
        """What the browser of a person who agrees is sent back with."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert query["code_challenge_method"] == "S256"
        self.challenge = query["code_challenge"]
        return {"state": query["state"], "code": "good"}

    def answer(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        with self.lock:
            self.asked.append(form)
            if self.gives_none or not self._accepts(form):
                return 400, {"error": "invalid_grant", "error_description": str(form)}
            self.access_token = f"access-canary-{secrets.token_hex(6)}"
            given = {"access_token": self.access_token, "token_type": "Bearer"}
            if form["grant_type"] != "client_credentials":
                self.refresh_token = given["refresh_token"] = secrets.token_hex(12)
            return 200, {**given, "expires_in": self.expires_in}

    def _accepts(self, form: dict[str, str]) -> bool:
        kind = form["grant_type"]
        if kind == "authorization_code":
            digest = hashlib.sha256(form["code_verifier"].encode()).digest()
            made = base64.urlsafe_b64encode(digest).decode().rstrip("=")
            return form["code"] == "good" and made == self.challenge
        if kind == "refresh_token":
            return form["refresh_token"] == self.refresh_token
        return form["secret"] == CLIENT_SECRET


@contextmanager
def providing() -> Iterator[Provider]:
    """A provider at work."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            scheme, _, text = self.headers.get("authorization", "").partition(" ")
            if scheme == "Basic":
                client, _, secret = base64.b64decode(text).decode().partition(":")
                form |= {"client_id": client, "secret": secret}
            self.send(*provider.answer(form))

        def do_GET(self) -> None:
            if self.path == "/me":
                told = self.headers.get("authorization")
                is_known = told == f"Bearer {provider.access_token}"
                self.send(200 if is_known else 401, {})
            else:
                self.send(int(self.path[1:]), {"you sent": dict(self.headers.items())})

        def send(self, status: int, value: dict[str, Any]) -> None:
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with at_work(Handler) as provider.port:
        yield provider
