"""Rows of the vault. Nothing in them can be read without the master key."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from headrace.tenants.models import TenantModel


class TenantKey(TenantModel):
    """The tenant's key, wrapped by the master key that `master_key_id` names."""

    master_key_id = models.CharField(max_length=16)
    wrapped = models.BinaryField()
    is_current = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        """New credentials are sealed under one key."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=models.Q(is_current=True),
                name="one_current_tenant_key",
            )
        ]


class Credential(TenantModel):
    """A secret by name. Each version of `sealed` has a data key of its own, wrapped in `data_key`.

    `hosts` are the only hosts it may be sent to; empty means any.
    """

    name = models.CharField(max_length=100)
    type = models.CharField(max_length=100)
    hosts = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    tenant_key = models.ForeignKey(TenantKey, on_delete=models.PROTECT, related_name="+")
    data_key = models.BinaryField()
    sealed = models.BinaryField()
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(db_default=Now())
