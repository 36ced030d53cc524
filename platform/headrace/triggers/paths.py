"""Webhook paths: `orders/:id` matches `orders/42` and gives `{"id": "42"}`."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote
from uuid import UUID

from headrace_sdk.errors import UserError
from headrace_sdk.registrations import (
    PageRegistration,
    ToolRegistration,
    WebhookRegistration,
)

MAX_SEGMENTS: Final = 6
PAGE_KINDS: Final = frozenset({"form", "chat"})
"""The methods of hosted pages. In lower case, which no request's method ever is."""
TOOL: Final = "mcp"
"""The method of tools of the tenant's MCP server; their paths are their names."""

_SEGMENT: Final = re.compile(r":?[A-Za-z0-9._~-]{1,100}")


def normal(path: str) -> str:
    """A chosen path without outer slashes, every segment checked.

    Raises:
        UserError: it holds characters that paths here may not have.
    """
    segments = path.strip("/").split("/")
    if len(segments) > MAX_SEGMENTS or not all(_SEGMENT.fullmatch(part) for part in segments):
        message = (
            f"The path {path[:80]!r} may have up to {MAX_SEGMENTS} segments of letters, digits "
            "and . _ ~ - ; a segment that begins with : is a parameter."
        )
        raise UserError(message, field="path", code="invalid_path")
    return "/".join(segments)


def path_of(registration: WebhookRegistration, workflow_id: UUID, node: str) -> str:
    """The path that was chosen, or one that nobody guesses.

    Raises:
        UserError: see `normal`.
    """
    return normal(registration.path or f"{workflow_id.hex}-{node}")


def methods_of(registration: WebhookRegistration) -> tuple[str, ...]:
    """A page has its own name space: a method that no request can have."""
    if isinstance(registration, PageRegistration):
        return (registration.page.kind,)
    if isinstance(registration, ToolRegistration):
        return (TOOL,)
    return registration.methods


def pattern(path: str) -> str:
    """The path with every parameter written as `:`, which tells when two paths clash."""
    return "/".join(":" if part.startswith(":") else part for part in path.split("/"))


def candidates(requested: str) -> list[str]:
    """Every pattern that could match a requested path, the most literal first."""
    segments = requested.strip("/").split("/")
    if len(segments) > MAX_SEGMENTS or "\0" in requested:
        return []
    found = [""]
    for segment in segments:
        found = [f"{head}/{part}" for head in found for part in (segment, ":")]
    return sorted((path[1:] for path in found), key=lambda path: path.split("/").count(":"))


def parameters(path: str, requested: str) -> dict[str, str]:
    """The values of the path's parameters in a request that matches it."""
    return {
        name[1:]: unquote(value)
        for name, value in zip(path.split("/"), requested.strip("/").split("/"), strict=False)
        if name.startswith(":")
    }


def is_page(path: str) -> bool:
    """Could a hosted page be there, live or for trying out?"""
    kind, _, rest = path.removeprefix("/").partition("/")
    return path.startswith("/") and kind.removesuffix("-test") in PAGE_KINDS and bool(rest)


def live_address(method: str, path: str) -> str:
    """Where a hook of this method answers; pages have their kind as method."""
    return "/mcp" if method == TOOL else f"/{_place(method)}/{path}"


def test_address(method: str, path: str) -> str:
    """Where the draft answers while somebody listens."""
    return "/mcp-test" if method == TOOL else f"/{_place(method)}-test/{path}"


def _place(method: str) -> str:
    return method if method in PAGE_KINDS else "webhook"
