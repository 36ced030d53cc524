"""Runs one execution in this process, by the same runner, recorded like any other."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast
from uuid import UUID, uuid4

import orjson

from headrace.accounts.types import SYSTEM
from headrace.executions import queries
from headrace.executions.actions import begin, trigger_of
from headrace.executions.beginning import Beginning
from headrace.executions.lease.settings import WorkerSettings
from headrace.executions.types import ENDED_STATUSES, Status
from headrace.executions.worker.engine import Engine
from headrace.workflows.actions import freeze
from headrace.workflows.compiled import compiled
from headrace_sdk.errors import HeadraceError
from headrace_sdk.items import Item, JsonObject, JsonValue

LOOK_EVERY_S = 0.02


class RunFailed(HeadraceError):
    """The execution ended without success; the message is its error."""

    code = "execution_failed"


def run_document(document: JsonObject, items: list[Item] | None) -> JsonObject:
    """The items of every last node that ran, by node name.

    Raises:
        InvalidWorkflow, NoTrigger: it cannot run.
        RunFailed: it ran and failed, or waits for something that takes longer.
    """
    version = freeze(SYSTEM, document)
    workflow = compiled(version.ref.id)
    node, trigger_items = trigger_of(workflow, None, items)
    lane = f"command:{uuid4().hex[:12]}"
    ref = begin(
        Beginning(
            workflow_id=version.ref.workflow_id,
            workflow_name=version.workflow_name,
            version_id=version.ref.id,
            version_number=None,
            mode="api",
            trigger_node=node.id,
            trigger_type=node.kind,
            items=trigger_items,
            started_by="command line",
            is_test=True,
            lane=lane,
            rings=False,
        )
    )
    if ref is None:
        message = "The execution could not be started."
        raise RunFailed(message)
    drive(lane, [ref.id])
    return _outputs(ref.id, document)


def drive(lane: str, executions: Sequence[UUID]) -> None:
    """Run the executions of a lane in this process until each has ended, or waits for long."""
    engine = Engine(replace(WorkerSettings.from_django(), lanes=(lane,), poll_s=0.2))
    thread = threading.Thread(target=engine.run, name="engine")
    thread.start()
    try:
        for execution_id in executions:
            while queries.get(execution_id).status not in (*ENDED_STATUSES, Status.WAITING):
                time.sleep(LOOK_EVERY_S)
    finally:
        engine.stop()
        thread.join()


def _outputs(execution_id: UUID, document: JsonObject) -> JsonObject:
    row = queries.get(execution_id)
    if row.status == Status.WAITING:
        message = f"Execution {row.number} waits ({row.waiting_for}). Workers go on with it."
        raise RunFailed(message)
    if row.status != Status.COMPLETED:
        error: dict[str, Any] = orjson.loads(bytes(row.error)) if row.error else {}
        message = f"{error.get('node') or 'Execution'}: {error.get('message', row.status)}"
        raise RunFailed(message, code=error.get("code"))
    nodes = cast("list[JsonObject]", document["nodes"])
    edges = cast("list[Any]", document.get("edges") or [])
    inner = {edge["from"][0] for edge in edges}
    names = {str(node["id"]): str(node["name"]) for node in nodes if node["id"] not in inner}
    found: dict[str, list[JsonValue]] = {}
    for step in queries.history(execution_id):
        if step.node in names and step.items_out:
            for port in step.items_out:
                page = queries.step_items(
                    execution_id,
                    step.node,
                    step.run,
                    side="output",
                    port=port,
                    offset=0,
                    limit=1_000_000,
                )
                found.setdefault(names[step.node], []).extend(one.to_json() for one in page.items)
    return dict(found)
