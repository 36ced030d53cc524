"""Reads of the regression app."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson

from headrace.regression.errors import NoSuchTest, NoSuchTestRun
from headrace.regression.models import WorkflowTest, WorkflowTestResult, WorkflowTestRun


def saved_test(workflow_id: UUID, test_id: UUID) -> WorkflowTest:
    """One test.

    Raises:
        NoSuchTest: the workflow has none of this id.
    """
    found = WorkflowTest.objects.filter(pk=test_id, workflow_id=workflow_id).first()
    if found is None:
        raise NoSuchTest
    return found


def run(workflow_id: UUID, run_id: UUID) -> WorkflowTestRun:
    """One run of tests.

    Raises:
        NoSuchTestRun: the workflow has none of this id.
    """
    found = WorkflowTestRun.objects.filter(pk=run_id, workflow_id=workflow_id).first()
    if found is None:
        raise NoSuchTestRun
    return found


def newest(tests: Sequence[WorkflowTest]) -> dict[UUID, WorkflowTestResult]:
    """The newest result of each test that was ever run."""
    rows = WorkflowTestResult.objects.filter(test__in=tests).order_by("test_id", "-id")
    return {row.test_id: row for row in rows.distinct("test_id")}


def workflows_with_tests() -> list[UUID]:
    """Every workflow that has a test."""
    rows = WorkflowTest.objects.order_by("workflow_id").distinct("workflow_id")
    return list(rows.values_list("workflow_id", flat=True))


def told(result: WorkflowTestResult) -> dict[str, Any]:
    """What a result says besides its verdict: `{"differences", "unrecorded"}` or `{"error"}`."""
    found: dict[str, Any] = orjson.loads(bytes(result.body)) if result.body else {}
    nothing: dict[str, Any] = {"differences": [], "unrecorded": [], "error": None}
    return {**nothing, **found}


def error_body(code: str, message: str) -> bytes:
    """The body of a result that is an error."""
    return orjson.dumps({"error": {"code": code, "message": message}})
