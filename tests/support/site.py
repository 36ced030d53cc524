"""A small site in this process: a form, and a page that reaches for an internal server."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

from tests.support.stub import at_work


def can_browse() -> bool:
    """Is there a Chromium here, and user namespaces for its sandbox?"""
    if not shutil.which("chromium") or not shutil.which("unshare"):
        return False
    return subprocess.run(["unshare", "-U", "true"], check=False).returncode == 0


FORM = """<!doctype html><title>Library</title><h1>Library</h1>
<form action="/search"><label>Title <input name="q"></label><button>Search</button></form>"""
REACHING = """<!doctype html><title>Reaching</title><p id=done>no</p>
<img src="{at}/img"><script src="{at}/script"></script><link rel=stylesheet href="{at}/css">
<link rel=preconnect href="{at}"><link rel=dns-prefetch href="{at}">
<iframe src="{at}/frame"></iframe><video src="{at}/video"></video>
<script>
const at = "{at}";
const socket = new Promise(done => {{
  const one = new WebSocket(at.replace("http", "ws"));
  one.onerror = one.onopen = done;
}});
const source = new Promise(done => {{
  const one = new EventSource(at + "/events");
  one.onerror = done;
}});
navigator.sendBeacon(at + "/beacon", "x");
Promise.allSettled([fetch(at + "/fetch", {{mode: "no-cors"}}), socket, source])
  .then(() => document.getElementById("done").textContent = "all tried, peers: " +
    typeof RTCPeerConnection);
</script>"""


@contextmanager
def site(internal: str) -> Iterator[int]:
    """Its port. `internal` is the address that its pages reach for."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/away":
                self.send_response(302)
                self.send_header("Location", f"{internal}/redirected")
                self.end_headers()
                return
            pages = {"/": FORM, "/reaching": REACHING.format(at=internal)}
            asked = parse_qs(parts.query).get("q", [""])[0]
            seen = self.headers.get("Cookie", "nobody")
            body = pages.get(parts.path, f"<title>Found</title><p>Found {asked} for {seen}</p>")
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Set-Cookie", "who=me")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with at_work(Pages) as port:
        yield port
