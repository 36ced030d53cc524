"""Rows of the queue. Workers read and write them by the SQL in `queue.sql`, not by the ORM."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


class QueuedExecution(models.Model):
    """An open execution: who may run it, when, and under which fencing token.

    `wake` counts what was told to it; `token` grows with every claim and every take-over, so
    that a worker which lost its lease can write nothing. Executions of one `root` share a slot
    of their tenant. `concurrency_key` is null without a limit, empty without a key, else the
    digest of the key; `headrace.executions.limits` makes it. `unfit` are the registries that lack
    nodes of it; from `unfit_until` on any worker may take it, and fail it.
    """

    class State(models.TextChoices):
        """Ready to be claimed, leased, waiting for time or news, or held back by a limit."""

        READY = "ready"
        LEASED = "leased"
        WAITING = "waiting"
        HELD = "held"

    execution_id = models.UUIDField(primary_key=True)
    tenant_id = models.UUIDField()
    schema = models.CharField(max_length=63)
    lane = models.CharField(max_length=20, default="default")
    priority = models.SmallIntegerField(default=5)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READY)
    due_at = models.DateTimeField(db_default=Now())
    wake = models.BigIntegerField(default=0)
    cancel_at = models.DateTimeField(null=True)
    token = models.BigIntegerField(default=0)
    worker = models.UUIDField(null=True)
    last_seq = models.BigIntegerField(default=0)
    crashes = models.SmallIntegerField(default=0)
    min_reader = models.SmallIntegerField(default=1)
    queued_at = models.DateTimeField(db_default=Now())
    number = models.BigIntegerField(default=0)
    start = models.BinaryField()
    root = models.UUIDField(null=True)
    workflow_id = models.UUIDField(null=True)
    concurrency_key = models.CharField(max_length=32, null=True)
    max_concurrency = models.SmallIntegerField(null=True)
    max_per_key = models.SmallIntegerField(null=True)
    unfit = ArrayField(models.TextField(), null=True)
    unfit_until = models.DateTimeField(null=True)

    class Meta:
        """Claims read by lane and tenant, and count what is leased; sweeps read by worker."""

        db_table = "run_queue"
        indexes: ClassVar = [
            models.Index(
                fields=["lane", "tenant_id", "priority", "due_at"],
                condition=models.Q(state="ready"),
                name="run_queue_ready",
            ),
            models.Index(
                fields=["due_at"], condition=models.Q(state="waiting"), name="run_queue_waiting"
            ),
            models.Index(
                fields=["worker"], condition=models.Q(state="leased"), name="run_queue_leased"
            ),
            models.Index(
                fields=["tenant_id"], condition=models.Q(state="leased"), name="run_queue_slots"
            ),
            models.Index(
                fields=["workflow_id", "concurrency_key"],
                condition=models.Q(state="leased", concurrency_key__isnull=False),
                name="run_queue_limited",
            ),
            models.Index(
                fields=["workflow_id", "concurrency_key", "priority", "due_at"],
                condition=models.Q(state="held"),
                name="run_queue_held",
            ),
        ]


class TenantShare(models.Model):
    """What a tenant was given of the workers, in executions; only claims count it up.

    `concurrency` is how many executions may run at once, null for the installation's default.
    A tenant of weight 2 gets twice as much as one of weight 1 while both have work.
    """

    tenant_id = models.UUIDField(primary_key=True)
    vtime = models.FloatField(default=0)
    concurrency = models.IntegerField(null=True)
    weight = models.FloatField(default=1)

    class Meta:
        """One row a tenant, locked while its executions are claimed."""

        db_table = "run_tenant"


class WorkerLease(models.Model):
    """A live worker process. The leases of its executions live as long as this one.

    `registry` is the fingerprint of the nodes that it has, `sandbox` how that of each language
    stands there, in words.
    """

    id = models.UUIDField(primary_key=True)
    host = models.CharField(max_length=200)
    pid = models.IntegerField()
    version = models.CharField(max_length=50)
    registry = models.CharField(max_length=64, db_default="")
    sandbox = models.TextField(db_default="")
    started_at = models.DateTimeField(db_default=Now())
    lease_until = models.DateTimeField()

    class Meta:
        """One short table that every sweep reads."""

        db_table = "run_worker"


class LateResult(models.Model):
    """What a worker brought after it had lost its lease or the execution had been cancelled."""

    id = models.BigAutoField(primary_key=True)
    execution_id = models.UUIDField(db_index=True)
    token = models.BigIntegerField()
    body = models.BinaryField()
    arrived_at = models.DateTimeField(db_default=Now())

    class Meta:
        """Kept for people to look at."""

        db_table = "run_late_result"
