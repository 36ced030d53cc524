"""Approvals as the API shows them, and the bodies that it takes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from headrace.accounts.http import Input
from headrace.accounts.types import Actor
from headrace.approvals import bulk, queries
from headrace.approvals.card import Mark
from headrace.approvals.corrections import Kind
from headrace.approvals.types import ApprovalRow, State


class DecisionInput(Input):
    """Why somebody approves or rejects."""

    reason = serializers.CharField(
        max_length=2_000, required=False, allow_blank=True, default="", trim_whitespace=False
    )


class ApprovalInput(DecisionInput):
    """Why somebody approves, and new values of the fields that the card offers for correction."""

    corrections = serializers.DictField(
        child=serializers.JSONField(allow_null=True), required=False, default=dict
    )


class BulkInput(DecisionInput):
    """One answer to several approvals."""

    approvals = serializers.ListField(
        child=serializers.UUIDField(), min_length=1, max_length=bulk.AT_MOST
    )
    decision = serializers.ChoiceField(choices=["approved", "rejected"])


class HandOverInput(Input):
    """Who is to decide: the e-mail address of a member, or `role:` and a role."""

    to = serializers.CharField(max_length=254)


class AskingExecution(serializers.Serializer[Any]):
    """The execution that waits."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()


class AskingWorkflow(serializers.Serializer[Any]):
    """Its workflow."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class CardFact(serializers.Serializer[Any]):
    """One of the facts that the author shows, and what they think of it."""

    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.CharField()
    mark = serializers.ChoiceField(choices=[one.value for one in Mark])


class CardDocument(serializers.Serializer[Any]):
    """A file that the author shows; its address is at `files/{id}/url/`."""

    id = serializers.CharField()
    name = serializers.CharField()
    mime = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()


class CardField(serializers.Serializer[Any]):
    """A field that may be corrected, and what it held when people were asked.

    `name` is the path by which it is corrected; of several items it begins with the item's place.
    """

    name = serializers.CharField()
    item = serializers.IntegerField(allow_null=True)
    label = serializers.CharField()  # type: ignore[assignment]
    kind = serializers.ChoiceField(choices=[one.value for one in Kind])
    options = serializers.ListField(child=serializers.CharField())
    value = serializers.JSONField(allow_null=True)


class ApprovalShape(serializers.Serializer[Any]):
    """What somebody is asked, and what was answered. `items` are the first ones that wait."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    message = serializers.CharField()
    headline = serializers.CharField()
    why = serializers.CharField()
    facts = CardFact(many=True)
    documents = CardDocument(many=True)
    correctable = CardField(many=True)
    execution = AskingExecution()
    workflow = AskingWorkflow()
    node = serializers.CharField()
    node_name = serializers.CharField()
    run = serializers.CharField()
    state = serializers.ChoiceField(choices=[one.value for one in State])
    assignees = serializers.ListField(child=serializers.CharField())
    handed_over_by = serializers.CharField(allow_null=True)
    needs_reason = serializers.BooleanField()
    is_risky = serializers.BooleanField()
    is_bulk_safe = serializers.BooleanField()
    can_decide = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    decided_by = serializers.CharField(allow_null=True)
    reason = serializers.CharField()
    corrections = serializers.DictField(child=serializers.JSONField(allow_null=True))
    items = serializers.ListField(child=serializers.JSONField())


class BulkFault(serializers.Serializer[Any]):
    """Why one of them was not decided."""

    code = serializers.CharField()
    detail = serializers.CharField()


class BulkResult(serializers.Serializer[Any]):
    """How it went with one of them; no error: it was decided."""

    approval = serializers.UUIDField()
    error = BulkFault(allow_null=True)


class BulkShape(serializers.Serializer[Any]):
    """What was told of each, in the order asked."""

    results = BulkResult(many=True)


def shown(actor: Actor, row: ApprovalRow) -> dict[str, Any]:
    """The approval as this actor sees it."""
    return {
        "id": str(row.id),
        "title": row.title,
        "message": row.message,
        **row.card.to_json(),
        "execution": {"id": str(row.execution_id), "number": row.execution_number},
        "workflow": {"id": str(row.workflow_id), "name": row.workflow_name},
        "node": row.node,
        "node_name": row.node_name,
        "run": row.run,
        "state": row.state.value,
        "assignees": list(row.assignees),
        "handed_over_by": row.handed_over_by,
        "needs_reason": row.needs_reason,
        "is_risky": row.is_risky,
        "is_bulk_safe": row.is_bulk_safe,
        "can_decide": queries.may_decide(actor, row),
        "created_at": row.created_at.isoformat(),
        "expires_at": row.expires_at.isoformat() if row.expires_at else None,
        "decided_at": row.decided_at.isoformat() if row.decided_at else None,
        "decided_by": row.decided_by,
        "reason": row.reason,
        "corrections": row.corrections,
        "items": list(row.items),
    }


def told(results: Iterable[bulk.Told]) -> dict[str, Any]:
    """What came of each of several."""
    return {
        "results": [
            {
                "approval": str(one.approval_id),
                "error": {"code": one.error.code, "detail": one.error.message}
                if one.error
                else None,
            }
            for one in results
        ]
    }
