"""Writes of the executions app: begin, cancel, resume. The log itself is written by workers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, cast
from uuid import UUID

import orjson
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Now

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.executions.beginning import ACCEPT, Beginning, ExecutionRef, arguments
from headrace.executions.doorbell import doorbell
from headrace.executions.errors import AlreadyEnded, ExecutionNotFound, NoTrigger, WaitIsOver
from headrace.executions.limits import limits_of_version
from headrace.executions.models import Execution, InboxEntry, WaitToken
from headrace.executions.queue import sql
from headrace.executions.types import ENDED_STATUSES, OPEN_STATUSES
from headrace.tenants.context import current
from headrace.workflows.compiled import CompiledNode, CompiledWorkflow, compiled
from headrace.workflows.types import VersionRef
from headrace_sdk.items import Item, JsonValue
from headrace_sdk.node import Arrival, Trigger


def begin(beginning: Beginning) -> ExecutionRef | None:
    """Commit an execution and its queue row, then ring. `None`: no longer the active version."""
    if beginning.limits is None:
        beginning = replace(beginning, limits=limits_of_version(beginning.version_id))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ACCEPT, arguments(current(), beginning))
        row = cursor.fetchone()
        if row is None:
            return None
        if beginning.rings:
            transaction.on_commit(partial(doorbell().ring, beginning.lane))
        return ExecutionRef(*row)


def run_version(
    actor: Actor,
    version: VersionRef,
    *,
    mode: str,
    items: Sequence[Item] | None = None,
    trigger: str | None = None,
    dedupe_key: str | None = None,
) -> ExecutionRef:
    """Start a version by hand, from one of its triggers; once for each `dedupe_key`.

    Raises:
        Forbidden: the actor may not run workflows.
        NoTrigger: the version has no such trigger, or none at all.
    """
    require(actor, "workflow.run")
    workflow = compiled(version.id)
    node, started_with = trigger_of(workflow, trigger, items)
    ref = begin(
        Beginning(
            workflow_id=version.workflow_id,
            workflow_name=workflow.record.workflow_name,
            version_id=version.id,
            version_number=version.number,
            mode=mode,
            trigger_node=node.id,
            trigger_type=node.kind,
            items=started_with,
            started_by=actor.label,
            dedupe_key=dedupe_key,
            is_test=version.kind == "draft",
        )
    )
    if ref is None:
        message = "The version could not be started."
        raise NoTrigger(message)
    audit.record(actor.value, "execution.started", "execution", ref.id, {"number": ref.number})
    return ref


def trigger_of(
    workflow: CompiledWorkflow, wanted: str | None, items: Sequence[Item] | None
) -> tuple[CompiledNode, Sequence[Item]]:
    """The trigger to start from and the items that it gives.

    Without `wanted` that is the first manual trigger, else the first of any kind; without
    `items`, what is pinned on it.

    Raises:
        NoTrigger: the workflow has none, or not the wanted one.
    """
    triggers = {
        node.id: node
        for node in workflow.nodes.values()
        if node.node_class is not None and issubclass(node.node_class, Trigger)
    }
    manual = [node for node in triggers.values() if node.kind == "triggers.manual"]
    node = triggers.get(wanted) if wanted else next(iter([*manual, *triggers.values()]), None)
    if node is None or node.node_class is None:
        message = (
            f"This version has no trigger {wanted!r}."
            if wanted
            else "The workflow has no trigger to start from. Add a Manual Trigger."
        )
        raise NoTrigger(message)
    given = items if items is not None else workflow.pins.get(node.id)
    accept = cast("type[Trigger[Any]]", node.node_class).accept
    params = node.node_class.Params.model_validate(node.stored_params)
    return node, accept(params, Arrival({}, items=given))


@transaction.atomic
def cancel(actor: Actor, execution_id: UUID) -> None:
    """Ask for the end of an execution; from the commit on no step starts any more (P-8).

    Raises:
        Forbidden: the actor may not cancel.
        ExecutionNotFound, AlreadyEnded: as they say.
    """
    require(actor, "execution.cancel")
    execution = Execution.objects.filter(pk=execution_id).first()
    if execution is None:
        raise ExecutionNotFound
    if execution.status not in OPEN_STATUSES:
        raise AlreadyEnded(execution.status)
    request_cancel(execution_id)
    audit.record(actor.value, "execution.cancelled", "execution", execution_id, {})


def request_cancel(execution_id: UUID) -> None:
    """Mark the queue row and wake whoever runs it; nothing happens if it has ended."""
    with connection.cursor() as cursor:
        cursor.execute(sql.CANCEL, {"execution": execution_id})
        row = cursor.fetchone()
    if row is not None:
        transaction.on_commit(partial(doorbell().ring, row[0]))


@transaction.atomic
def resume(token: str, data: JsonValue) -> UUID:
    """Let the step go on that waits behind a one-time token. Returns the execution.

    Acceptance is decided here, by the token's own row, not by the worker (engine-rules 12).

    Raises:
        WaitIsOver: the token is unknown, used or expired.
    """
    token_hash = hashlib.sha256(token.encode()).digest()
    usable = WaitToken.objects.filter(
        Q(until=None) | Q(until__gt=Now()), token_hash=token_hash, state="open"
    )
    if not usable.update(state="used"):
        raise WaitIsOver
    waiting = WaitToken.objects.get(token_hash=token_hash)
    told = {"node": waiting.node, "run": waiting.run, "data": data}
    tell(waiting.execution_id, "resumed", f"token:{token_hash.hex()}", orjson.dumps(told))
    return waiting.execution_id


def tell(execution_id: UUID, kind: str, dedupe_key: str, data: bytes) -> None:
    """Put something into the inbox of an execution and wake it, in the caller's transaction."""
    InboxEntry.objects.bulk_create(
        [InboxEntry(execution_id=execution_id, kind=kind, dedupe_key=dedupe_key, data=data)],
        ignore_conflicts=True,
    )
    with connection.cursor() as cursor:
        cursor.execute(sql.WAKE, {"execution": execution_id})
        row = cursor.fetchone()
    if row is not None:
        transaction.on_commit(partial(doorbell().ring, row[0]))


def note(execution_id: UUID, code: str, message: str) -> None:
    """Say with an execution that has ended what people should know about its end."""
    notice = {"code": code, "message": message}
    Execution.objects.filter(pk=execution_id, status__in=ENDED_STATUSES).update(notice=notice)
