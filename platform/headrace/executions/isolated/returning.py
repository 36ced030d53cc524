"""What a node returned, on its way out of its process: outputs, a wait, or what was collected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from headrace.executions.isolated.asking import Collected
from headrace_sdk.items import Item, JsonObject
from headrace_sdk.waits import Suspension

Returned: TypeAlias = Mapping[str, Sequence[Item]] | Suspension


def to_json(returned: Returned) -> JsonObject:
    """The last answer of the process."""
    if isinstance(returned, Suspension):
        wait: JsonObject = {
            "kind": returned.kind,
            "until": returned.until.isoformat() if returned.until else None,
            "token": returned.token,
            "note": returned.note,
            "shown": [one.to_json() for one in returned.shown],
        }
        return {"wait": wait}
    if isinstance(returned, Collected):
        return {"collected": True}
    made: JsonObject = {port: [one.to_json() for one in items] for port, items in returned.items()}
    return {"done": made}


def from_json(kind: str, told: Any) -> Returned:
    """The same again; what was collected is `Collected`, and empty."""
    if kind == "wait":
        until = told["until"]
        return Suspension(
            told["kind"],
            until=datetime.fromisoformat(until) if until else None,
            token=bool(told["token"]),
            note=told["note"],
            shown=tuple(Item.from_json(one) for one in told["shown"]),
        )
    if kind == "collected":
        return Collected()
    return {port: [Item.from_json(one) for one in items] for port, items in told.items()}
