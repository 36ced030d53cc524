"""The rows of hours that are over."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from headrace.tenants.models import TenantModel


class ClosedHour(TenantModel):
    """What was counted in one hour, `{workflow: [[outcome, bin, count], …]}` as JSON.

    An hour in which nothing ended has no row, but the newest that was closed always has one.
    """

    what = models.CharField(max_length=40)
    hour = models.DateTimeField()
    counts = models.BinaryField()

    class Meta(TenantModel.Meta):
        """One row for each thing that is counted and each hour."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["what", "hour"], name="an_hour_is_closed_once")
        ]
