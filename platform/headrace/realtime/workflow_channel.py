"""A workflow as an open editor follows it: its runs, its draft, and who else has it open."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial
from typing import Any, Final, Self, cast
from uuid import UUID

from channels.db import database_sync_to_async

from headrace.accounts.permissions import can
from headrace.accounts.types import Actor
from headrace.executions import queries
from headrace.executions.types import OPEN_STATUSES
from headrace.realtime.channels import Page
from headrace.realtime.names import workflow_group
from headrace.realtime.presence import RENEW_TURNS, Presence
from headrace.realtime.ringing import send
from headrace.realtime.subscription import Following
from headrace.tenants.context import TenantRef
from headrace.workflows import queries as workflows
from headrace_sdk.items import JsonObject

LOOK_TURNS: Final = 15
"""After so many beats (s) it asks for the draft unasked: that late is a save when Redis is lost."""

APART_S: Final = 0.2
"""Somebody who walks from node to node is seen so often; where it ends, with the next beat."""

LONGEST_NODE: Final = 100


class WorkflowChannel:
    """The events of every execution of one workflow that is open or begins later."""

    def __init__(
        self, name: str, owner: TenantRef, actor: Actor, workflow: UUID, page: Page
    ) -> None:
        self.name = name
        self.group = workflow_group(owner.id, workflow)
        self._workflow = workflow
        self._actor = actor
        person: JsonObject = {"id": str(actor.id), "name": actor.label}
        self._presence = Presence(owner.id, workflow, page.id, person)
        self._wanted: tuple[str | None, bool] | None = None
        self._told_at = 0.0
        self._people: list[JsonObject] = []
        self._revision = 0
        self._send = page.send
        self._has_room = page.has_room
        self._following: dict[UUID, Following] = {}
        self._ended: dict[UUID, int] = {}
        self._highest = 0

    @classmethod
    async def find(
        cls, name: str, owner: TenantRef, actor: Actor, workflow: UUID, page: Page
    ) -> Self | str:
        """The channel; `forbidden` or `not_found` where it may not be followed."""
        if not can(actor, "workflow.view"):
            return "forbidden"
        if not await database_sync_to_async(workflows.exists)(workflow):
            return "not_found"
        return cls(name, owner, actor, workflow, page)

    async def open(self) -> None:
        """Begin with the draft, the people, and the executions that are open now."""
        await self._look()
        self._people = await self._presence.people()
        await self._send({"joined": True, "people": self._people})
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

    async def come(self, node: str | None, *, holds: bool) -> None:
        """The page says where its person is; who may only look holds nothing."""
        self._wanted = (node, holds and can(self._actor, "workflow.edit"))
        if time.monotonic() - self._told_at >= APART_S:
            await self._tell()

    async def leave(self) -> None:
        """The page is gone, or somewhere else."""
        was_here = self._presence.is_here
        await self._presence.leave()
        if was_here:
            await send(self.group, self._change())

    async def people_changed(self, message: dict[str, Any]) -> None:
        """Somebody came, went or moved, from the channel layer."""
        if message["workflow"] == str(self._workflow):
            await self._see()

    async def draft_saved(self, message: dict[str, Any]) -> None:
        """The draft has a new revision, from the channel layer."""
        if message["workflow"] == str(self._workflow):
            await self._say_revision(message["revision"], message["author"])

    async def beat(self, turn: int) -> None:
        """Find executions that began without a hint; catch up with the open ones."""
        if self._wanted is not None:
            await self._tell()
        if turn % RENEW_TURNS == 0:
            await self._presence.renew()
            await self._see()
        if turn % LOOK_TURNS == 0:
            await self._look()
        begun = await database_sync_to_async(_begun_after)(self._workflow, self._highest)
        for execution, number in begun:
            self._highest = max(self._highest, number)
            self._follow(execution)
        for following in list(self._following.values()):
            await following.catch_up()

    async def _tell(self) -> None:
        (node, holds), self._wanted = self._wanted or (None, False), None
        self._told_at = time.monotonic()
        await self._presence.come(node, holds=holds)
        await send(self.group, self._change())

    async def _see(self) -> None:
        people = await self._presence.people()
        if people != self._people:
            self._people = people
            await self._send({"people": people})

    async def _look(self) -> None:
        found = await database_sync_to_async(workflows.latest_save)(self._workflow)
        if found is not None:
            await self._say_revision(*found)

    async def _say_revision(self, revision: int, author: str) -> None:
        if revision > self._revision:
            self._revision = revision
            await self._send({"draft": {"revision": revision, "author": author}})

    def _change(self) -> dict[str, Any]:
        return {"type": "people.changed", "workflow": str(self._workflow)}

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
