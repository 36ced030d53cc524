"""What the way out needs from above: MCP servers of our own. Bound in `headrace.conf.wiring`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from headrace.accounts.types import Actor
from headrace_sdk.credentials import Credential
from headrace_sdk.errors import UserError
from headrace_sdk.programs import Program


@dataclass(frozen=True, slots=True)
class Caller:
    """On whose behalf tools are used, and in which conversation.

    `find` says who that is now, and raises `Forbidden` if it is nobody any more. `session` names
    what belongs together, such as an execution: a page that one call opened, the next one sees.
    `execution_id` is that of the run that calls, if one does.
    """

    find: Callable[[], Actor]
    session: str
    execution_id: UUID | None = None


class BuiltInServers(Protocol):
    """MCP servers that come with Headrace."""

    @property
    def names(self) -> Sequence[str]:
        """What there is to choose from."""
        ...

    def started(
        self, name: str, caller: Caller, *, credential: Credential | None, max_bytes: int
    ) -> AbstractAsyncContextManager[Program]:
        """One of them, spoken to line by line as a program is, that ends with the block.

        Raises:
            UserError: there is none by that name, or it lacks its credential.
        """
        ...


class NoServers:
    """Stands in until they are wired."""

    @property
    def names(self) -> Sequence[str]:
        """None."""
        return ()

    def started(
        self, name: str, caller: Caller, *, credential: Credential | None, max_bytes: int
    ) -> AbstractAsyncContextManager[Program]:
        """There is none.

        Raises:
            UserError: always.
        """
        del caller, credential, max_bytes
        message = f"There is no built-in server {name[:60]!r}."
        raise UserError(message, field="built_in", code="no_such_server")


@dataclass(slots=True)
class Ports:
    """The bound implementations."""

    built_in: BuiltInServers = field(default_factory=NoServers)


ports = Ports()
