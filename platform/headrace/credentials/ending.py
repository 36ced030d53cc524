"""Credentials that end on a day that somebody has written down, and who has yet to hear of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import DateField, F
from django.db.models.functions import Cast, Now

from headrace.credentials.models import Credential
from headrace.credentials.ports import ports

AHEAD: Final = timedelta(days=7)
"""So long before its end people are told."""

BATCH: Final = 100


@dataclass(frozen=True, slots=True)
class Ending:
    """A credential that ends, or has ended. `workflows` are the names of those that use it."""

    name: str
    expires_on: date
    owner_id: UUID | None
    workflows: tuple[str, ...]


@transaction.atomic
def take_unwarned() -> Sequence[Ending]:
    """Those that end soon and of which nobody was told; from now on somebody was.

    Tell people in the same transaction: then both happen, or neither.
    """
    soon = Cast(Now() + AHEAD, DateField())
    rows = Credential.objects.filter(expires_on__lte=soon).exclude(warned_for=F("expires_on"))
    found = list(rows.select_for_update(skip_locked=True)[:BATCH])
    uses = ports.uses.workflows_using([row.pk for row in found]) if found else {}
    for row in found:
        row.warned_for = row.expires_on
    Credential.objects.bulk_update(found, ["warned_for"])
    return [
        Ending(
            row.name,
            row.expires_on,
            row.owner_id,
            tuple(str(one["name"]) for one in uses.get(row.pk, ())),
        )
        for row in found
        if row.expires_on is not None
    ]
