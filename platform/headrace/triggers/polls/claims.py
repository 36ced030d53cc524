"""Who is due, and the end of each poll: items accepted and cursor moved, or neither."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, cast

from django.db import transaction

from headrace.executions import actions as executions
from headrace.executions.beginning import Beginning, ExecutionRef
from headrace.tenants.clock import database_now
from headrace.tenants.context import public
from headrace.tenants.queries import by_id
from headrace.triggers.models import Poll
from headrace.triggers.polls.types import Claim
from headrace.workflows.compiled import compiled
from headrace_sdk.errors import NodeError, UpstreamError
from headrace_sdk.items import Item
from headrace_sdk.node import Arrival
from headrace_sdk.polling import Polled, PollForm, PollingTrigger

LEASE: Final = timedelta(minutes=5)
"""A poll that has not ended by then died with its scheduler, and another one begins."""

LONGEST_WAIT_S: Final = 3_600.0
"""After failures it is tried this often at least, or at its own interval if that is longer."""


def claim_due(most: int) -> list[Claim]:
    """Up to so many that are due. Until its lease ends, nobody else is given the same."""
    with public(), transaction.atomic():
        now = database_now()
        due = Poll.objects.select_for_update(skip_locked=True).filter(look_at__lte=now)
        rows = list(due.order_by("look_at")[:most])
        for row in rows:
            row.claim += 1
            row.look_at = now + LEASE
        Poll.objects.bulk_update(rows, ["claim", "look_at"])
        owners = {row.tenant_id: by_id(row.tenant_id) for row in rows}
    return [
        Claim(row.pk, row.claim, owner, row.version_id, row.node, row.cursor, now)
        for row in rows
        if (owner := owners[row.tenant_id]) is not None
    ]


@transaction.atomic
def settle(claim: Claim, polled: Polled) -> ExecutionRef | None:
    """Begin a run with what was found and move the cursor, in one transaction.

    Nothing happens where the claim is not the newest, or the version not the active one: the
    items are found again from the cursor that stands.
    """
    row = _held(claim)
    if row is None:
        return None
    begun = _begin(claim, polled.items) if polled.items else None
    row.cursor = polled.cursor
    row.polled_at = claim.began_at
    row.found_at = claim.began_at if polled.items else row.found_at
    row.failures, row.problem = 0, None
    due = claim.began_at + timedelta(seconds=0 if polled.has_more else row.every_s)
    row.look_at = max(due, claim.began_at)
    row.save()
    return begun


@transaction.atomic
def fail(claim: Claim, error: NodeError) -> None:
    """Note why it failed, and wait longer than the last time."""
    row = _held(claim)
    if row is None:
        return
    row.failures += 1
    row.problem = {"code": error.code, "message": error.message[:1_000]}
    row.polled_at = claim.began_at
    row.look_at = claim.began_at + timedelta(seconds=_patience_s(row, error))
    row.save()


def _held(claim: Claim) -> Poll | None:
    held = Poll.objects.select_for_update().filter(pk=claim.poll_id, claim=claim.number)
    return held.first()


def _patience_s(row: Poll, error: NodeError) -> float:
    longest = max(LONGEST_WAIT_S, row.every_s)
    waited = min(longest, row.every_s * 2.0 ** min(row.failures, 20))
    asked_for = error.retry_after_s if isinstance(error, UpstreamError) else None
    return max(waited, min(longest, asked_for or 0.0))


def _begin(claim: Claim, found: Sequence[Item]) -> ExecutionRef | None:
    workflow = compiled(claim.version_id)
    node = workflow.nodes[claim.node]
    trigger = node.node_class
    items = found
    if trigger is not None and issubclass(trigger, PollingTrigger):
        form = trigger.Params.model_validate(node.stored_params)
        items = trigger.accept(cast("PollForm", form), Arrival({}, items=found))
    if not items:
        return None
    version = workflow.record.ref
    return executions.begin(
        Beginning(
            workflow_id=version.workflow_id,
            workflow_name=workflow.record.workflow_name,
            version_id=version.id,
            version_number=version.number,
            mode="poll",
            trigger_node=node.id,
            trigger_type=node.kind,
            items=items,
            started_by="poll",
            must_be_published=True,
            dedupe_key=f"poll:{claim.poll_id.hex}:{claim.number}",
        )
    )
