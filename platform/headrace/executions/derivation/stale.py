"""Which results of an execution still hold in the draft as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from headrace.engine import RunId
from headrace.executions import queries
from headrace.executions.derivation.feed import REMOVED, Offer, feed
from headrace.executions.derivation.items import RecordedItems
from headrace.executions.derivation.recorded import read
from headrace.executions.derivation.staleness import Judge
from headrace.executions.errors import ExecutionNotFound
from headrace.workflows import queries as workflows
from headrace.workflows.compiled import CompiledWorkflow, compile_version, compiled
from headrace.workflows.errors import InvalidWorkflow
from headrace.workflows.types import Author, VersionRecord, VersionRef

NOT_ENDED: Final = "not_ended"


@dataclass(frozen=True, slots=True)
class Staleness:
    """Whether a run's result holds; the `reason` is empty if it does."""

    id: RunId
    is_stale: bool
    reason: str = ""


def stale(workflow_id: UUID, execution_id: UUID) -> Sequence[Staleness]:
    """Every run of the execution, in the order of its log.

    Raises:
        WorkflowNotFound, ExecutionNotFound, InvalidWorkflow: as they say.
        NothingRecorded: the execution has not begun.
    """
    workflows.require_exists(workflow_id)
    row = queries.get(execution_id)
    if row.workflow_id != workflow_id:
        raise ExecutionNotFound
    past = read(execution_id, queries.events(execution_id))
    old = compiled(row.version_id)
    new = _draft(workflow_id, old)
    trigger = past.trigger.id
    if trigger.node not in new.graph.triggers:
        return [Staleness(run, is_stale=True, reason=REMOVED) for run in past.seen]
    pins = {node: items for node, items in new.pins.items() if node != trigger.node}
    judge = Judge(past, old, new, RecordedItems(past), pins=pins)
    counts = {node: len(items) for node, items in pins.items()}
    offer = Offer(trigger.node, past.trigger.counts, [*past.ended.values()], counts)
    fed = feed(new.graph, offer, judge)
    fresh = {trigger, *(one.id for one in fed.taken)}
    return [
        Staleness(
            run, run not in fresh, "" if run in fresh else fed.again.get(run) or _why(judge, run)
        )
        for run in past.seen
    ]


def _why(judge: Judge, run: RunId) -> str:
    """Of a run without a result: what changed at its node, or only that it never ended."""
    if run.node not in judge.new.nodes:
        return REMOVED
    return judge.of_node(run.node) or NOT_ENDED


def _draft(workflow_id: UUID, old: CompiledWorkflow) -> CompiledWorkflow:
    """The draft as if it were a version; where nothing changed, the version itself."""
    draft = workflows.draft(workflow_id)
    if draft.document == old.record.document:
        return old
    if any(problem.severity == "error" for problem in draft.problems):
        raise InvalidWorkflow(draft.problems)
    ref = VersionRef(UUID(int=0), workflow_id, "draft", None)
    nobody = Author(None, "")
    row = draft.row
    return compile_version(VersionRecord(ref, row.name, draft.document, row.updated_at, nobody, ""))
