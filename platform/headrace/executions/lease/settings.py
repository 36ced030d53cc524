"""How a worker is tuned. Read once from Django's settings, passed down as a value."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from headrace.catalog.queries import fingerprint


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """Durations in seconds; `parallel` executions at once in one process.

    `registry` names the set of nodes that the process has. What needs others waits `patience_s`
    for a worker that has them.
    """

    database_url: str
    lanes: tuple[str, ...] = ("default", "careful")
    parallel: int = 200
    claim_batch: int = 32
    poll_s: float = 1.0
    beat_s: float = 2.0
    lease_s: float = 15.0
    flush_every_s: float = 0.1
    drain_s: float = 30.0
    connections: int = 4
    crashes_until_failed: int = 3
    tenant_concurrency: int = 100
    registry: str = ""
    patience_s: float = 300.0

    @classmethod
    def from_django(cls) -> WorkerSettings:
        """The settings of this process."""
        return cls(
            database_url=settings.DATABASE_URL,
            poll_s=settings.HEADRACE_POLL_S,
            lease_s=settings.HEADRACE_LEASE_S,
            beat_s=min(2.0, settings.HEADRACE_LEASE_S / 5),
            drain_s=settings.HEADRACE_DRAIN_S,
            tenant_concurrency=settings.HEADRACE_TENANT_CONCURRENCY,
            registry=fingerprint(),
        )
