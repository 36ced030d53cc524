"""Rows of one tenant's executions. The log is append-only; all else can be derived from it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from headrace.executions.types import Status
from headrace.tenants.models import TenantModel


class Execution(TenantModel):
    """One run of one workflow version. Everything but its creation is written with the log.

    `origin` says what began it, where that was another run or an event; see `beginning.Origin`.
    `notice` is `{"code", "message"}` of what people should know about its end.
    """

    number = models.BigIntegerField()
    workflow_id = models.UUIDField()
    workflow_name = models.CharField(max_length=200)
    version_id = models.UUIDField()
    version_number = models.PositiveIntegerField(null=True)
    mode = models.CharField(max_length=10)
    trigger_node = models.CharField(max_length=100)
    trigger_type = models.CharField(max_length=200)
    status = models.CharField(max_length=10, default=Status.QUEUED)
    error = models.BinaryField(null=True)
    waiting_for = models.CharField(max_length=20, default="")
    started_by = models.CharField(max_length=200, default="")
    dedupe_key = models.CharField(max_length=200, null=True)
    last_seq = models.BigIntegerField(default=0)
    queued_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    parent_id = models.UUIDField(null=True)
    origin = models.JSONField(null=True)
    notice = models.JSONField(null=True)

    class Meta:
        """Lists are read newest first; figures by end; a repeated delivery finds the first one."""

        indexes: ClassVar = [
            models.Index(fields=["-number"]),
            models.Index(fields=["workflow_id", "-number"]),
            models.Index(fields=["status", "-number"]),
            models.Index(
                fields=["parent_id"],
                condition=models.Q(parent_id__isnull=False),
                name="execution_children",
            ),
            models.Index(
                fields=["ended_at"],
                include=["status", "started_at", "mode", "workflow_id"],
                condition=models.Q(ended_at__isnull=False),
                name="execution_endings",
            ),
            models.Index(
                fields=["-ended_at"],
                condition=models.Q(status__in=["failed", "crashed"]),
                name="execution_failures",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workflow_id", "dedupe_key"], name="one_execution_a_delivery"
            )
        ]


class LogSegment(models.Model):
    """The events of one flush, in order: `seq` runs from `first_seq` to `last_seq`.

    `format` names the codec of `body`; see `headrace.executions.log`.
    """

    pk = models.CompositePrimaryKey("execution_id", "first_seq")
    execution_id = models.UUIDField()
    first_seq = models.BigIntegerField()
    last_seq = models.BigIntegerField()
    format = models.SmallIntegerField()
    body = models.BinaryField()


class Payload(models.Model):
    """Items that one step put on one port, too large to stand in the log itself.

    Very large ones are a blob in the file store, by its `sha256`, instead of a `body`.
    """

    id = models.UUIDField(primary_key=True)
    execution_id = models.UUIDField(db_index=True)
    body = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, default="")

    class Meta:
        """The collector asks which blobs are named."""

        indexes: ClassVar = [
            models.Index(fields=["sha256"], condition=~models.Q(sha256=""), name="payload_blobs")
        ]


class Snapshot(models.Model):
    """Where an open execution stood after `seq`: a cache, so that the log's tail is enough."""

    execution_id = models.UUIDField(primary_key=True)
    seq = models.BigIntegerField()
    format = models.SmallIntegerField()
    rules = models.SmallIntegerField()
    body = models.BinaryField()


class InboxEntry(models.Model):
    """What others want the lease holder to know; it alone appends to the log."""

    id = models.BigAutoField(primary_key=True)
    execution_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    dedupe_key = models.CharField(max_length=200)
    data = models.BinaryField()
    consumed_seq = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        """The same thing is told once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["execution_id", "dedupe_key"], name="told_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["execution_id"],
                condition=models.Q(consumed_seq=None),
                name="inbox_unconsumed",
            )
        ]


class WaitToken(models.Model):
    """A one-time address at which a waiting step goes on. Only the hash of the token is kept."""

    token_hash = models.BinaryField(primary_key=True)
    execution_id = models.UUIDField(db_index=True)
    node = models.CharField(max_length=100)
    run = models.CharField(max_length=100)
    state = models.CharField(max_length=10, default="open")
    until = models.DateTimeField(null=True)


class CallRecording(models.Model):
    """What an execution that calls nobody is told instead; see `headrace.executions.recording`."""

    execution_id = models.UUIDField(primary_key=True)
    body = models.BinaryField()
