"""Rows of the plugins app."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from headrace.tenants.models import TenantModel


class Switch(TenantModel):
    """What an owner decided about a package; without a row it is on."""

    distribution = models.CharField(max_length=200)
    is_on = models.BooleanField()
    switched_at = models.DateTimeField(db_default=Now())
    switched_by = models.CharField(max_length=200)

    class Meta:
        """One row a package."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["distribution"], name="plugins_switch_once")
        ]
