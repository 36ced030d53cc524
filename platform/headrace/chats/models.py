"""Rows of the chats app: what a person said, and what the workflow answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from headrace.tenants.models import TenantModel


class Turn(TenantModel):
    """One message and its answer, by one execution. `reply` is `None` until it is known.

    `sources` are those of `replies.Reply`, `file` is the name of what was brought. Turns of another
    `era` than the last are forgotten: somebody reset the memory of the conversation in between.

    `session` is a name that nobody can guess; `who` ties it to whoever was let in.
    """

    workflow_id = models.UUIDField()
    node = models.CharField(max_length=100)
    session = models.CharField(max_length=64)
    who = models.CharField(max_length=64, default="")
    message = models.TextField()
    reply = models.TextField(null=True)
    sources = models.JSONField(default=list)
    file = models.CharField(max_length=255, default="")
    era = models.PositiveSmallIntegerField(default=0)
    execution_id = models.UUIDField(unique=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta(TenantModel.Meta):
        """A session is read from its end."""

        indexes: ClassVar = [
            models.Index(fields=["workflow_id", "node", "session", "who", "-id"], name="of_session")
        ]
