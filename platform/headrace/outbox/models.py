"""Rows of the outbox: messages on their way, and dead letters for people to look at."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from headrace.tenants.ids import new_id


class Message(models.Model):
    """A fact or job that left its transaction and waits for the relay. `payload` is JSON text."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField(null=True)
    topic = models.CharField(max_length=100)
    payload = models.TextField()
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField(db_default=Now())

    class Meta:
        """The relay reads what is due, oldest first."""

        indexes: ClassVar = [models.Index(fields=["due_at", "id"])]


class DeadLetter(models.Model):
    """A message or Celery task that could not be handled. Nothing reads it but people."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField(null=True)
    name = models.CharField(max_length=200)
    payload = models.TextField()
    reason = models.TextField()
    died_at = models.DateTimeField(db_default=Now())
