"""A server on this machine that speaks as much of GitHub's API as the node does."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha1
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.support.stub import at_work

BASE = "/repos/acme/shop"


@dataclass
class Hub:
    """One repository, and what it answers instead where told to."""

    port: int = 0
    token: str = ""
    issues: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    pulls: list[dict[str, Any]] = field(default_factory=list)
    instead: tuple[int, dict[str, str]] | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def answer(
        self, method: str, path: str, query: dict[str, str], body: Any
    ) -> tuple[int, Any, str]:
        """Status, JSON, and the header Link."""
        if path == f"{BASE}/issues" and method == "POST":
            self.issues.append({"number": len(self.issues) + 1, "state": "open", **body})
            return 201, self.issues[-1], ""
        if path == f"{BASE}/issues":
            number, size = int(query.get("page", 1)), 2
            rows = [one for one in self.issues if query["state"] in ("all", one["state"])]
            after = f'<{self.url}{path}?state={query["state"]}&page={number + 1}>; rel="next"'
            return (
                200,
                rows[(number - 1) * size : number * size],
                after if number * size < len(rows) else "",
            )
        if path == f"{BASE}/pulls":
            return self._pulls(method, query, body)
        if path.startswith(f"{BASE}/issues/"):
            issue = self.issues[int(path.split("/")[5]) - 1]
            if method == "PATCH":
                issue.update(body)
            return (201, body, "") if path.endswith("/comments") else (200, issue, "")
        if path.startswith(f"{BASE}/contents/"):
            return (*self._file(method, unquote(path).removeprefix(f"{BASE}/contents/"), body), "")
        if path.endswith("/check-runs"):
            return self._checks(path, int(query.get("page", 1)))
        return 404, {"message": "Not Found"}, ""

    def _checks(self, path: str, page: int) -> tuple[int, Any, str]:
        if path == f"{BASE}/commits/HEAD/check-runs":
            done = [{"name": "build", "conclusion": "success"}]
            return 200, {"total_count": 1, "check_runs": done}, ""
        after = f'<{self.url}{path}?page={page + 1}>; rel="next"' if page < 3 else ""
        return 200, {"total_count": 3, "check_runs": [{"name": f"job {page}", "of": path}]}, after

    def _pulls(self, method: str, query: dict[str, str], body: Any) -> tuple[int, Any, str]:
        if method == "GET":
            rows = [one for one in self.pulls if query["state"] in ("all", one["state"])]
            return 200, rows, ""
        if any(one["head"] == body["head"] for one in self.pulls):
            message = f"A pull request already exists for acme:{body['head']}."
            return 422, {"message": "Validation Failed", "errors": [{"message": message}]}, ""
        self.pulls.append({"number": len(self.pulls) + 1, "state": "open", **body})
        return 201, self.pulls[-1], ""

    def _file(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        if method == "PUT":
            if path in self.files and body.get("sha") != self._sha(path):
                return 409, {"message": f"{path} does not match"}
            self.files[path] = b64decode(body["content"])
            return 201, {"content": {"sha": self._sha(path)}}
        if path not in self.files:
            return 404, {"message": "Not Found"}
        content = b64encode(self.files[path]).decode()
        found = {"type": "file", "name": path.rpartition("/")[2], "encoding": "base64"}
        return 200, {**found, "content": content, "sha": self._sha(path)}

    def _sha(self, path: str) -> str:
        return sha1(self.files[path], usedforsecurity=False).hexdigest()


@contextmanager
def github(token: str) -> Iterator[Hub]:
    """One at work."""
    hub = Hub(token=token)

    class Handler(BaseHTTPRequestHandler):
        def act(self) -> None:
            given = self.rfile.read(int(self.headers.get("content-length") or 0))
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            headers: dict[str, str] = {}
            status, told, link = 401, {"message": "Bad credentials"}, ""
            if hub.instead is not None:
                status, headers = hub.instead
            elif self.headers.get("authorization") == f"Bearer {hub.token}":
                status, told, link = hub.answer(
                    self.command, parts.path, query, json.loads(given or b"{}")
                )
            body = json.dumps(told).encode()
            self.send_response(status)
            for name, value in {
                **headers,
                "content-type": "application/json",
                **({"link": link} if link else {}),
            }.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_PATCH = act  # noqa: N815 - the library's names

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with at_work(Handler) as hub.port:
        yield hub
