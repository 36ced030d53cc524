"""Between the log's rows and the engine's events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from headrace import engine
from headrace.engine.log import inputs_from_json
from headrace.executions import log
from headrace.executions.runner.items import Sources


def to_engine(event: log.Event) -> engine.Event | None:
    """The event as the engine folds it; `None` for notices that are not its business."""
    if event.type not in engine.EVENT_TYPES:
        return None
    data: dict[str, Any] = dict(event.data)
    if event.node is not None:
        data |= {"node": event.node, "run": event.run, "attempt": event.attempt or 1}
    at = datetime.fromtimestamp(event.at_ms / 1000, UTC)
    return engine.event_from_json(event.type, data, at)


def sources_of(data: Mapping[str, Any]) -> Sources:
    """Where the items of a step came from, as the ledger wants it."""
    return tuple(
        (port, tuple((one.node, one.run, one.port) for one in given))
        for port, given in inputs_from_json(data["inputs"])
    )
