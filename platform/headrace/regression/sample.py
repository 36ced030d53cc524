"""Makes a test out of a run: its trigger's items, its calls, and what every step put out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, cast
from uuid import UUID

from headrace.engine import RunId, inputs_from_json
from headrace.executions import log, queries
from headrace.executions.derivation.items import RecordedItems
from headrace.executions.derivation.recorded import Past, read
from headrace.executions.history import Step
from headrace.executions.history import steps as history_of
from headrace.executions.recording import Call, Recording, digest_of_inputs
from headrace.executions.types import Status
from headrace.regression.errors import NotFinished, SampleTooLarge
from headrace.regression.types import Sample, SampleStep
from headrace.workflows.compiled import CompiledWorkflow, compiled
from headrace_sdk.items import Item, JsonObject

MOST_STEPS: Final = 5_000
ENDINGS: Final = (Status.COMPLETED, Status.FAILED)


def sample_of(execution_id: UUID) -> Sample:
    """Everything that a test needs of an execution.

    Raises:
        ExecutionNotFound, NothingRecorded: as they say.
        NotFinished: it has not come to an end of its own.
        SampleTooLarge: it has more steps or data than a test may have.
    """
    row = queries.get(execution_id)
    if row.status not in ENDINGS:
        raise NotFinished(row.status)
    events = queries.events(execution_id)
    past = read(execution_id, events)
    if len(past.seen) > MOST_STEPS:
        raise SampleTooLarge(f"more than {MOST_STEPS:,} steps")
    recorded = RecordedItems(past)
    workflow = compiled(row.version_id)
    calling = _calling(events, workflow)
    history = {RunId(one.node, one.run): one for one in history_of(events)}
    made = [
        *_ended(past, recorded, workflow, calling),
        *_failed(history, past, workflow, calling),
    ]
    calls = [
        _call(step, recorded.inputs(id_, inputs_from_json(history[id_].inputs)))
        for step in made
        if step.is_mock and (id_ := RunId(step.node, step.run))
    ]
    return Sample(
        execution=execution_id,
        number=row.number,
        status=row.status,
        trigger=past.trigger.id.node,
        items=recorded.trigger(),
        steps=made,
        recording=Recording(execution_id, calls, _moments(events), _variables(events)),
    )


def _variables(events: Sequence[log.Event]) -> JsonObject:
    return cast("JsonObject", events[0].data.get("variables") or {})


def _calling(events: Iterable[log.Event], workflow: CompiledWorkflow) -> frozenset[str]:
    """The nodes that asked the outside, changed it, or waited for something."""
    outside = {
        node.id
        for node in workflow.nodes.values()
        if node.node_class is not None and node.node_class.effect != "pure"
    }
    waited = {str(event.node) for event in events if event.type == "workflow.step.waiting"}
    return frozenset(outside | waited)


def _ended(
    past: Past, recorded: RecordedItems, workflow: CompiledWorkflow, calling: frozenset[str]
) -> list[SampleStep]:
    return [
        SampleStep(
            node=one.id.node,
            name=_name(workflow, one.id.node),
            run=one.id.run,
            outputs=recorded.outputs(one),
            error=cast("JsonObject | None", one.event.data.get("error")),
            is_mock=one.id.node in calling,
        )
        for one in past.ended.values()
    ]


def _failed(
    history: Mapping[RunId, Step], past: Past, workflow: CompiledWorkflow, calling: frozenset[str]
) -> list[SampleStep]:
    """Steps that stopped the run by their error."""
    return [
        SampleStep(one.node, _name(workflow, one.node), one.run, {}, one.error, one.node in calling)
        for id_, one in history.items()
        if one.status == "failed" and id_ not in past.ended
    ]


def _name(workflow: CompiledWorkflow, node: str) -> str:
    found = workflow.nodes.get(node)
    return found.name if found is not None else node


def _call(step: SampleStep, given: Mapping[str, Sequence[Item]]) -> Call:
    # What a failed step sends on is made of its error again.
    outputs = step.outputs if step.error is None else {}
    return Call(step.node, step.run, digest_of_inputs(given), outputs, step.error)


def _moments(events: Iterable[log.Event]) -> dict[tuple[str, str], datetime]:
    """When each run began for the first time: what `$now` was in it."""
    found: dict[tuple[str, str], datetime] = {}
    for event in events:
        began = event.data.get("started_at")
        if event.node is None or event.run is None or began is None:
            continue
        at = (
            datetime.fromtimestamp(began / 1000, UTC)
            if isinstance(began, int)
            else datetime.fromisoformat(str(began))
        )
        found.setdefault((event.node, event.run), at)
    return found
