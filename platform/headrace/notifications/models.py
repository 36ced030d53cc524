"""Rows of the notifications app."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from headrace.tenants.models import TenantModel
from headrace_sdk.notifications import MAX_TITLE


class Notification(TenantModel):
    """One note for one person, unread until `read_at`. `execution_id` is the run that told it."""

    person_id = models.UUIDField()
    title = models.CharField(max_length=MAX_TITLE)
    text = models.TextField(default="")
    urgency = models.CharField(max_length=10)
    execution_id = models.UUIDField(null=True)
    workflow_name = models.CharField(max_length=200, default="")
    created_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        """A person's are listed newest first, and the unread ones counted."""

        indexes: ClassVar = [
            models.Index(fields=["person_id", "-id"], name="notifications_of_person"),
            models.Index(
                fields=["person_id"],
                condition=models.Q(read_at=None),
                name="notifications_unread",
            ),
            models.Index(fields=["created_at"], name="notifications_by_age"),
        ]
