"""What the catalogue needs from other apps, bound once in `headrace.conf.wiring`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Protocol

from headrace.accounts.types import Actor
from headrace_sdk.calls import CalledVersion
from headrace_sdk.context import Choice, Http, Lookup
from headrace_sdk.credentials import Credential
from headrace_sdk.errors import SecretError, UserError
from headrace_sdk.items import JsonObject
from headrace_sdk.node import AnyNode
from headrace_sdk.programs import Programs


class Lookups(Protocol):
    """Gives a node what it needs to list a parameter's options."""

    def open(
        self, actor: Actor, node_class: AnyNode, params: JsonObject, credentials: Mapping[str, str]
    ) -> AbstractAsyncContextManager[Lookup]:
        """A lookup with the parameters typed so far and the credentials chosen, by slot.

        Entering it raises Forbidden where the actor may not use one of the credentials.
        """


@dataclass(frozen=True, slots=True)
class OfflineLookup:
    """Has the parameters, but neither network nor credentials."""

    params: JsonObject

    @property
    def http(self) -> Http:
        """Refused.

        Raises:
            UserError: always.
        """
        message = "Options cannot be fetched here. Type the value instead."
        raise UserError(message, code="options_unavailable")

    @property
    def programs(self) -> Programs:
        """Refused.

        Raises:
            UserError: always.
        """
        message = "Options cannot be fetched here. Type the value instead."
        raise UserError(message, code="options_unavailable")

    async def credential(self, slot: str) -> Credential | None:
        """Refused.

        Raises:
            SecretError: always.
        """
        message = f"The credential {slot!r} cannot be opened here. Type the value instead."
        raise SecretError(message, code="options_unavailable")

    async def workflows(self) -> Sequence[Choice]:
        """None are known here."""
        return ()

    async def agents(self) -> Sequence[Choice]:
        """None are known here."""
        return ()

    async def tables(self) -> Sequence[Choice]:
        """None are known here."""
        return ()

    async def collections(self) -> Sequence[Choice]:
        """None are known here."""
        return ()

    async def table_columns(self, table: str) -> Sequence[Choice]:
        """None are known here."""
        del table
        return ()

    async def inputs(self, workflow: str, version: CalledVersion) -> Sequence[Choice]:
        """None are known here."""
        del workflow, version
        return ()


class OfflineLookups:
    """Stands in until network and vault are wired."""

    def open(
        self, actor: Actor, node_class: AnyNode, params: JsonObject, credentials: Mapping[str, str]
    ) -> AbstractAsyncContextManager[Lookup]:
        """A lookup that reaches nothing."""
        del actor, node_class, credentials
        return nullcontext(OfflineLookup(params))


class Switches(Protocol):
    """Knows which packages a tenant uses."""

    def off(self) -> frozenset[str]:
        """The distributions that the tenant at work has switched off."""


class AllOn:
    """Stands in until switches are wired."""

    def off(self) -> frozenset[str]:
        """None are."""
        return frozenset()


@dataclass(slots=True)
class Ports:
    """The bound implementations."""

    switches: Switches = field(default_factory=AllOn)
    lookups: Lookups = field(default_factory=OfflineLookups)


ports = Ports()
