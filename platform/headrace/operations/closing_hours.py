"""The scheduler counts hours that are over, so that nobody who opens a page waits for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from headrace.executions import recent_figures
from headrace.llm import costs
from headrace.tenants import queries
from headrace.tenants.context import TenantRef, tenant

AT_ONCE: Final = timedelta(days=1)
"""After an upgrade there is a week to count; schedules do not wait for all of it."""


class ClosingHours:
    """Counts what ended and what it cost in the hours that are over, in every active tenant."""

    def __init__(self) -> None:
        self._behind: list[TenantRef] = []

    def close(self) -> None:
        """Up to a day in each tenant."""
        self._behind = _not_done(queries.all_active())

    def catch_up(self) -> None:
        """Another day in those tenants in which something was left."""
        self._behind = _not_done(self._behind)


def _not_done(refs: Iterable[TenantRef]) -> list[TenantRef]:
    """Close a day of each; those in which something is left."""
    behind = []
    for ref in refs:
        with tenant(ref):
            left = [recent_figures.ended.close(AT_ONCE), costs.spent.close(AT_ONCE)]
        if any(left):
            behind.append(ref)
    return behind
