"""Approvals as the API shows them, and the bodies that it takes."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from headrace.accounts.http import Input
from headrace.accounts.types import Actor
from headrace.approvals import queries
from headrace.approvals.types import ApprovalRow, State


class DecisionInput(Input):
    """Why somebody approves or rejects."""

    reason = serializers.CharField(
        max_length=2_000, required=False, allow_blank=True, default="", trim_whitespace=False
    )


class AskingExecution(serializers.Serializer[Any]):
    """The execution that waits."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()


class AskingWorkflow(serializers.Serializer[Any]):
    """Its workflow."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class ApprovalShape(serializers.Serializer[Any]):
    """What somebody is asked, and what was answered. `items` are the first ones that wait."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    message = serializers.CharField()
    execution = AskingExecution()
    workflow = AskingWorkflow()
    node = serializers.CharField()
    run = serializers.CharField()
    state = serializers.ChoiceField(choices=[one.value for one in State])
    assignees = serializers.ListField(child=serializers.CharField())
    needs_reason = serializers.BooleanField()
    can_decide = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    decided_by = serializers.CharField(allow_null=True)
    reason = serializers.CharField()
    items = serializers.ListField(child=serializers.JSONField())


def shown(actor: Actor, row: ApprovalRow) -> dict[str, Any]:
    """The approval as this actor sees it."""
    return {
        "id": str(row.id),
        "title": row.title,
        "message": row.message,
        "execution": {"id": str(row.execution_id), "number": row.execution_number},
        "workflow": {"id": str(row.workflow_id), "name": row.workflow_name},
        "node": row.node,
        "run": row.run,
        "state": row.state.value,
        "assignees": list(row.assignees),
        "needs_reason": row.needs_reason,
        "can_decide": queries.may_decide(actor, row),
        "created_at": row.created_at.isoformat(),
        "expires_at": row.expires_at.isoformat() if row.expires_at else None,
        "decided_at": row.decided_at.isoformat() if row.decided_at else None,
        "decided_by": row.decided_by,
        "reason": row.reason,
        "items": list(row.items),
    }
