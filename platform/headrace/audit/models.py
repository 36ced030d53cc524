"""Rows of the audit record. Entries are only ever inserted; a trigger refuses all else."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from headrace.tenants.models import TenantModel


class Entry(TenantModel):
    """One link of the chain. `facts` is canonical JSON text, exactly as it was hashed."""

    seq = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=20)
    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=200)
    action = models.CharField(max_length=100)
    object_type = models.CharField(max_length=50)
    object_id = models.CharField(max_length=100)
    facts = models.TextField(default="{}")
    outcome = models.CharField(max_length=10, default="done")
    address = models.CharField(max_length=45, default="")
    request_id = models.CharField(max_length=64, default="")
    hash = models.CharField(max_length=64)

    class Meta:
        """Read newest first, often for one object."""

        indexes: ClassVar = [models.Index(fields=["object_type", "object_id", "-seq"])]


class Head(TenantModel):
    """The end of the chain: one row, locked while a link is added."""

    only = models.BooleanField(default=True, unique=True)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")
