"""Begins the run of one subscription."""

from __future__ import annotations

import logging
from typing import cast
from uuid import UUID

import orjson

from headrace.bus.models import Event, Subscription
from headrace.bus.types import EventRecord
from headrace.executions import actions as executions
from headrace.executions.beginning import Beginning, ExecutionRef, Origin
from headrace.workflows.compiled import compiled
from headrace_sdk.errors import HeadraceError, NodeError
from headrace_sdk.items import JsonObject
from headrace_sdk.node import Arrival, Trigger

logger = logging.getLogger(__name__)


def start(
    subscription: Subscription, data: JsonObject, *, mode: str, dedupe_key: str, origin: Origin
) -> ExecutionRef | None:
    """Start the workflow with what its trigger makes of `data`.

    `None`: the trigger does not want it, it cannot start now, or the version is no longer the
    active one. The same `dedupe_key` finds the first run again.
    """
    try:
        workflow = compiled(subscription.version_id)
    except HeadraceError as error:
        # One workflow whose plugin is gone must not keep the event from the others.
        logger.warning("Workflow %s cannot start: %s", subscription.workflow_id, error.message)
        return None
    node = workflow.nodes[subscription.node]
    node_class = node.node_class
    if node_class is None or not issubclass(node_class, Trigger):
        return None
    params = node_class.Params.model_validate(node.stored_params)
    try:
        items = node_class.accept(params, Arrival(data))
    except NodeError:
        # What does not fit the filter is not wanted.
        return None
    if not items:
        return None
    version = workflow.record.ref
    return executions.begin(
        Beginning(
            workflow_id=version.workflow_id,
            workflow_name=workflow.record.workflow_name,
            version_id=version.id,
            version_number=version.number,
            mode=mode,
            trigger_node=node.id,
            trigger_type=node.kind,
            items=items,
            started_by=mode,
            must_be_published=True,
            dedupe_key=dedupe_key,
            origin=origin,
        )
    )


def begin(subscription: Subscription, event: EventRecord, *, in_order: bool = False) -> UUID | None:
    """The run of a subscription for an event, if it wants it."""
    origin: Origin = {"event": str(event.id), "hops": event.hops + 1}
    if in_order:
        origin |= {"in_order": True, "key": event.ordering_key}
    ref = start(
        subscription,
        event.to_json(),
        mode="event",
        dedupe_key=f"event:{event.id.hex}:{subscription.node}"[:200],
        origin=origin,
    )
    return ref.id if ref else None


def record(row: Event) -> EventRecord:
    """A row as a value."""
    data = cast("JsonObject", orjson.loads(bytes(row.data)))
    return EventRecord(
        row.position,
        row.id,
        row.kind,
        data,
        row.ordering_key,
        row.source,
        row.hops,
        row.created_at,
    )
