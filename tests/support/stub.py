"""A server on this machine that counts who calls it, and answers as a test wants it to."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from urllib.parse import parse_qs, urlsplit


@dataclass
class Stub:
    """Calls by path and query. `?status=503&times=2` fails twice; `?delay_s=0.2` takes its time,
    `?bytes=9000` answers with so much text.

    `busiest` is how many calls below a first folder were under way at one time, at most.
    """

    port: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    keys: dict[str, set[str]] = field(default_factory=dict)
    busy: Counter[str] = field(default_factory=Counter)
    busiest: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str) -> str:
        """The address of a path here."""
        return f"http://127.0.0.1:{self.port}{path}"

    def count(self, path: str) -> int:
        """How often it was called."""
        with self.lock:
            return self.calls[path]

    def note(self, path: str, key: str) -> int:
        """One more call; how many there were."""
        with self.lock:
            self.calls[path] += 1
            self.keys.setdefault(path, set()).add(key)
            return self.calls[path]

    @contextmanager
    def serving(self, path: str) -> Iterator[None]:
        """A call is under way."""
        folder = path.split("/")[1]
        with self.lock:
            self.busy[folder] += 1
            self.busiest[folder] = max(self.busiest[folder], self.busy[folder])
        try:
            yield
        finally:
            with self.lock:
                self.busy[folder] -= 1


class Server(ThreadingHTTPServer):
    """One that lets many knock at once: a connection that finds no room is tried again after 1 s."""

    daemon_threads = True
    request_queue_size = 128


@contextmanager
def at_work(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    """A server that answers by this handler, on a port of this machine that is free."""
    with answering(Server(("127.0.0.1", 0), handler)) as port:
        yield port


@contextmanager
def answering(server: TCPServer) -> Iterator[int]:
    """The port of a server that answers until the block is left."""
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def serving() -> Iterator[Stub]:
    """A stub at work."""
    stub = Stub()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("content-length") or 0))
            nth = stub.note(self.path, self.headers.get("idempotency-key", ""))
            wish = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            with stub.serving(self.path):
                time.sleep(float(wish.get("delay_s", 0)))
            fails = "status" in wish and nth <= int(wish.get("times", 1_000_000))
            told = {"path": urlsplit(self.path).path, "call": nth}
            if "bytes" in wish:
                told["text"] = "x" * int(wish["bytes"])
            body = json.dumps(told).encode()
            try:
                self.send_response(int(wish["status"]) if fails else 200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                return  # the caller was killed

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = answer  # noqa: N815

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with at_work(Handler) as stub.port:
        yield stub
