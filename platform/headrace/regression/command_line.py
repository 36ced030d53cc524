"""Runs tests in this process, without a worker beside it."""

from __future__ import annotations

from typing import Literal
from uuid import UUID, uuid4

from headrace.accounts.types import SYSTEM
from headrace.executions.command_line import drive
from headrace.regression import queries
from headrace.regression.actions import run_tests
from headrace.regression.junit import Outcome
from headrace.regression.results import settle
from headrace.regression.serializers import shown_result
from headrace.regression.types import Verdict
from headrace.workflows import queries as workflows
from headrace_sdk.errors import HeadraceError

On = Literal["draft", "active"]


def run_all(workflow_id: UUID | None, on: On) -> list[Outcome]:
    """The tests of one workflow or of all, on the draft or on the published version.

    A workflow that cannot run at all is one outcome with the error.

    Raises:
        WorkflowNotFound: there is none of this id.
    """
    if workflow_id is not None:
        workflows.require_exists(workflow_id)
    wanted = [workflow_id] if workflow_id is not None else queries.workflows_with_tests()
    found: list[Outcome] = []
    for one in wanted:
        if workflows.exists(one):
            found += _run(one, on)
    return found


def _run(workflow_id: UUID, on: On) -> list[Outcome]:
    name = workflows.draft(workflow_id).row.name
    lane = f"command:{uuid4().hex[:12]}"
    try:
        version = _version(workflow_id, on)
        run_id = run_tests(SYSTEM, workflow_id, version=version, lane=lane)
    except HeadraceError as error:
        return [Outcome(name, _error(error.code, error.message))]
    run = queries.run(workflow_id, run_id)
    drive(lane, [one for one in run.results.values_list("execution_id", flat=True) if one])
    settle(run.results.all())
    rows = run.results.select_related("test").order_by("id")
    return [Outcome(name, _ended(shown_result(row))) for row in rows]


def _version(workflow_id: UUID, on: On) -> Literal["draft"] | int:
    if on == "draft":
        return "draft"
    published = workflows.published(workflow_id)
    if published is None or published.number is None:
        message = "The workflow has no published version. Publish it, or test the draft."
        raise HeadraceError(message, code="not_published")
    return published.number


def _ended(result: dict[str, object]) -> dict[str, object]:
    """A run that waits for something would go on waiting."""
    if result["status"] != Verdict.RUNNING:
        return result
    return {**result, **_failed("execution_waiting", "The execution waits; it has not ended.")}


def _error(code: str, message: str) -> dict[str, object]:
    bare = {"test": None, "name": "(all)", "duration_ms": None, "execution": None}
    return {**bare, **_failed(code, message)}


def _failed(code: str, message: str) -> dict[str, object]:
    error = {"code": code, "message": message}
    return {"status": Verdict.ERROR, "differences": [], "unrecorded": [], "error": error}
