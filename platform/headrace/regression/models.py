"""Rows of the regression app. A test keeps its own copy of the run that it was made from."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from headrace.regression.types import Verdict
from headrace.tenants.models import TenantModel


class WorkflowTest(TenantModel):
    """A run that must come out the same again. `body` is `sample.encode`'s form.

    `nodes` are those whose outputs are compared; `None` means all. `ignore` has what may differ.
    """

    workflow_id = models.UUIDField(db_index=True)
    name = models.CharField(max_length=200)
    number = models.BigIntegerField()
    nodes = models.JSONField(null=True)
    ignore = models.JSONField(default=list)
    body = models.BinaryField()
    created_at = models.DateTimeField(db_default=Now())
    created_by_name = models.CharField(max_length=200, default="")


class WorkflowTestRun(TenantModel):
    """Some tests of one workflow, run against one version."""

    workflow_id = models.UUIDField(db_index=True)
    version_id = models.UUIDField()
    created_at = models.DateTimeField(db_default=Now())
    created_by_name = models.CharField(max_length=200, default="")


class WorkflowTestResult(TenantModel):
    """What came of one test in one run. `body` holds the differences or the error, as JSON."""

    run = models.ForeignKey(WorkflowTestRun, on_delete=models.CASCADE, related_name="results")
    test = models.ForeignKey(WorkflowTest, on_delete=models.CASCADE, related_name="results")
    execution_id = models.UUIDField(null=True)
    status = models.CharField(max_length=10, default=Verdict.RUNNING)
    duration_ms = models.BigIntegerField(null=True)
    body = models.BinaryField(null=True)

    class Meta:
        """The newest result of a test is shown with it."""

        indexes: ClassVar = [models.Index(fields=["test", "-id"])]
