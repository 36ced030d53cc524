"""The ways to our servers: line by line in memory for workflows, message by message at the gate."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.credentials import actions as credentials
from headrace.egress.ports import Caller
from headrace.tenants.threads import in_thread
from headrace.toolservers.names import SERVERS
from headrace_sdk.credentials import Credential
from headrace_sdk.errors import UserError
from headrace_sdk.items import JsonObject
from headrace_sdk.programs import Program

if TYPE_CHECKING:
    from headrace.toolservers.offering import ToolServer


class OwnServers:
    """Implements `egress.ports.BuiltInServers` and `triggers.ports.ToolServers`."""

    @property
    def names(self) -> Sequence[str]:
        """See `BuiltInServers.names`."""
        return list(SERVERS)

    @asynccontextmanager
    async def started(
        self, name: str, caller: Caller, *, credential: Credential | None, max_bytes: int
    ) -> AsyncIterator[Program]:
        """See `BuiltInServers.started`."""
        server = made(name, caller, credential)
        speaking = import_module("headrace.toolservers.speaking")
        async with speaking.spoken(server, max_bytes) as line:
            yield line

    async def listed(self, place: str, actor: Actor) -> JsonObject:
        """See `ToolServers.listed`."""
        name, _, _ = place.partition("/")
        _check(name)
        require(actor, SERVERS[name].verb)
        server = made(name, Caller(lambda: actor, ""), None, is_open=False)
        return {"tools": [_json(one) for one in server.listed]}

    async def called(
        self, place: str, actor: Actor, tool: str, arguments: Mapping[str, Any]
    ) -> JsonObject:
        """See `ToolServers.called`."""
        name, _, chosen = place.partition("/")
        _check(name)
        require(actor, SERVERS[name].verb)
        credential = await in_thread(_opened, name, chosen, actor)
        server = made(name, Caller(lambda: actor, f"key:{actor.id}"), credential)
        async with server.desk.ends:
            return _json(await server.called(tool, dict(arguments)))


def made(
    name: str, caller: Caller, credential: Credential | None, *, is_open: bool = True
) -> ToolServer:
    """A server for one conversation; one that is not open is only asked for its tools.

    Raises:
        UserError: there is none by that name, or it lacks its credential.
    """
    _check(name)
    known = SERVERS[name]
    if is_open and known.credential and (credential is None or credential.type != known.credential):
        message = f"Choose a credential of type {known.credential} for this server."
        raise UserError(message, field="built_in", code="no_credential")
    desk = import_module("headrace.toolservers.offering").Desk(caller, credential)
    return cast("ToolServer", getattr(import_module(known.module), known.class_name)(desk))


def _check(name: str) -> None:
    if name not in SERVERS:
        message = f"There is no built-in server {name[:60]!r}; there is {', '.join(SERVERS)}."
        raise UserError(message, field="built_in", code="no_such_server")


def _opened(name: str, chosen: str, actor: Actor) -> Credential | None:
    if not SERVERS[name].credential:
        return None
    if not chosen or actor.id is None:
        message = f"Add the id of a credential to the address: /mcp/{name}/<credential id>."
        raise UserError(message, field="built_in", code="no_credential")
    return credentials.open_for_node(chosen, publisher=actor.id)


def _json(value: Any) -> JsonObject:
    return cast("JsonObject", value.model_dump(mode="json", by_alias=True, exclude_none=True))
