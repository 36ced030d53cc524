"""What a node may ask while a person fills in its form: network, credentials, workflows."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Final

from asgiref.sync import sync_to_async

from headrace.accounts.types import Actor
from headrace.catalog.fence import target_check
from headrace.catalog.queries import catalog
from headrace.credentials import actions as credentials
from headrace.credentials.queries import require_use
from headrace.egress.client import EgressClient
from headrace.egress.policy import EgressPolicy
from headrace.egress.ports import Caller
from headrace.egress.programs import OperatorPrograms
from headrace.knowledge.queries import collections
from headrace.tables.errors import TableNotFound
from headrace.tables.queries import columns, tables
from headrace.workflows import call_inputs
from headrace.workflows.ports import ports
from headrace_sdk.calls import CalledVersion
from headrace_sdk.context import Choice, Http, HttpResponse, Lookup
from headrace_sdk.credentials import Credential, RequestAuth
from headrace_sdk.errors import SecretError
from headrace_sdk.items import JsonObject
from headrace_sdk.node import AnyNode

VALUE_TYPES: Final = {"text": "text", "number": "number", "boolean": "boolean"}
"""How the form shows what a column of a table takes."""


class FormHttp:
    """`lookup.http`: what a form asks for changes nothing, so that no key is sent along."""

    def __init__(self, client: EgressClient, kind: str) -> None:
        self._client = client
        self._check_target = target_check(catalog().plugin_of(kind))

    async def request(self, method: str, url: str, *, item: int = 0, **given: Any) -> HttpResponse:
        """See `headrace_sdk.context.Http.request`."""
        del item
        return await self._client.request(method, url, check_target=self._check_target, **given)


class FormLookup:
    """Implements `headrace_sdk.context.Lookup` for one request of one person."""

    def __init__(
        self,
        actor: Actor,
        node_class: AnyNode,
        params: JsonObject,
        chosen: Mapping[str, str],
        http: Http,
    ) -> None:
        self._node_class = node_class
        self._chosen = chosen
        self.params = params
        self.http = http
        self.programs = _programs(node_class.type, actor)

    async def credential(self, slot: str) -> Credential | None:
        """The credential chosen for a slot.

        Raises:
            SecretError: it is gone, or does not fit the node.
        """
        chosen = self._chosen.get(slot)
        if not chosen:
            return None
        opened = sync_to_async(credentials.open_for_node)
        return await opened(chosen, node_type=self._node_class.type)

    async def workflows(self) -> Sequence[Choice]:
        """The workflows that can be called, by name."""
        return await sync_to_async(call_inputs.callable_workflows)()

    async def agents(self) -> Sequence[Choice]:
        """The agents of the registry, by name."""
        return await sync_to_async(ports.agents.choices)()

    async def tables(self) -> Sequence[Choice]:
        """The tenant's tables, by name."""
        return [Choice(str(one.id), one.name) for one in await sync_to_async(tables)()]

    async def table_columns(self, table: str) -> Sequence[Choice]:
        """See `headrace_sdk.context.Lookup.table_columns`."""
        try:
            found = await sync_to_async(columns)(table)
        except TableNotFound:
            return ()
        return [Choice(one.name, one.name, VALUE_TYPES.get(one.type, "auto")) for one in found]

    async def collections(self) -> Sequence[Choice]:
        """The tenant's collections, by name."""
        return [Choice(str(one.id), one.name) for one in await sync_to_async(collections)()]

    async def inputs(self, workflow: str, version: CalledVersion) -> Sequence[Choice]:
        """See `headrace_sdk.context.Lookup.inputs`."""
        return await sync_to_async(call_inputs.inputs_of)(workflow, version)


def _programs(kind: str, actor: Actor) -> OperatorPrograms:
    """None for packages from elsewhere, as while a workflow runs."""

    async def allowed() -> None:
        """A form holds no lease."""

    plugin = catalog().plugin_of(kind)
    if plugin is None or plugin.trust == "core":
        return OperatorPrograms.from_settings(allowed, Caller(lambda: actor, ""))
    return OperatorPrograms({}, allowed)


class FormLookups:
    """Implements `headrace.catalog.ports.Lookups`."""

    def open(
        self, actor: Actor, node_class: AnyNode, params: JsonObject, credentials: Mapping[str, str]
    ) -> AbstractAsyncContextManager[Lookup]:
        """A lookup for this form. Entering it raises Forbidden where one chosen may not be used."""
        return _opened(actor, node_class, params, credentials)


@asynccontextmanager
async def _opened(
    actor: Actor, node_class: AnyNode, params: JsonObject, chosen: Mapping[str, str]
) -> AsyncIterator[Lookup]:
    given = [one for one in chosen.values() if one]
    if given:
        await sync_to_async(require_use)(actor, given)
    client = EgressClient(EgressPolicy.from_settings(), apply)
    try:
        yield FormLookup(actor, node_class, params, chosen, FormHttp(client, node_class.type))
    finally:
        await client.close()


def apply(credential: Credential, auth: RequestAuth) -> None:
    """Put a credential on a request.

    Raises:
        SecretError: its type is not installed.
    """
    kind = catalog().credential_type(credential.type)
    if kind is None:
        message = f'The credential type "{credential.type}" is not installed.'
        raise SecretError(message)
    kind.apply(credential, auth)
