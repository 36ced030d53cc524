"""The platform's side of what every plugin's process may ask for: requests and credentials."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Protocol, TypeAlias

from headrace_sdk.context import Http
from headrace_sdk.credentials import Credential
from headrace_sdk.errors import NodeError
from headrace_sdk.items import JsonObject, JsonValue

Given: TypeAlias = Mapping[str, Any]
Door: TypeAlias = Callable[[Given], Awaitable[JsonValue]]

LIMITS: Final = frozenset({"timeout_s", "max_bytes", "follow_redirects", "item"})


class Outside(Protocol):
    """The part of a context that reaches out."""

    @property
    def http(self) -> Http:
        """The one way out by HTTP."""

    async def credential(self, slot: str) -> Credential | None:
        """The credential chosen for a slot."""


class NoSuchDoor(NodeError):
    """A plugin's process asked for what it is never given."""

    code = "not_available_apart"

    def __init__(self, door: str) -> None:
        super().__init__(f"A node with a process of its own has no {door[:50]!r}.")


def outside_doors(context: Outside) -> dict[str, Door]:
    """The doors by name. Credentials that were opened through them are kept by slot."""
    opened: dict[str, Credential] = {}

    async def open_credential(given: Given) -> JsonValue:
        slot = str(given["slot"])
        credential = await context.credential(slot)
        if credential is None:
            return None
        opened[slot] = credential
        told: JsonObject = {
            "id": credential.id,
            "type": credential.type,
            "name": credential.name,
            "values": dict(credential.values),
            "secrets": {name: secret.reveal() for name, secret in credential.secrets.items()},
            "hosts": list(credential.hosts),
        }
        return told

    async def request(given: Given) -> JsonValue:
        body, slot = given["body"], given["slot"]
        answer = await context.http.request(
            str(given["method"]),
            str(given["url"]),
            headers=given["headers"],
            query=[(str(name), str(value)) for name, value in given["query"]],
            body=None if body is None else base64.b64decode(body),
            credential=opened.get(slot) if slot else None,
            **{name: value for name, value in given["limits"].items() if name in LIMITS},
        )
        return {
            "status": answer.status,
            "headers": dict(answer.headers),
            "body": base64.b64encode(answer.body).decode(),
            "url": answer.url,
        }

    return {"http.request": request, "credential.open": open_credential}
