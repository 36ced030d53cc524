"""Hosted pages at a host of their own: there is nothing of the app, so no cookie of it goes there.

What people wrote into pages is then of another site than the session (S-036), beside the sandbox
that every page is in.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from headrace.tenants.addresses import pages_origin_of
from headrace.tenants.context import TenantRef
from headrace.tenants.queries import is_for_pages
from headrace.triggers.gate.http import Answer, Receive, Request, Scope, Send, problem, send_answer
from headrace.triggers.gate.pages.outcomes import readable
from headrace.triggers.paths import is_page

PATH_CHARACTERS: Final = "/:@!$&'()*+,;=~"


def is_hidden(scope: Scope) -> bool:
    """Is it asked for at the pages' host, and no page?"""
    if scope["type"] not in {"http", "websocket"} or not is_for_pages(_host_of(scope)):
        return False
    return scope["type"] == "websocket" or not is_page(scope["path"])


async def hide(scope: Scope, receive: Receive, send: Send, unknown: Answer) -> None:
    """Say that nothing is there; a socket is not opened."""
    if scope["type"] == "http":
        await send_answer(send, readable(unknown))
        return
    await receive()
    await send({"type": "websocket.close"})


def to_the_pages(request: Request, owner: TenantRef) -> Answer | None:
    """The way to a page that is asked for at the app's host, and is not there."""
    origin = pages_origin_of(owner)
    if not origin or not is_page(request.path) or is_for_pages(request.host):
        return None
    if request.method not in {"GET", "HEAD"}:
        detail = f"Forms and chats are at {origin}. Nothing was accepted."
        return problem(421, "wrong_host", detail)
    query = f"?{request.query}" if request.query else ""
    place = quote(request.path, safe=PATH_CHARACTERS)
    return Answer(307, headers={"Location": f"{origin}{place}{query}"})


def _host_of(scope: Scope) -> str:
    found = (value for name, value in scope["headers"] if name.lower() == b"host")
    return next(found, b"").decode("latin-1")
