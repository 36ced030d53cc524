"""What active workflows wait for. Rows are shared so that one look finds any tenant's."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from headrace.tenants.ids import new_id


class Hook(models.Model):
    """One method at one address. `path` keeps `:name` segments; `pattern` has `:` in their place.

    `config` is the trigger node's stored parameters and credentials, so that the gate needs no
    other row.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    workflow_id = models.UUIDField()
    version_id = models.UUIDField()
    node = models.CharField(max_length=100)
    node_type = models.CharField(max_length=200)
    path = models.CharField(max_length=500)
    pattern = models.CharField(max_length=500)
    method = models.CharField(max_length=10)
    config = models.JSONField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        """Two owners of one address cannot both be registered (S-069)."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant_id", "pattern", "method"], name="one_owner_an_address"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["tenant_id", "workflow_id"])]


class TestListener(models.Model):
    """The editor listens: until then `/webhook-test/…` starts the draft."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    workflow_id = models.UUIDField()
    version_id = models.UUIDField()
    hooks = models.JSONField()
    until = models.DateTimeField()
    started_by = models.CharField(max_length=200, default="")

    class Meta:
        """One listener a workflow."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant_id", "workflow_id"], name="one_listener_a_workflow"
            )
        ]


class Schedule(models.Model):
    """A schedule of an active workflow and the next time it is planned for.

    `look_at` is when a scheduler has to look: the planned time and what it is put off by, or
    soon again while the last run still goes.

    Most belong to a trigger of the version and come and go with it. Those with an `added_by` were
    added beside it, `added_in` by which execution, if it was one: versions take them over, and
    while the workflow is not active they rest. `is_paused` ones are looked at by nobody.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    workflow_id = models.UUIDField()
    version_id = models.UUIDField()
    node = models.CharField(max_length=100)
    node_type = models.CharField(max_length=200)
    rule = models.JSONField()
    next_at = models.DateTimeField(null=True)
    look_at = models.DateTimeField(null=True)
    last_planned_at = models.DateTimeField(null=True)
    name = models.CharField(max_length=100, default="")
    added_by = models.CharField(max_length=200, default="")
    added_in = models.UUIDField(null=True)
    is_paused = models.BooleanField(default=False)

    class Meta:
        """The scheduler reads by due time."""

        indexes: ClassVar = [
            models.Index(fields=["look_at"]),
            models.Index(fields=["tenant_id", "workflow_id"]),
        ]


class Poll(models.Model):
    """A trigger of an active workflow that asks again and again, and where it stands.

    `claim` counts its polls: only the newest may move the cursor. While one goes on, `look_at` is
    when it counts as lost. `basis` is what the cursor's meaning depends on; `failures` are those
    since the last success, and `problem` is the newest: `{"code", "message"}`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    workflow_id = models.UUIDField()
    version_id = models.UUIDField()
    node = models.CharField(max_length=100)
    node_type = models.CharField(max_length=200)
    every_s = models.FloatField()
    basis = models.CharField(max_length=64)
    cursor = models.JSONField(null=True)
    claim = models.PositiveBigIntegerField(default=0)
    look_at = models.DateTimeField()
    polled_at = models.DateTimeField(null=True)
    found_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    problem = models.JSONField(null=True)

    class Meta:
        """One a trigger; the scheduler reads by due time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant_id", "workflow_id", "node"], name="one_poll_a_trigger"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["look_at"])]
