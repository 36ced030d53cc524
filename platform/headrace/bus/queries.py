"""Reads of the bus."""

from __future__ import annotations

from django.db.models import QuerySet

from headrace.bus.models import BusSettings, Event
from headrace.bus.types import BusChoices


def rows() -> QuerySet[Event]:
    """Events, newest first."""
    return Event.objects.order_by("-position")


def choices() -> BusChoices:
    """The tenant's settings, or the defaults."""
    row = BusSettings.objects.first()
    return BusChoices(row.error_workflow_id, row.keep_days) if row else BusChoices()
