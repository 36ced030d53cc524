"""The Model Context Protocol by Streamable HTTP, as far as tools need it: without sessions.

Each POST holds one JSON-RPC message and is answered at once by JSON. So it serves clients of the
revision 2026-07-28, which has no sessions, and those that begin with `initialize`: a session would
only be another name for the key that each request has to bring anyway.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import orjson

from headrace.triggers.gate.http import Answer, Request
from headrace_sdk.errors import HeadraceError
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.strict_json import loads

NEWEST: Final = "2026-07-28"
WITH_HANDSHAKE: Final = ("2025-11-25", "2025-06-18", "2025-03-26")
VERSIONS: Final = (NEWEST, *WITH_HANDSHAKE)

PARSE_ERROR: Final = -32700
INVALID_REQUEST: Final = -32600
METHOD_NOT_FOUND: Final = -32601
INVALID_PARAMS: Final = -32602
HEADER_MISMATCH: Final = -32020
UNSUPPORTED_VERSION: Final = -32022
_TAKEN: Final = 202


class Refused(Exception):
    """The message cannot be served; `code` is JSON-RPC's or MCP's, `status` that of HTTP."""

    def __init__(
        self, code: int, message: str, *, status: int = 400, data: JsonObject | None = None
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.status, self.data = code, message, status, data


@dataclass(frozen=True, slots=True)
class Message:
    """A request, or a notification where `id` is `None`. `is_new`: of the newest revision."""

    id: str | int | None
    method: str
    params: JsonObject
    is_new: bool


def read(request: Request, content: bytes) -> Message:
    """The message of a POST.

    Raises:
        Refused: it is none, or its headers say something else than its body.
    """
    version = request.headers.get("mcp-protocol-version", "")
    if version and version not in VERSIONS:
        known: list[JsonValue] = [*VERSIONS]
        data: JsonObject = {"supported": known, "requested": version[:40]}
        raise Refused(UNSUPPORTED_VERSION, "Unsupported protocol version.", data=data)
    try:
        body = loads(content)
    except HeadraceError as error:
        raise Refused(PARSE_ERROR, error.message) from None
    if not isinstance(body, dict) or body.get("jsonrpc") != "2.0":
        raise Refused(INVALID_REQUEST, "Send one JSON-RPC 2.0 message in each request.")
    identifier, method, params = body.get("id"), body.get("method"), body.get("params", {})
    is_known = isinstance(identifier, str | int) and not isinstance(identifier, bool)
    if not isinstance(method, str) or not (is_known or "id" not in body):
        raise Refused(INVALID_REQUEST, "The message is no request and no notification.")
    if not isinstance(params, dict):
        raise Refused(INVALID_PARAMS, "Its params are no object.")
    message = Message(
        identifier if isinstance(identifier, str | int) else None,
        method,
        params,
        version == NEWEST,
    )
    _check_headers(request, message)
    return message


def _check_headers(request: Request, message: Message) -> None:
    """What intermediaries route by must be what is asked for (revision 2026-07-28)."""
    said = {"mcp-method": message.method, "mcp-name": message.params.get("name")}
    for name, value in said.items():
        given = request.headers.get(name)
        if given is not None and isinstance(value, str) and given != value:
            text = f"The header {name} does not say what the message asks for."
            raise Refused(HEADER_MISMATCH, text)


def answered(message: Message, result: JsonObject) -> Answer:
    """The answer to a request."""
    if message.is_new:
        result = {"resultType": "complete", **result}
    return _json(200, {"jsonrpc": "2.0", "id": message.id, "result": result})


def noted() -> Answer:
    """The answer to a notification."""
    return Answer(_TAKEN)


def refused(error: Refused, message: Message | None) -> Answer:
    """The answer to what cannot be served."""
    told: dict[str, Any] = {"code": error.code, "message": error.message}
    if error.data:
        told["data"] = error.data
    identifier = message.id if message else None
    return _json(error.status, {"jsonrpc": "2.0", "id": identifier, "error": told})


def _json(status: int, body: Any) -> Answer:
    return Answer(status, orjson.dumps(body))
