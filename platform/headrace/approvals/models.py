"""Rows of the approvals app. They are written with the log, and closed by whoever is first."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from headrace.approvals.types import State
from headrace.tenants.models import TenantModel


class Approval(TenantModel):
    """One question to people, asked by one wait of one run. `items` is a JSON list.

    `card` is a `card.Card`; empty where the author says no more than the words.

    `corrections` are the values, by field, that whoever approved put in place of the old ones.

    `touched_at` moves with every change of `state`.
    """

    execution_id = models.UUIDField()
    execution_number = models.BigIntegerField()
    workflow_id = models.UUIDField()
    workflow_name = models.CharField(max_length=200)
    node = models.CharField(max_length=100)
    node_name = models.CharField(max_length=200, default="")
    run = models.CharField(max_length=100)
    wait = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    message = models.TextField()
    card = models.JSONField(default=dict)
    items = models.BinaryField()
    assignees = models.JSONField(default=list)
    handed_over_by_name = models.CharField(max_length=200, default="")
    needs_reason = models.BooleanField()
    is_risky = models.BooleanField()
    is_bulk_safe = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default=State.OPEN)
    created_at = models.DateTimeField(db_default=Now())
    touched_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=200, default="")
    reason = models.TextField(default="")
    corrections = models.JSONField(default=dict)

    class Meta(TenantModel.Meta):
        """A wait asks once. Inboxes read what is open, and what has changed lately."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["execution_id", "node", "run", "wait"], name="one_approval_a_wait"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["-created_at", "-id"]),
            models.Index(fields=["touched_at"]),
            models.Index(
                fields=["-created_at"], condition=models.Q(state="open"), name="approval_open"
            ),
        ]
