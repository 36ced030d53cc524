"""Takes away what nobody can ask for any more."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from headrace.state.models import Answer, Entry, Gathering
from headrace.tenants.clock import database_now
from headrace.tenants.context import tenant
from headrace.tenants.queries import all_active

KEPT: Final = timedelta(days=30)
"""How long answers and closed bursts are kept: as long as a failed run may be retried."""


def purge() -> int:
    """In every tenant; how many rows went."""
    gone = 0
    for ref in all_active():
        with tenant(ref):
            now = database_now()
            gone += Entry.objects.filter(expires_at__lt=now).delete()[0]
            gone += Answer.objects.filter(given_at__lt=now - KEPT).delete()[0]
            gone += Gathering.objects.filter(closed_at__lt=now - KEPT).delete()[0]
    return gone
