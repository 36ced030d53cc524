"""Rows of the file store: a blob for each content, a file for each name it goes by."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from headrace.tenants.models import TenantModel


class Blob(models.Model):
    """Content in the storage.

    `touched_at` is renewed by every new reference, so that a collector never deletes what is just
    being reused (engine-rules 18).
    """

    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.BigIntegerField()
    touched_at = models.DateTimeField(db_default=Now())


class File(TenantModel):
    """A name for a blob. `name` is for display and never a path.

    A loose one is held by nobody: it was made by a run, and goes a day after it was made.
    """

    blob = models.ForeignKey(Blob, on_delete=models.PROTECT)
    name = models.CharField(max_length=255)
    mime = models.CharField(max_length=255)
    created_at = models.DateTimeField(db_default=Now())
    is_loose = models.BooleanField(default=False)

    class Meta:
        """The collector asks which ones nobody holds."""

        indexes: ClassVar = [
            models.Index(
                fields=["created_at"], condition=models.Q(is_loose=True), name="loose_files"
            )
        ]


class Hold(models.Model):
    """Says that somebody's items name a file, so that it stays.

    The holder is an execution, a workflow that pinned it, a test, or the file itself, if a person
    uploaded it.
    """

    pk = models.CompositePrimaryKey("holder_id", "file_id")
    holder_id = models.UUIDField()
    file_id = models.UUIDField(db_index=True)
