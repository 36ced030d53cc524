"""Rows of the variables app."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from headrace.tenants.models import TenantModel
from headrace.variables.types import MOST_TEXT


class Variable(TenantModel):
    """A text under a name. The name never changes, since expressions hold it."""

    name = models.CharField(max_length=64)
    value = models.CharField(max_length=MOST_TEXT)
    description = models.CharField(max_length=200, default="")
    updated_at = models.DateTimeField(db_default=Now())
    updated_by_name = models.CharField(max_length=200, default="")

    class Meta:
        """One row a name."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name"], name="variables_one_a_name")
        ]
