"""Executions as the API shows them, and the bodies that it takes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
from rest_framework import serializers

from headrace.accounts.http import Input
from headrace.executions.blocks.step_items import StepItems
from headrace.executions.history import Step
from headrace.executions.late_results import Late
from headrace.executions.models import Execution
from headrace_sdk.items import Item


class RunInput(Input):
    """`POST workflows/{id}/run/`."""

    items = serializers.ListField(child=serializers.JSONField(), required=False, max_length=10_000)
    trigger = serializers.CharField(max_length=100, required=False)
    version = serializers.IntegerField(min_value=1, required=False)
    wait = serializers.FloatField(min_value=0, max_value=60, required=False)
    to = serializers.CharField(max_length=100, required=False)
    only = serializers.CharField(max_length=100, required=False)
    execution = serializers.UUIDField(required=False)

    def get_fields(self) -> dict[str, Any]:
        """`from` is a word of Python, so it cannot be an attribute."""
        start = serializers.CharField(max_length=100, required=False)
        return {**super().get_fields(), "from": start}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A part of the draft has one end.

        Raises:
            ValidationError: two ends are named, or a part of a published version is asked for.
        """
        ends = [name for name in ("to", "from", "only") if name in attrs]
        if len(ends) > 1:
            raise serializers.ValidationError({ends[1]: "Give one of to, from and only."})
        if ends and "version" in attrs:
            raise serializers.ValidationError({"version": "Only the draft is run in part."})
        if "execution" in attrs and not ends:
            message = "An earlier execution is of use with to, from or only."
            raise serializers.ValidationError({"execution": message})
        return attrs


class PreviewInput(Input):
    """`POST expressions/preview/`."""

    value = serializers.JSONField(allow_null=True)
    workflow = serializers.UUIDField(required=False)
    document = serializers.JSONField(required=False)
    node = serializers.CharField(max_length=100, required=False, allow_blank=True)
    execution = serializers.UUIDField(required=False, allow_null=True)
    items = serializers.ListField(child=serializers.JSONField(), required=False, max_length=200)
    item_index = serializers.IntegerField(min_value=0, required=False)


def items_of(values: list[Any]) -> list[Item]:
    """Items of a request: `{"json": …}` objects, or plain objects.

    Raises:
        ValidationError: with the path of the first that is neither.
    """
    found = []
    for index, value in enumerate(values):
        body = value.get("json", value) if isinstance(value, dict) else value
        if not isinstance(body, dict):
            fault = {f"items/{index}": "An item is an object."}
            raise serializers.ValidationError(fault)
        found.append(Item(body))
    return found


def row(execution: Execution) -> dict[str, Any]:
    """A line of the list."""
    started, ended = execution.started_at, execution.ended_at
    duration = (ended - started).total_seconds() * 1000 if started and ended else None
    return {
        "id": str(execution.pk),
        "number": execution.number,
        "workflow": {"id": str(execution.workflow_id), "name": execution.workflow_name},
        "version": {
            "id": str(execution.version_id),
            "number": execution.version_number,
            "kind": "published" if execution.version_number else "draft",
        },
        "status": execution.status,
        "mode": execution.mode,
        "trigger_type": execution.trigger_type,
        "trigger_node": execution.trigger_node,
        "queued_at": execution.queued_at.isoformat(),
        "started_at": started.isoformat() if started else None,
        "ended_at": ended.isoformat() if ended else None,
        "duration_ms": round(duration) if duration is not None else None,
        "error": orjson.loads(bytes(execution.error)) if execution.error else None,
        "notice": execution.notice,
        "waiting_for": execution.waiting_for or None,
    }


def priced(execution: Execution) -> dict[str, Any]:
    """A line with what its calls of language models cost; the row is annotated with it."""
    return {**row(execution), "cost_micro": int(getattr(execution, "cost_micro", 0))}


def step(one: Step) -> dict[str, Any]:
    """A step of an execution."""
    return {
        "node": one.node,
        "run": one.run,
        "run_index": one.run_index,
        "status": one.status,
        "attempt": one.attempt,
        "queued_at": iso(one.queued_at),
        "started_at": iso(one.started_at),
        "ended_at": iso(one.ended_at),
        "duration_ms": one.duration_ms,
        "items_in": one.items_in,
        "items_out": one.items_out,
        "from": [source["from"] for source in one.inputs],
        "error": one.error,
        "waiting": one.waiting,
        "failed_items": one.failed_items,
        "in_doubt": one.in_doubt,
        "log": one.log,
    }


def late(found: Late) -> dict[str, Any]:
    """A result that arrived after the execution had gone on without it."""
    event = found.event
    outputs: Any = event.data.get("outputs") or {}
    return {
        "node": event.node,
        "run": event.run,
        "attempt": event.attempt,
        "status": found.status,
        "arrived_at": found.arrived_at.isoformat(),
        "items_out": {port: facts["items"] for port, facts in outputs.items()},
        "error": event.data.get("error"),
    }


def step_items(page: StepItems) -> dict[str, Any]:
    """A page of a step's items."""
    return {
        "items": [item.to_json() for item in page.items],
        "total": page.total,
        "ports": dict(page.ports),
    }


def iso(at_ms: int | None) -> str | None:
    """Milliseconds since the epoch as ISO 8601."""
    return None if at_ms is None else datetime.fromtimestamp(at_ms / 1000, UTC).isoformat()
