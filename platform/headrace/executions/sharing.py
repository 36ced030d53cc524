"""What part of the workers a tenant gets, as an operator sets it."""

from __future__ import annotations

from typing import Final

from headrace.executions.queue.models import TenantShare
from headrace.tenants.context import TenantRef, public

LARGEST: Final = 100_000


def set_share(owner: TenantRef, concurrency: str | None, weight: float | None) -> TenantShare:
    """Set the limit (a number, or `default`) and the weight; `None` leaves one as it is.

    Raises:
        ValueError: a number makes no sense; the message says which.
    """
    with public():
        share, _ = TenantShare.objects.get_or_create(tenant_id=owner.id)
        if concurrency is not None:
            share.concurrency = _limit(concurrency)
        if weight is not None:
            if not 0 < weight <= LARGEST:
                message = f"A weight is above 0 and at most {LARGEST}."
                raise ValueError(message)
            share.weight = weight
        share.save(update_fields=["concurrency", "weight"])
    return share


def _limit(text: str) -> int | None:
    if text == "default":
        return None
    if not text.isdecimal() or not 1 <= int(text) <= LARGEST:
        message = f"The concurrency is a number from 1 to {LARGEST}, or: default."
        raise ValueError(message)
    return int(text)
