"""Asks a trigger of the draft once, for a person, and begins a test run with what it shows."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from asgiref.sync import async_to_sync

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.catalog.queries import catalog, stored_params
from headrace.executions import actions as executions
from headrace.executions.beginning import ExecutionRef
from headrace.executions.errors import NoTrigger
from headrace.executions.isolated.processes import Processes
from headrace.tenants.clock import database_now
from headrace.tenants.threads import in_turn
from headrace.triggers.errors import CannotPoll
from headrace.triggers.polls.asking import ask
from headrace.triggers.polls.types import Asked
from headrace.workflows.actions import freeze_draft
from headrace.workflows.types import VersionRecord
from headrace_sdk.errors import NodeError
from headrace_sdk.items import JsonObject
from headrace_sdk.polling import Polled


def try_now(actor: Actor, workflow_id: UUID, node: str) -> tuple[ExecutionRef | None, int]:
    """A test run of the draft with a sample, and of how many items; no run of none.

    Raises:
        Forbidden, WorkflowNotFound, InvalidWorkflow: as they say.
        NoTrigger: the draft has no such trigger.
        CannotPoll: it failed.
    """
    require(actor, "workflow.run")
    version = freeze_draft(actor, workflow_id)
    try:
        polled = _sampled(_asked(version, node))
    except NodeError as error:
        raise CannotPoll(error.message, facts={"code": error.code}) from error
    if not polled.items:
        return None, 0
    ref = executions.run_version(
        actor, version.ref, mode="manual", items=polled.items, trigger=node
    )
    return ref, len(polled.items)


def _asked(version: VersionRecord, wanted: str) -> Asked:
    nodes = cast("list[JsonObject]", version.document["nodes"])
    node = next((one for one in nodes if one["id"] == wanted), None)
    found = catalog().find(str(node["type"])) if node else None
    if node is None or found is None:
        message = f"The workflow has no trigger {wanted[:100]!r} that asks."
        raise NoTrigger(message)
    return Asked(
        version.ref.workflow_id,
        version.workflow_name,
        wanted,
        str(node["type"]),
        str(node["name"]),
        stored_params(found, node),
        cast("dict[str, str]", node.get("credentials") or {}),
        None,
    )


@async_to_sync
async def _sampled(asked: Asked) -> Polled:
    processes = Processes()
    try:
        now = await in_turn(database_now)
        return await ask(asked, None, now=now, processes=processes, is_sample=True)
    finally:
        await processes.close()
