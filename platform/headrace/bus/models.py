"""Rows of one tenant's bus."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from headrace.tenants.models import TenantModel


class Event(models.Model):
    """Something that happened. `position` is the order in which events were stored.

    `source` says who emitted it. `started` counts what it set going, once it was delivered;
    `problem` says why it was not.
    """

    position = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=200)
    data = models.BinaryField()
    ordering_key = models.CharField(max_length=200, default="")
    source = models.JSONField(default=dict)
    hops = models.PositiveSmallIntegerField(default=0)
    started = models.PositiveIntegerField(null=True)
    problem = models.CharField(max_length=500, default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        """Old ones are deleted by age; those of a key are delivered in order."""

        indexes: ClassVar = [
            models.Index(fields=["created_at"], name="bus_event_age"),
            models.Index(
                fields=["ordering_key", "position"],
                condition=models.Q(started=None),
                name="bus_event_undelivered",
            ),
        ]


class Subscription(TenantModel):
    """A trigger of an active workflow that waits for events, facts of runs, or failures."""

    class Kind(models.TextChoices):
        """What it waits for."""

        EVENT = "event"
        FACT = "fact"
        ERROR = "error"

    workflow_id = models.UUIDField()
    version_id = models.UUIDField()
    node = models.CharField(max_length=100)
    node_type = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    pattern = models.CharField(max_length=200, default="")
    in_order = models.BooleanField(default=False)
    window_s = models.FloatField(default=0)
    severity = models.CharField(max_length=10, default="notice")

    class Meta:
        """Found by what matches an event."""

        indexes: ClassVar = [
            models.Index(fields=["kind", "pattern"], name="bus_subscription_match"),
            models.Index(fields=["workflow_id"], name="bus_subscription_workflow"),
        ]


class Delivery(TenantModel):
    """An event in the line of its ordering key. `execution_id` is set while its run goes on."""

    workflow_id = models.UUIDField()
    node = models.CharField(max_length=100)
    ordering_key = models.CharField(max_length=200)
    position = models.BigIntegerField()
    execution_id = models.UUIDField(null=True)

    class Meta:
        """One place in a line."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workflow_id", "node", "ordering_key", "position"],
                name="one_place_in_line",
            )
        ]


class EventWait(models.Model):
    """A step that waits for an event of a pattern, with a value in a field of its data."""

    id = models.BigAutoField(primary_key=True)
    execution_id = models.UUIDField()
    node = models.CharField(max_length=100)
    run = models.CharField(max_length=100)
    wait = models.CharField(max_length=100)
    pattern = models.CharField(max_length=200)
    field = models.CharField(max_length=500, default="")
    value_hash = models.BinaryField()
    state = models.CharField(max_length=10, default="open")
    until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        """A wait is opened once; those that are open are found by what matches an event."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["execution_id", "node", "run", "wait"], name="one_event_wait"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["pattern", "field", "value_hash"],
                condition=models.Q(state="open"),
                name="bus_wait_open",
            )
        ]


class ToldError(TenantModel):
    """When an error trigger was last told of an error, for those that want it once in a while."""

    workflow_id = models.UUIDField()
    node = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)
    told_at = models.DateTimeField()

    class Meta:
        """One row an error."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workflow_id", "node", "fingerprint"], name="one_row_an_error"
            )
        ]


class BusSettings(TenantModel):
    """What a tenant chose; without a row the defaults hold."""

    error_workflow_id = models.UUIDField(null=True)
    keep_days = models.PositiveSmallIntegerField(default=30)
