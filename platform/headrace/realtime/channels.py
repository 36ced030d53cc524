"""The kinds of channels that a socket can follow."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Self, cast
from uuid import UUID

from channels.db import database_sync_to_async

from headrace.accounts.permissions import can
from headrace.accounts.types import Actor
from headrace.executions import queries
from headrace.executions.errors import ExecutionNotFound
from headrace.executions.types import OPEN_STATUSES
from headrace.realtime.names import execution_group, workflow_group
from headrace.realtime.subscription import Following
from headrace.tenants.context import TenantRef
from headrace.workflows import queries as workflows
from headrace_sdk.items import JsonObject

BEAT_TURNS: Final = 10


@dataclass(frozen=True, slots=True)
class Page:
    """The other end of a socket, for one channel."""

    send: Callable[[dict[str, Any]], Awaitable[None]]
    has_room: Callable[[], bool]


class ExecutionChannel:
    """Every event of one execution after a sequence number."""

    def __init__(
        self, name: str, owner: TenantRef, execution: UUID, after: int, page: Page
    ) -> None:
        self.name = name
        self.group = execution_group(owner.id, execution)
        self._send = page.send
        self._following = Following(execution, after, self._facts, page.has_room)

    @classmethod
    async def find(
        cls,
        name: str,
        owner: TenantRef,
        actor: Actor,
        execution: UUID,
        *,
        after: int,
        page: Page,
    ) -> Self | str:
        """The channel; `forbidden` or `not_found` where it may not be followed."""
        if not can(actor, "execution.view"):
            return "forbidden"
        try:
            await database_sync_to_async(queries.get)(execution)
        except ExecutionNotFound:
            return "not_found"
        return cls(name, owner, execution, after, page)

    async def open(self) -> None:
        """Send what was missed."""
        await self._following.catch_up()
        await self._send({"beat": self._following.seq})

    async def hint(self, message: dict[str, Any]) -> None:
        """Take in committed events, if they are of this execution."""
        if self.group.endswith(UUID(message["execution"]).hex):
            await self._following.hint(message)

    async def ephemeral(self, message: dict[str, Any]) -> None:
        """Pass on progress and streamed text."""
        if self.group.endswith(UUID(message["execution"]).hex):
            await self._send({"ephemeral": message["facts"]})

    async def beat(self, turn: int) -> None:
        """Catch up, and say how far the log is now and then."""
        await self._following.catch_up()
        if turn % BEAT_TURNS == 0:
            await self._send({"beat": self._following.seq})

    async def _facts(self, facts: Sequence[JsonObject]) -> None:
        await self._send({"seq": facts[-1]["seq"], "events": list(facts)})


class WorkflowChannel:
    """The events of every execution of one workflow that is open or begins later."""

    def __init__(self, name: str, owner: TenantRef, workflow: UUID, page: Page) -> None:
        self.name = name
        self.group = workflow_group(owner.id, workflow)
        self._workflow = workflow
        self._send = page.send
        self._has_room = page.has_room
        self._following: dict[UUID, Following] = {}
        self._ended: dict[UUID, int] = {}
        self._highest = 0

    @classmethod
    async def find(cls, name: str, owner: TenantRef, workflow: UUID, page: Page) -> Self | str:
        """The channel, or `not_found`."""
        if not await database_sync_to_async(workflows.exists)(workflow):
            return "not_found"
        return cls(name, owner, workflow, page)

    async def open(self) -> None:
        """Begin with the executions that are open now."""
        self._highest = await database_sync_to_async(_highest)(self._workflow)
        for execution, number, status in await database_sync_to_async(_open)(self._workflow):
            await self._send({"execution": str(execution), "number": number, "status": status})
            await self._follow(execution).catch_up()

    async def hint(self, message: dict[str, Any]) -> None:
        """Take in committed events; an execution not known yet is followed from its start."""
        execution = UUID(message["execution"])
        # One that has ended may be retried, and then goes on where it was.
        if message["to"] > self._ended.get(execution, 0):
            await self._follow(execution).hint(message)

    async def ephemeral(self, message: dict[str, Any]) -> None:
        """Pass on progress and streamed text."""
        await self._send({"execution": message["execution"], "ephemeral": message["facts"]})

    async def beat(self, turn: int) -> None:
        """Find executions that began without a hint; catch up with the open ones."""
        del turn
        begun = await database_sync_to_async(_begun_after)(self._workflow, self._highest)
        for execution, number in begun:
            self._highest = max(self._highest, number)
            self._follow(execution)
        for following in list(self._following.values()):
            await following.catch_up()

    def _follow(self, execution: UUID) -> Following:
        if execution not in self._following:
            send = partial(self._facts, execution)
            after = self._ended.pop(execution, 0)
            self._following[execution] = Following(execution, after, send, self._has_room)
        return self._following[execution]

    async def _facts(self, execution: UUID, facts: Sequence[JsonObject]) -> None:
        first = facts[0]
        began = cast("JsonObject", first["data"]) if first["seq"] == 1 else {}
        named = {"number": began["number"]} if "number" in began else {}
        await self._send(
            {
                "execution": str(execution),
                **named,
                "seq": facts[-1]["seq"],
                "events": list(facts),
            }
        )
        if str(facts[-1]["type"]) in ENDS:
            self._following.pop(execution, None)
            self._ended[execution] = int(facts[-1]["seq"])  # type: ignore[arg-type]


ENDS: Final = frozenset(
    {"workflow.completed", "workflow.failed", "workflow.cancelled", "workflow.crashed"}
)


def _highest(workflow: UUID) -> int:
    newest = queries.rows().filter(workflow_id=workflow).values_list("number", flat=True).first()
    return newest or 0


def _open(workflow: UUID) -> list[tuple[UUID, int, str]]:
    found = queries.rows().filter(workflow_id=workflow, status__in=OPEN_STATUSES)
    return list(found.values_list("pk", "number", "status")[:20])


def _begun_after(workflow: UUID, number: int) -> list[tuple[UUID, int]]:
    found = queries.rows().filter(workflow_id=workflow, number__gt=number).order_by("number")
    return list(found.values_list("pk", "number")[:50])
