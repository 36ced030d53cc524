"""Judges the executions of a test run once they have ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast
from uuid import UUID

import orjson
from django.db.models import QuerySet

from headrace.executions import queries as executions
from headrace.executions.derivation.items import RecordedItems
from headrace.executions.derivation.recorded import read
from headrace.executions.history import steps
from headrace.executions.types import ENDED_STATUSES
from headrace.regression.differences import Ignored, differences
from headrace.regression.mocks import unrecorded_calls
from headrace.regression.models import WorkflowTest, WorkflowTestResult
from headrace.regression.queries import error_body
from headrace.regression.stored import decode_sample
from headrace.regression.types import Difference, Sample, SampleStep, Verdict
from headrace_sdk.errors import HeadraceError
from headrace_sdk.items import JsonObject

UNENDED: Final = frozenset({"crashed", "cancelled"})


def settle(results: QuerySet[WorkflowTestResult]) -> None:
    """Judge those whose execution has ended since.

    Nobody waits for a test run in the background; whoever looks at it settles it, and twice
    gives the same.
    """
    for result in results.filter(status=Verdict.RUNNING).select_related("test"):
        if result.execution_id is not None:
            _settle(result, result.execution_id)


def _settle(result: WorkflowTestResult, execution_id: UUID) -> None:
    row = executions.rows().filter(pk=execution_id).first()
    if row is None:
        message = "The execution of this test was deleted before it was looked at."
        _note(result, Verdict.ERROR, error_body("execution_not_found", message))
        return
    if row.status not in ENDED_STATUSES:
        return
    if row.started_at and row.ended_at:
        result.duration_ms = round((row.ended_at - row.started_at).total_seconds() * 1000)
    error: Any = orjson.loads(bytes(row.error)) if row.error else None
    if row.status in UNENDED:
        message = (error or {}).get("message", "The execution of this test was cancelled.")
        _note(result, Verdict.ERROR, error_body(f"execution_{row.status}", message))
        return
    sample = decode_sample(result.test.body)
    actual, unrecorded = _actual(execution_id, sample)
    found = _compared(sample, result.test, actual)
    if not found and row.status != sample.status:
        found = [_other_end(sample, row.status, error)]
    verdict = Verdict.FAILED if found else Verdict.PASSED
    told = {"differences": [one.to_json() for one in found], "unrecorded": unrecorded}
    _note(result, verdict, orjson.dumps(told))


def _compared(
    sample: Sample, test: WorkflowTest, actual: Mapping[tuple[str, str], SampleStep]
) -> list[Difference]:
    expected = [one for one in sample.steps if test.nodes is None or one.node in test.nodes]
    ignored = [Ignored.of(one) for one in test.ignore]
    return differences(expected, actual, ignored)


def _actual(
    execution_id: UUID, sample: Sample
) -> tuple[Mapping[tuple[str, str], SampleStep], list[JsonObject]]:
    """What the steps of the test's execution put out, and the calls without a recording."""
    names = {one.node: one.name for one in sample.steps}
    events = executions.events(execution_id)
    try:
        past = read(execution_id, events)
    except HeadraceError:
        return {}, []
    recorded = RecordedItems(past)
    found = {
        (node, run): SampleStep(
            node,
            names.get(node, node),
            run,
            recorded.outputs(one),
            cast("JsonObject | None", one.event.data.get("error")),
        )
        for (node, run), one in past.ended.items()
    }
    made = steps(events)
    for step in made:
        if step.status == "failed" and (step.node, step.run) not in found:
            name = names.get(step.node, step.node)
            found[step.node, step.run] = SampleStep(step.node, name, step.run, {}, step.error)
    return found, unrecorded_calls(made, recorded, sample.recording, names)


def _other_end(sample: Sample, status: str, error: Any) -> Difference:
    """The steps that are compared agree, and yet the whole ended otherwise."""
    node = str((error or {}).get("node") or "")
    name = next((one.name for one in sample.steps if one.node == node), node)
    told: JsonObject = {"status": status}
    if error is not None:
        told["error"] = {"code": error.get("code"), "message": error.get("message")}
    return Difference(node, name, "", expected={"status": sample.status}, actual=told)


def _note(result: WorkflowTestResult, verdict: Verdict, body: bytes) -> None:
    result.status, result.body = verdict, body
    result.save(update_fields=["status", "body", "duration_ms"])
