"""Reads of the executions app."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Count, Max, QuerySet

from headrace.executions import log
from headrace.executions.blocks.step_items import Giver, StepItems, output
from headrace.executions.blocks.step_items import page as step_page
from headrace.executions.edits import edited_input
from headrace.executions.errors import ExecutionNotFound
from headrace.executions.history import Step, steps
from headrace.executions.models import Execution, LogSegment
from headrace.executions.recording import MODE
from headrace.executions.registries import sandboxes, workers
from headrace.executions.types import ENDED_STATUSES, OPEN_STATUSES, Ended, Status
from headrace.tenants.context import TenantRef, tenant
from headrace.tenants.threads import in_thread
from headrace_sdk.items import Item, JsonObject

__all__ = ["sandboxes", "workers"]
"""What is asked for here and answered elsewhere in this app."""


def rows() -> QuerySet[Execution]:
    """Executions, newest first."""
    return Execution.objects.order_by("-number")


def get(execution_id: UUID) -> Execution:
    """One execution's row.

    Raises:
        ExecutionNotFound: there is none in this tenant.
    """
    found = Execution.objects.filter(pk=execution_id).first()
    if found is None:
        raise ExecutionNotFound
    return found


def is_open(execution_id: UUID) -> bool:
    """Is there such an execution, and has it not ended?"""
    return Execution.objects.filter(pk=execution_id, status__in=OPEN_STATUSES).exists()


def open_counts() -> dict[str, int]:
    """How many executions of the tenant have not ended, by status."""
    found = Execution.objects.filter(status__in=OPEN_STATUSES).values_list("status")
    return dict(found.annotate(count=Count("pk")).order_by("status"))


def ended(execution_id: UUID) -> Ended | None:
    """An execution that has ended, for those who act on it."""
    row = Execution.objects.filter(pk=execution_id, status__in=ENDED_STATUSES).first()
    if row is None:
        return None
    return Ended(
        id=row.pk,
        number=row.number,
        workflow_id=row.workflow_id,
        workflow_name=row.workflow_name,
        version_id=row.version_id,
        trigger_node=row.trigger_node,
        mode=row.mode,
        status=Status(row.status),
        error=orjson.loads(bytes(row.error)) if row.error else None,
        origin=row.origin or {},
        last_seq=row.last_seq,
    )


def events(execution_id: UUID, *, after: int = 0, limit: int | None = None) -> list[log.Event]:
    """The log after a sequence number, in order and without a gap."""
    return list(islice(stream(execution_id, after=after), limit))


def stream(execution_id: UUID, *, after: int = 0) -> Iterator[log.Event]:
    """`events` one by one, so that a long log need not be in memory."""
    segments = LogSegment.objects.filter(execution_id=execution_id, last_seq__gt=after)
    for segment in segments.order_by("first_seq").iterator(chunk_size=50):
        decoded = log.decode_segment(segment.body, segment.first_seq, segment.format)
        yield from (event for event in decoded if event.seq > after)


def last_seq(execution_id: UUID) -> int:
    """The number of the last event that is durable, 0 before the first."""
    last = LogSegment.objects.filter(execution_id=execution_id).aggregate(last=Max("last_seq"))
    return int(last["last"] or 0)


def as_fact(event: log.Event) -> JsonObject:
    """An event as everybody outside sees it: without items, with its number."""
    fact: JsonObject = {"seq": event.seq, "type": event.type, "at_ms": event.at_ms}
    if event.node is not None:
        fact |= {"node": event.node, "run": event.run, "run_index": event.run_index}
    if event.attempt is not None:
        fact["attempt"] = event.attempt
    fact["data"] = {key: value for key, value in event.data.items() if key not in _INNER}
    return fact


_INNER = frozenset({"reply", "answer_to", "resume_url", "results"})
"""What readers are not told: whoever has a resume address may act, and viewers may only look."""


def history(execution_id: UUID, *, per_node: int | None = None) -> list[Step]:
    """The steps of an execution as they stand; see `steps` for `per_node`."""
    return steps(stream(execution_id), per_node=per_node)


def step_items(
    execution_id: UUID,
    node: str,
    run: str,
    *,
    side: str,
    port: str | None,
    offset: int,
    limit: int,
    giver: Giver | None = None,
) -> StepItems:
    """Items that went into (`side="input"`) or came out of a step; see `step_items.page`.

    Raises:
        ExecutionNotFound: no such execution.
        StepNotFound: no such step, or nothing of it is recorded yet.
    """
    get(execution_id)
    page = step_page(
        execution_id, node, run, side=side, port=port, offset=offset, limit=limit, giver=giver
    )
    edited = edited_input(execution_id, node, run) if side == "input" else {}
    leading = next(iter(page.ports), "main")
    for name, items in edited.items():
        if (name or leading) == (port or leading):
            ports = {**page.ports, name or leading: len(items)}
            return StepItems(items[offset : offset + limit], len(items), ports)
    return page


def open_executions(workflow_id: UUID, trigger_node: str) -> list[UUID]:
    """Executions of a workflow from one trigger that have not ended."""
    found = Execution.objects.filter(
        workflow_id=workflow_id, trigger_node=trigger_node, status__in=OPEN_STATUSES
    )
    return list(found.values_list("pk", flat=True))


def answer(execution_id: UUID) -> dict[str, Any] | None:
    """What is to be told to whoever waits for this execution; `None` while it goes on."""
    row = get(execution_id)
    found = events(execution_id)
    reply = next((event.data["reply"] for event in found if "reply" in event.data), None)
    if reply is None and row.status not in ENDED_STATUSES:
        return None
    return {
        "execution": str(execution_id),
        "status": str(row.status),
        "reply": reply,
        "items": [item.to_json() for item in _result(execution_id, found[-1] if found else None)],
        "error": orjson.loads(bytes(row.error)) if row.error else None,
    }


def result(execution_id: UUID) -> list[Item]:
    """The items that an execution ended with; none unless it completed."""
    last = events(execution_id, after=last_seq(execution_id) - 1)
    return _result(execution_id, last[-1] if last else None)


def _result(execution_id: UUID, last: log.Event | None) -> list[Item]:
    """The items that `workflow.completed` names as the result."""
    named: Any = last.data.get("result") if last else None
    return [
        item for node, run, port in named or () for item in output(execution_id, node, run, port)
    ]


async def answers_of(waiting: Mapping[UUID, TenantRef]) -> dict[UUID, dict[str, Any]]:
    """Answers of those executions that have one, given their tenants."""
    return await in_thread(_answers_of, waiting)


def _answers_of(waiting: Mapping[UUID, TenantRef]) -> dict[UUID, dict[str, Any]]:
    found: dict[UUID, dict[str, Any]] = {}
    for owner in set(waiting.values()):
        mine = [execution_id for execution_id, other in waiting.items() if other == owner]
        with tenant(owner):
            ended = Execution.objects.filter(pk__in=mine, status__in=ENDED_STATUSES)
            for execution_id in ended.values_list("pk", flat=True):
                told = answer(execution_id)
                if told is not None:
                    found[execution_id] = told
    return found


class ExecutionSummaries:
    """Implements `headrace.workflows.ports.Executions`."""

    def last_of(self, workflow_ids: Collection[UUID]) -> Mapping[UUID, JsonObject]:
        """The newest run of each workflow; tests of it do not count."""
        newest = (
            Execution.objects.filter(workflow_id__in=workflow_ids)
            .exclude(mode=MODE)
            .order_by("workflow_id", "-number")
            .distinct("workflow_id")
        )
        return {
            row.workflow_id: {
                "id": str(row.pk),
                "number": row.number,
                "status": row.status,
                "started_at": (row.started_at or row.queued_at).isoformat(),
            }
            for row in newest
        }
