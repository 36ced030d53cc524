"""Writes of the regression app: save a run as a test, change it, run tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from django.db import transaction

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.executions import queries as executions
from headrace.executions.beginning import Beginning
from headrace.executions.errors import ExecutionNotFound, NoTrigger
from headrace.executions.recorded_beginning import begin_recorded
from headrace.executions.recording import MODE
from headrace.files import actions as files
from headrace.files.queries import named_by
from headrace.regression import queries
from headrace.regression.errors import NoSuchTest, NoTests
from headrace.regression.models import WorkflowTest, WorkflowTestResult, WorkflowTestRun
from headrace.regression.sample import sample_of
from headrace.regression.stored import decode_sample, encode_sample
from headrace.regression.suggestions import suggested
from headrace.regression.types import Sample, Verdict
from headrace.workflows import actions as workflow_actions
from headrace.workflows import queries as workflows
from headrace.workflows.compiled import CompiledWorkflow, compiled

Version = Literal["draft"] | int


@transaction.atomic
def save_test(actor: Actor, workflow_id: UUID, execution_id: UUID, *, name: str = "") -> UUID:
    """Make a test of a run; what looks like a clock is ignored from the beginning.

    Raises:
        Forbidden, WorkflowNotFound, ExecutionNotFound: as they say.
        NotFinished, SampleTooLarge: the run cannot become a test.
    """
    require(actor, "workflow.test")
    workflows.require_exists(workflow_id)
    row = executions.get(execution_id)
    if row.workflow_id != workflow_id:
        raise ExecutionNotFound
    sample = sample_of(execution_id)
    test = WorkflowTest.objects.create(
        workflow_id=workflow_id,
        name=name or f"Run {row.number}",
        number=row.number,
        ignore=suggested(sample),
        body=encode_sample(sample),
        created_by_name=actor.label,
    )
    files.hold(test.pk, _files_of(sample))
    facts: dict[str, Any] = {"name": test.name, "execution": str(execution_id)}
    audit.record(actor.value, "workflow_test.created", "workflow_test", test.pk, facts)
    return test.pk


@transaction.atomic
def change_test(actor: Actor, workflow_id: UUID, test_id: UUID, changes: dict[str, Any]) -> None:
    """Set `name`, `nodes` or `ignore`.

    Raises:
        Forbidden, NoSuchTest: as they say.
    """
    require(actor, "workflow.test")
    test = queries.saved_test(workflow_id, test_id)
    for field, value in changes.items():
        setattr(test, field, value)
    test.save(update_fields=list(changes))
    facts: dict[str, Any] = {"fields": sorted(changes)}
    audit.record(actor.value, "workflow_test.changed", "workflow_test", test_id, facts)


@transaction.atomic
def delete_test(actor: Actor, workflow_id: UUID, test_id: UUID) -> None:
    """Take the test away, with its results.

    Raises:
        Forbidden, NoSuchTest: as they say.
    """
    require(actor, "workflow.test")
    test = queries.saved_test(workflow_id, test_id)
    facts: dict[str, Any] = {"name": test.name}
    test.delete()
    files.release([test_id])
    audit.record(actor.value, "workflow_test.deleted", "workflow_test", test_id, facts)


@transaction.atomic
def run_tests(
    actor: Actor,
    workflow_id: UUID,
    *,
    tests: Sequence[UUID] | None = None,
    version: Version = "draft",
    lane: str | None = None,
) -> UUID:
    """Begin an execution for each test; with `lane`, for a worker of the caller's own.

    Raises:
        Forbidden, WorkflowNotFound, VersionNotFound, InvalidWorkflow, NoSuchTest: as they say.
        NoTests: there is none.
    """
    require(actor, "workflow.test")
    workflows.require_exists(workflow_id)
    chosen = _chosen(workflow_id, tests)
    record = (
        workflow_actions.freeze_draft(actor, workflow_id)
        if version == "draft"
        else workflows.numbered(workflow_id, version)
    )
    run = WorkflowTestRun.objects.create(
        workflow_id=workflow_id, version_id=record.ref.id, created_by_name=actor.label
    )
    workflow = compiled(record.ref.id)
    for test in chosen:
        _begin(actor, run, test, workflow, lane)
    facts: dict[str, Any] = {"tests": len(chosen)}
    audit.record(actor.value, "workflow_test.run", "workflow", workflow_id, facts)
    return run.pk


def _files_of(sample: Sample) -> set[UUID]:
    made = (items for step in sample.steps for items in step.outputs.values())
    return named_by(item for items in (sample.items, *made) for item in items)


def _chosen(workflow_id: UUID, wanted: Sequence[UUID] | None) -> list[WorkflowTest]:
    rows = WorkflowTest.objects.filter(workflow_id=workflow_id).order_by("name", "id")
    if wanted is not None:
        rows = rows.filter(pk__in=wanted)
    found = list(rows)
    if wanted is not None and len(found) < len(set(wanted)):
        raise NoSuchTest
    if not found:
        raise NoTests
    return found


def _begin(
    actor: Actor,
    run: WorkflowTestRun,
    test: WorkflowTest,
    workflow: CompiledWorkflow,
    lane: str | None,
) -> None:
    sample = decode_sample(test.body)
    result = WorkflowTestResult(run=run, test=test)
    node = workflow.nodes.get(sample.trigger)
    if node is None or sample.trigger not in workflow.graph.triggers:
        error = NoTrigger(f"The trigger {sample.trigger!r} of the recorded run is gone.")
        result.status, result.body = Verdict.ERROR, queries.error_body(error.code, error.message)
        result.save()
        return
    version = workflow.record
    beginning = Beginning(
        workflow_id=version.ref.workflow_id,
        workflow_name=version.workflow_name,
        version_id=version.ref.id,
        version_number=version.ref.number,
        mode=MODE,
        trigger_node=node.id,
        trigger_type=node.kind,
        items=sample.items,
        started_by=actor.label,
        lane=lane or "default",
        rings=lane is None,
    )
    result.execution_id = begin_recorded(beginning, sample.recording).id
    result.save()
