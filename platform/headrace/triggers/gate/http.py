"""HTTP at the gate without a framework: reading a request within limits, sending an answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

SANDBOX: Final = "sandbox"
SAFE_HEADERS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
)
"""On every answer of the gate, beside a policy that begins with `sandbox`: user-controlled content
never gets our origin's rights (S-036)."""

OURS_ALONE: Final = frozenset(
    {
        "set-cookie",
        "content-security-policy",
        "x-content-type-options",
        "content-length",
        "transfer-encoding",
        "connection",
        "strict-transport-security",
    }
)
"""Headers that a workflow may not set."""


class BodyTooLarge(Exception):
    """The request body passed the limit."""


class ClientGone(Exception):
    """The client went away before the body was complete."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request whose body is still to be read."""

    method: str
    path: str
    query: str
    host: str
    headers: Mapping[str, str]
    client: str


@dataclass(slots=True)
class Answer:
    """What the gate sends back. Only pages of our own have a `policy` that lets them do more.

    `parts` follow the body, each sent as soon as it is there.
    """

    status: int
    body: bytes = b""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    policy: str = SANDBOX
    parts: AsyncIterator[bytes] | None = None


def request_of(scope: Scope) -> Request:
    """The request line and headers. Of repeated headers the values are joined by a comma."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return Request(
        method=scope["method"].upper(),
        path=scope["path"],
        query=scope["query_string"].decode("latin-1"),
        host=headers.get("host", ""),
        headers=headers,
        client=(scope.get("client") or ("",))[0],
    )


async def read_body(request: Request, receive: Receive, limit: int) -> bytes:
    """The whole body.

    Raises:
        BodyTooLarge: by its declared or its real length.
        ClientGone: it was cut off.
    """
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise BodyTooLarge
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        part = message.get("body", b"")
        size += len(part)
        if size > limit:
            raise BodyTooLarge
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


async def send_answer(send: Send, answer: Answer) -> None:
    """Send an answer with the gate's own headers."""
    headers = [
        (b"content-type", answer.content_type.encode("latin-1", "replace")),
        (b"content-security-policy", answer.policy.encode("latin-1")),
        *SAFE_HEADERS,
    ]
    if answer.parts is None:
        headers.append((b"content-length", str(len(answer.body)).encode()))
    for name, value in answer.headers.items():
        if name.lower() not in OURS_ALONE and name.lower() != "content-type":
            headers.append((_clean(name), _clean(value)))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    if answer.parts is not None:
        await send({"type": "http.response.body", "body": answer.body, "more_body": True})
        async for part in answer.parts:
            await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body", "body": b"" if answer.parts else answer.body})


def _clean(text: str) -> bytes:
    """A header part that cannot break out of its line."""
    kept = "".join(c for c in text if c == "\t" or (c >= " " and c != "\x7f"))
    return kept.encode("latin-1", "replace")


def problem(
    status: int, code: str, detail: str, *, retry_after_s: int | None = None, path: str = ""
) -> Answer:
    """An RFC 9457 answer."""
    body: dict[str, Any] = {
        "type": f"https://headrace.dev/problems/{code}",
        "title": code.replace("_", " ").capitalize(),
        "status": status,
        "detail": detail,
        "code": code,
        "errors": [{"path": path, "message": detail}] if path else [],
    }
    headers = {"Retry-After": str(retry_after_s)} if retry_after_s is not None else {}
    return Answer(status, orjson.dumps(body), "application/problem+json", headers)


def json_answer(status: int, body: Any) -> Answer:
    """A JSON answer."""
    return Answer(status, orjson.dumps(body))
