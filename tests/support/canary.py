"""An internal server that nobody may reach, and the ways in which nodes could be led to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from headrace.egress.client import EgressClient
from headrace.egress.policy import EgressPolicy
from headrace_sdk import AnyNode, Credential, CredentialType, HttpResponse, Secret, Trigger
from headrace_sdk.net import Speaker
from headrace_sdk.oauth2 import ACCESS_TOKEN
from headrace_sdk.testing import make_credential

HOST_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBVJ+FU9Y8KMuLzGPPqSc+SxuSOFUV0YTH/hCJJf62ok"
HARMLESS = {"host_key": HOST_KEY, "private_key": "", "encryption": "none", "tls": False}


class Canary:
    """Counts who knocks, and hangs up."""

    def __init__(self) -> None:
        self.port = 0
        self.knocks = 0
        self.heard = asyncio.Event()

    async def hang_up(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Somebody is there."""
        self.knocks += 1
        self.heard.set()
        writer.close()


@asynccontextmanager
async def canary() -> AsyncIterator[Canary]:
    """One at work on this machine."""
    bird = Canary()
    server = await asyncio.start_server(bird.hang_up, "127.0.0.1", 0)
    bird.port = server.sockets[0].getsockname()[1]
    async with server:
        yield bird


class Ways:
    """`ctx.http`, `ctx.net` and a probe of them, over the real client and this policy."""

    def __init__(self, policy: EgressPolicy, apply: Callable[..., None]) -> None:
        self._client = EgressClient(policy, apply)
        self.http = self.net = self
        self.refusals = 0

    async def request(self, method: str, url: str, *, item: int = 0, **given: Any) -> HttpResponse:
        """See `headrace_sdk.context.Http.request`."""
        return await self._client.request(method, url, **given)

    async def pin(self, host: str, port: int) -> str:
        """See `headrace_sdk.net.Net.pin`."""
        return await self._client.pin(host, port)

    async def meet(self, speaker: Speaker, identity: str) -> None:
        """See `headrace_sdk.net.Net.meet`."""
        await self._client.meet(speaker, identity)

    async def close(self) -> None:
        """Close every connection."""
        await self._client.close()


def led(value: Any, host: str, port: int) -> Any:
    """Parameters with every address in them replaced."""
    if isinstance(value, dict):
        return {name: led(one, host, port) for name, one in value.items()}
    if isinstance(value, list):
        return [led(one, host, port) for one in value]
    if isinstance(value, str) and value.startswith(("http://", "https://")):
        return address(host, port)
    return value


def led_params(node: AnyNode, params: Any, host: str, port: int) -> Any:
    """The parameters of an example, and the addresses that the form has by default, replaced."""
    names = [name for name in node.Params.model_fields if name.endswith("url")]
    return led({**dict.fromkeys(names, address(host, port)), **params}, host, port)


def address(host: str, port: int) -> str:
    """An address by HTTP."""
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def credential_to(kind: type[CredentialType], host: str, port: int) -> Credential:
    """A credential whose every host and address is this one."""
    values: dict[str, Any] = {}
    for name, field in kind.Fields.model_fields.items():
        if name in ("host", "port"):
            values[name] = {"host": host, "port": port}[name]
        elif name.endswith("url") or name == "endpoint":
            values[name] = address(host, port)
        elif name in HARMLESS:
            values[name] = HARMLESS[name]
        elif field.is_required():
            values[name] = "canary"
    if "tls" in values and kind.Fields.model_fields["tls"].annotation is not bool:
        values["tls"] = "disable"
    made = make_credential(kind, **values)
    # What the vault adds to accounts of a provider.
    return replace(made, secrets={**made.secrets, ACCESS_TOKEN: Secret("canary")})


def can_be_led(kind: type[CredentialType]) -> bool:
    """Does a credential of this type say where to go?"""
    names = kind.Fields.model_fields
    return any(name in ("host", "endpoint") or name.endswith("url") for name in names)


def reaches_out(node: AnyNode, kinds: dict[str, type[CredentialType]]) -> bool:
    """Can somebody who fills in the form say where this node goes to?"""
    if issubclass(node, Trigger):
        return False
    if any(name.endswith("url") or name == "host" for name in node.Params.model_fields):
        return True
    types = [kinds[name] for slot in node.credentials for name in slot.types if name in kinds]
    return any(slot.required for slot in node.credentials) and any(map(can_be_led, types))
