"""Rows of the file store: a blob for each content, a file for each name it goes by."""

from __future__ import annotations

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
    """A name for a blob. `name` is for display and never a path."""

    blob = models.ForeignKey(Blob, on_delete=models.PROTECT)
    name = models.CharField(max_length=255)
    mime = models.CharField(max_length=255)
    created_at = models.DateTimeField(db_default=Now())
