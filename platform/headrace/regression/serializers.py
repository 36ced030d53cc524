"""Bodies that the API of tests takes, and the shapes that it gives."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from headrace.accounts.http import Input
from headrace.regression.mocks import MISSING, OTHER_INPUT
from headrace.regression.models import WorkflowTest, WorkflowTestResult, WorkflowTestRun
from headrace.regression.queries import told
from headrace.regression.stored import decode_sample
from headrace.regression.types import Verdict


class SaveInput(Input):
    """`POST workflows/{id}/tests/`."""

    execution = serializers.UUIDField()
    name = serializers.CharField(max_length=200, required=False)


class IgnoreInput(Input):
    """A place that may differ; `*` stands for any node, name or index."""

    node = serializers.CharField(max_length=100)
    path = serializers.CharField(max_length=500)


class ChangeInput(Input):
    """`PATCH workflows/{id}/tests/{test}/`. `nodes: null` compares all."""

    name = serializers.CharField(max_length=200, required=False)
    nodes = serializers.ListField(
        child=serializers.CharField(max_length=100),
        allow_null=True,
        required=False,
        max_length=2_000,
    )
    ignore = serializers.ListField(child=IgnoreInput(), required=False, max_length=200)


class RunTestsInput(Input):
    """`POST workflows/{id}/tests/run/`. Without `tests` all run."""

    tests = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=1_000, allow_empty=False
    )
    version = serializers.JSONField(required=False)

    def validate_version(self, value: Any) -> Any:
        """`draft`, or the number of a version.

        Raises:
            ValidationError: it is neither.
        """
        is_number = isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31
        if value != "draft" and not is_number:
            raise serializers.ValidationError("Choose draft or the number of a version.")
        return value


class StartedShape(serializers.Serializer[Any]):
    """A run of tests that began."""

    run = serializers.UUIDField()


class LastShape(serializers.Serializer[Any]):
    """How a test came out last."""

    run = serializers.UUIDField()
    status = serializers.ChoiceField([*Verdict])
    execution = serializers.UUIDField(allow_null=True)


class SampleStepShape(serializers.Serializer[Any]):
    """A step of the recorded run; a mocked one is told its outcome."""

    node = serializers.CharField()
    name = serializers.CharField()
    run = serializers.CharField()
    is_mock = serializers.BooleanField()
    items = serializers.DictField(child=serializers.IntegerField())


class WorkflowTestShape(serializers.Serializer[Any]):
    """A test of a workflow."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    number = serializers.IntegerField()
    nodes = serializers.ListField(child=serializers.CharField(), allow_null=True)
    ignore = IgnoreInput(many=True)
    created_at = serializers.DateTimeField()
    created_by = serializers.CharField()
    last = LastShape(allow_null=True)
    steps = SampleStepShape(many=True, required=False)


class WorkflowTestsShape(serializers.Serializer[Any]):
    """All tests of a workflow."""

    results = WorkflowTestShape(many=True)


class DifferenceShape(serializers.Serializer[Any]):
    """One place where the run came out otherwise."""

    node = serializers.CharField()
    name = serializers.CharField()
    run = serializers.CharField()
    port = serializers.CharField()
    item = serializers.IntegerField(allow_null=True)
    path = serializers.CharField()
    expected = serializers.JSONField()
    actual = serializers.JSONField()


class UnrecordedShape(serializers.Serializer[Any]):
    """A call without a recording, or with one for other items; the message says what was done."""

    node = serializers.CharField()
    name = serializers.CharField()
    run = serializers.CharField()
    reason = serializers.ChoiceField([MISSING, OTHER_INPUT])
    message = serializers.CharField()


class ErrorShape(serializers.Serializer[Any]):
    """Why a test could not be run to its end."""

    code = serializers.CharField()
    message = serializers.CharField()


class ResultShape(serializers.Serializer[Any]):
    """What came of one test."""

    test = serializers.UUIDField()
    name = serializers.CharField()
    status = serializers.ChoiceField([*Verdict])
    duration_ms = serializers.IntegerField(allow_null=True)
    execution = serializers.UUIDField(allow_null=True)
    differences = DifferenceShape(many=True)
    unrecorded = UnrecordedShape(many=True)
    error = ErrorShape(allow_null=True)


class WorkflowTestRunShape(serializers.Serializer[Any]):
    """A run of tests."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(["running", "done"])
    results = ResultShape(many=True)


def shown_test(row: WorkflowTest, last: WorkflowTestResult | None) -> dict[str, Any]:
    """`WorkflowTestShape` without its steps."""
    return {
        "id": str(row.pk),
        "name": row.name,
        "number": row.number,
        "nodes": row.nodes,
        "ignore": row.ignore,
        "created_at": row.created_at.isoformat(),
        "created_by": row.created_by_name,
        "last": _last(last) if last is not None else None,
    }


def with_steps(row: WorkflowTest, last: WorkflowTestResult | None) -> dict[str, Any]:
    """`WorkflowTestShape` with its steps."""
    steps = [
        {
            "node": one.node,
            "name": one.name,
            "run": one.run,
            "is_mock": one.is_mock,
            "items": {port: len(items) for port, items in one.outputs.items()},
        }
        for one in decode_sample(row.body).steps
    ]
    return {**shown_test(row, last), "steps": steps}


def shown_result(row: WorkflowTestResult) -> dict[str, Any]:
    """`ResultShape`."""
    return {
        "test": str(row.test_id),
        "name": row.test.name,
        "status": row.status,
        "duration_ms": row.duration_ms,
        "execution": str(row.execution_id) if row.execution_id else None,
        **told(row),
    }


def shown_run(row: WorkflowTestRun, results: list[WorkflowTestResult]) -> dict[str, Any]:
    """`WorkflowTestRunShape`."""
    is_running = any(one.status == Verdict.RUNNING for one in results)
    return {
        "id": str(row.pk),
        "status": "running" if is_running else "done",
        "results": [shown_result(one) for one in results],
    }


def _last(row: WorkflowTestResult) -> dict[str, Any]:
    return {
        "run": str(row.run_id),
        "status": row.status,
        "execution": str(row.execution_id) if row.execution_id else None,
    }
