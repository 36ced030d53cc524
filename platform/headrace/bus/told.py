"""Remembers what was told of an error, so that the same is told once in a while."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from headrace.bus.models import ToldError
from headrace.tenants.clock import database_now
from headrace.tenants.locks import lock_until_commit


def is_due(workflow_id: UUID, node: str, fingerprint: str, window: timedelta) -> bool:
    """Was it not told within the window? If so it counts as told now. Call it in a transaction.

    A workflow and a node of it are told, or the people of a workflow where there is no node.
    """
    now = database_now()
    lock_until_commit(f"told:{workflow_id}:{fingerprint}")
    told, is_new = ToldError.objects.get_or_create(
        workflow_id=workflow_id, node=node, fingerprint=fingerprint, defaults={"told_at": now}
    )
    if is_new:
        return True
    if now - told.told_at < window:
        return False
    told.told_at = now
    told.save(update_fields=["told_at"])
    return True
