"""Calls of one workflow by another: which version is meant, where it begins, how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast
from uuid import UUID, uuid5

import orjson

from headrace.accounts.types import SYSTEM
from headrace.executions import queries
from headrace.executions.beginning import Beginning, Origin
from headrace.executions.lease.claim import CAREFUL
from headrace.executions.limits import limits_of_version
from headrace.executions.models import Execution
from headrace.executions.types import ENDED_STATUSES, Status
from headrace.workflows import queries as workflows
from headrace.workflows.actions import freeze_draft
from headrace.workflows.compiled import CompiledNode, CompiledWorkflow, compiled
from headrace.workflows.errors import InvalidWorkflow, VersionNotFound, WorkflowNotFound
from headrace.workflows.types import VersionRef
from headrace_sdk.calls import CalledVersion, CallResult
from headrace_sdk.errors import NodeError, UserError
from headrace_sdk.items import Item
from headrace_sdk.node import Arrival, Trigger
from headrace_sdk.registrations import CallRegistration

MAX_DEPTH: Final = 20
"""So many workflows may stand above a called one (engine-rules 34)."""


@dataclass(frozen=True, slots=True)
class CallingStep:
    """The attempt that calls, in an execution of a lane, started in `mode` by `origin`."""

    execution_id: UUID
    node: str
    run: str
    attempt: int
    mode: str
    origin: Origin
    lane: str


def prepare(
    step: CallingStep,
    workflow: str,
    items: Sequence[Item],
    *,
    version: CalledVersion,
    item: int,
    waits: bool,
) -> Beginning | UUID:
    """The child that this call begins, or the id of one that succeeded in an earlier attempt.

    Raises:
        UserError: no such workflow or version, no Workflow Input, or the items do not fit it.
        NodeError: the chain of callers is too long.
    """
    chain = [*step.origin.get("chain", ()), str(step.execution_id)]
    if len(chain) > MAX_DEPTH:
        raise _too_deep(chain)
    done = _of_step(step).filter(origin__item=item, status=Status.COMPLETED).first()
    if done is not None:
        return cast("UUID", done.pk)
    chosen = _version(step, workflow, version)
    target = compiled(chosen.id)
    entry = _entry(target)
    origin: Origin = {
        "node": step.node,
        "run": step.run,
        "item": item,
        "attempt": step.attempt,
        "waits": waits,
        "chain": chain,
        "hops": step.origin.get("hops", 0),
        "by_hand": _is_by_hand(step),
    }
    if "error_of" in step.origin:
        origin["error_of"] = step.origin["error_of"]
    return Beginning(
        execution_id=_child_id(step, item),
        workflow_id=chosen.workflow_id,
        workflow_name=target.record.workflow_name,
        version_id=chosen.id,
        version_number=chosen.number,
        mode="child",
        trigger_node=entry.id,
        trigger_type=entry.kind,
        items=_accepted(entry, items, target, item),
        started_by="workflow",
        is_test=chosen.kind == "draft",
        # What took its worker with it begins its children with a clean record.
        lane="default" if step.lane == CAREFUL else step.lane,
        limits=limits_of_version(chosen.id),
        origin=origin,
    )


def results(step: CallingStep) -> Sequence[CallResult]:
    """The children that the step waited for, the latest of each item; a success before others."""
    latest: dict[int, Execution] = {}
    ended = _of_step(step).filter(origin__waits=True, status__in=ENDED_STATUSES)
    for row in sorted(ended, key=lambda row: (row.status == Status.COMPLETED, _attempt(row))):
        latest[_origin(row)["item"]] = row
    return [_result(item, latest[item]) for item in sorted(latest)]


def _result(item: int, row: Execution) -> CallResult:
    is_completed = row.status == Status.COMPLETED
    return CallResult(
        item=item,
        execution=str(row.pk),
        number=row.number,
        workflow_name=row.workflow_name,
        status=cast("Any", str(row.status)),
        items=queries.result(row.pk) if is_completed else (),
        error=orjson.loads(bytes(row.error)) if row.error else None,
    )


def _child_id(step: CallingStep, item: int) -> UUID:
    """The same in every take-over of an attempt; another attempt begins another child."""
    name = f"{step.node}:{step.run}:{item}"
    return uuid5(step.execution_id, name if step.attempt == 1 else f"{name}:{step.attempt}")


def _of_step(step: CallingStep) -> Any:
    return Execution.objects.filter(
        parent_id=step.execution_id, origin__node=step.node, origin__run=step.run
    )


def _origin(row: Execution) -> Origin:
    return cast("Origin", row.origin or {})


def _attempt(row: Execution) -> int:
    return _origin(row)["attempt"]


def _is_by_hand(step: CallingStep) -> bool:
    return step.mode == "manual" or step.origin.get("by_hand", False)


def _version(step: CallingStep, workflow: str, version: CalledVersion) -> VersionRef:
    try:
        workflow_id = UUID(workflow)
        workflows.require_exists(workflow_id)
        if isinstance(version, int):
            return workflows.numbered(workflow_id, version).ref
        if version == "draft" and _is_by_hand(step):
            return freeze_draft(SYSTEM, workflow_id).ref
    except (ValueError, WorkflowNotFound):
        message = "The called workflow does not exist any more. Choose another one."
        raise UserError(message, field="workflow", code="workflow_not_found") from None
    except VersionNotFound:
        message = f"The called workflow has no version {version}."
        raise UserError(message, field="number", code="version_not_found") from None
    except InvalidWorkflow as error:
        message = f"The draft of the called workflow cannot run: {error.message}"
        raise UserError(message, field="workflow", code=error.code) from None
    found = workflows.published(workflow_id)
    if found is None:
        message = "The called workflow is not published. Publish it, or choose its draft."
        raise UserError(message, field="workflow", code="workflow_not_published")
    return found


def _entry(target: CompiledWorkflow) -> CompiledNode:
    """The trigger that takes calls."""
    for node in target.nodes.values():
        node_class = node.node_class
        if (
            node_class is None
            or not issubclass(node_class, Trigger)
            or node.id not in target.graph.triggers
        ):
            continue
        params = node_class.Params.model_validate(node.stored_params)
        registrations = node_class.register(params, node.id)
        if any(isinstance(one, CallRegistration) for one in registrations):
            return node
    message = f"“{target.record.workflow_name}” cannot be called. Add a Workflow Input trigger."
    raise UserError(message, field="workflow", code="no_workflow_input")


def _accepted(
    entry: CompiledNode, items: Sequence[Item], target: CompiledWorkflow, item: int
) -> Sequence[Item]:
    node_class = cast("type[Trigger[Any]]", entry.node_class)
    params = node_class.Params.model_validate(entry.stored_params)
    # Lineage ends at the border: the items of a call come from nowhere in the called workflow.
    given = [Item(item.json, item.binary) for item in items]
    try:
        return node_class.accept(params, Arrival({}, items=given))
    except UserError as error:
        message = f"“{target.record.workflow_name}”: {error.message}"
        path = f"inputs.{error.field}" if error.field else "inputs"
        at = item if len(items) == 1 else error.item
        raise UserError(message, field=path, code=error.code, item=at) from None


def _too_deep(chain: Sequence[str]) -> NodeError:
    names = dict(Execution.objects.filter(pk__in=chain).values_list("pk", "workflow_name"))
    shown = [names.get(UUID(one), "?") for one in chain]
    message = (
        f"Workflows have called one another {MAX_DEPTH} deep: {' → '.join(shown[-4:])} → …. "
        "Let the recursion end, for instance by an If before the call."
    )
    return NodeError(message, code="call_depth", facts={"chain": list(chain)})
