"""The API of tests of workflows."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import actor_of
from headrace.regression import actions, queries, serializers
from headrace.regression.models import WorkflowTest, WorkflowTestResult
from headrace.regression.results import settle
from headrace.workflows import queries as workflows

VIEW = "execution.view"
TEST = "workflow.test"


class WorkflowTestsView(APIView):
    """The tests of a workflow."""

    verbs: ClassVar = {"GET": VIEW, "POST": TEST}

    @extend_schema(responses=serializers.WorkflowTestsShape)
    def get(self, request: Request, workflow_id: UUID) -> Response:
        """All of them by name, each with its newest result."""
        del request
        workflows.require_exists(workflow_id)
        found = list(WorkflowTest.objects.filter(workflow_id=workflow_id).order_by("name", "id"))
        settle(WorkflowTestResult.objects.filter(test__in=found))
        last = queries.newest(found)
        return Response({"results": [serializers.shown_test(t, last.get(t.pk)) for t in found]})

    @extend_schema(request=serializers.SaveInput, responses={201: serializers.WorkflowTestShape})
    def post(self, request: Request, workflow_id: UUID) -> Response:
        """Save a run as a test."""
        workflows.require_exists(workflow_id)
        data = serializers.SaveInput.read(request)
        actor, name = actor_of(request), data.get("name", "")
        test_id = actions.save_test(actor, workflow_id, data["execution"], name=name)
        return Response(_one(workflow_id, test_id), status=201)


class WorkflowTestView(APIView):
    """One test."""

    verbs: ClassVar = {"GET": VIEW, "PATCH": TEST, "DELETE": TEST}

    @extend_schema(responses=serializers.WorkflowTestShape)
    def get(self, request: Request, workflow_id: UUID, test_id: UUID) -> Response:
        """The test with the steps that it knows."""
        del request
        return Response(_one(workflow_id, test_id))

    @extend_schema(request=serializers.ChangeInput, responses=serializers.WorkflowTestShape)
    def patch(self, request: Request, workflow_id: UUID, test_id: UUID) -> Response:
        """Change its name, what is compared, or what may differ."""
        queries.saved_test(workflow_id, test_id)
        changes = serializers.ChangeInput.read(request)
        actions.change_test(actor_of(request), workflow_id, test_id, changes)
        return Response(_one(workflow_id, test_id))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, workflow_id: UUID, test_id: UUID) -> Response:
        """Take it away."""
        actions.delete_test(actor_of(request), workflow_id, test_id)
        return Response(status=204)


class RunTestsView(APIView):
    """Runs tests."""

    verbs: ClassVar = {"POST": TEST}

    @extend_schema(request=serializers.RunTestsInput, responses={202: serializers.StartedShape})
    def post(self, request: Request, workflow_id: UUID) -> Response:
        """Run all tests, or some, on the draft or on a version."""
        workflows.require_exists(workflow_id)
        data = serializers.RunTestsInput.read(request)
        run = actions.run_tests(
            actor_of(request),
            workflow_id,
            tests=data.get("tests"),
            version=data.get("version", "draft"),
        )
        return Response({"run": str(run)}, status=202)


class WorkflowTestRunView(APIView):
    """One run of tests."""

    verb = VIEW

    @extend_schema(responses=serializers.WorkflowTestRunShape)
    def get(self, request: Request, workflow_id: UUID, run_id: UUID) -> Response:
        """How far it is, and what differs."""
        del request
        run = queries.run(workflow_id, run_id)
        settle(run.results.all())
        results = list(run.results.select_related("test").order_by("id"))
        return Response(serializers.shown_run(run, results))


def _one(workflow_id: UUID, test_id: UUID) -> dict[str, Any]:
    row = queries.saved_test(workflow_id, test_id)
    settle(WorkflowTestResult.objects.filter(test=row))
    return serializers.with_steps(row, queries.newest([row]).get(row.pk))
