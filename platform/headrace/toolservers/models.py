"""Rows of the tool servers: which file of the store stands at which path of the workspace."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from headrace.tenants.models import TenantModel
from headrace.toolservers.paths import MAX_PATH


class SpaceFile(TenantModel):
    """A path and the file that stands there. Folders are what paths have in common.

    A path is a value of this column and nothing else: no disk ever sees it.
    """

    path = models.CharField(max_length=MAX_PATH)
    file_id = models.UUIDField()
    size = models.BigIntegerField()
    mime = models.CharField(max_length=255)
    updated_at = models.DateTimeField(db_default=Now())
    updated_by_name = models.CharField(max_length=200, default="")

    class Meta:
        """One file a path."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["path"], name="toolservers_one_file_a_path")
        ]
