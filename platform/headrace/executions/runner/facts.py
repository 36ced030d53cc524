"""Between the log's rows and the engine's events."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from headrace import engine
from headrace.executions import log
from headrace.executions.blocks.ledger import COLLECTED

STARTED: Final = "workflow.step.started"

NOTICES: Final = frozenset({COLLECTED, *log.BESIDE})
"""Events of the shell that change nothing for the engine. Whoever adds one names it here."""


def to_engine(event: log.Event) -> engine.Event | None:
    """The event as the engine folds it; `None` for notices that are not its business.

    Raises:
        UnknownEvent: a newer release wrote it, and who knows what it means.
    """
    if event.type in NOTICES:
        return None
    data: dict[str, Any] = dict(event.data)
    if event.node is not None:
        data |= {"node": event.node, "run": event.run, "attempt": event.attempt or 1}
    at = datetime.fromtimestamp(event.at_ms / 1000, UTC)
    return engine.event_from_json(event.type, data, at)


def begins_something(event: log.Event) -> bool:
    """May it not become durable once a cancel was wished for?"""
    if event.type == log.CALL_STARTED:
        return event.data.get("effect") == "write"
    return event.type == STARTED


def is_progress(event: log.Event) -> bool:
    """Did a step end, or an item of one? What only begins may be what kills its worker."""
    if event.node is None or event.type in {STARTED, log.PREPARED, log.CALL_STARTED}:
        return False
    return event.type != log.ITEMS or bool(event.data.get("results"))
