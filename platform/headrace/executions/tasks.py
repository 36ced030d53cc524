"""The one Celery task of executions: a doorbell."""

from __future__ import annotations

from celery import shared_task

from headrace.executions import bell


@shared_task(name="executions.ring", ignore_result=True, tenant="public")  # type: ignore[untyped-decorator] # untyped library
def ring(lane: str) -> None:
    """Let the engine of this process look into the queue."""
    bell.ring(lane)
