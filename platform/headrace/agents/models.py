"""Rows of the agents app: what is known of an agent beside its workflow."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from headrace.tenants.models import TenantModel


class Profile(TenantModel):
    """Makes a workflow an agent. Its name, versions and limits are the workflow's own."""

    workflow_id = models.UUIDField(unique=True)
    layer = models.CharField(max_length=60, default="")
    description = models.TextField(default="")
    skills = models.JSONField(default=list)
    created_at = models.DateTimeField(db_default=Now())

    class Meta(TenantModel.Meta):
        """Found by skill."""

        indexes: ClassVar = [GinIndex(fields=["skills"], name="agents_by_skill")]
