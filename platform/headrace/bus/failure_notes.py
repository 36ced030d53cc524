"""Tells people that a workflow failed while nobody looked: at once, then once an hour at most."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, cast

from headrace.bus.told import is_due
from headrace.executions.beginning import Origin
from headrace.executions.types import Ended
from headrace.notifications.notices import tell_of_failure
from headrace.workflows import queries as workflows
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.notifications import Note

QUIET: Final = timedelta(hours=1)
PEOPLE: Final = "people"
WATCHED: Final = ("manual", "test")
"""Whoever started such a run looks at it."""

MAX_MESSAGE: Final = 1_000


def tell_people(ended: Ended) -> None:
    """Keep a note for the members who want to hear of it. Call it in a transaction."""
    if _is_unattended(ended) and is_due(ended.workflow_id, "", PEOPLE, QUIET):
        tell_of_failure(note(ended), execution_id=ended.id, workflow_name=ended.workflow_name)


def note(ended: Ended) -> Note:
    """What is said of a failed run."""
    error = ended.error or {}
    message = str(error.get("message") or "It failed.")[:MAX_MESSAGE]
    node = _name_of(ended, error.get("node"))
    where = f"Run {ended.number} stopped at {node}" if node else f"Run {ended.number} failed"
    ending = "Further failures of this workflow are not told within the hour."
    return Note(f"{ended.workflow_name[:150]} failed", f"{where}: {message}\n{ending}", "high")


def _name_of(ended: Ended, node: JsonValue) -> str:
    nodes = cast("list[JsonObject]", workflows.version(ended.version_id).document["nodes"])
    return next((str(one.get("name") or node) for one in nodes if one["id"] == node), "")


def _is_unattended(ended: Ended) -> bool:
    """A published version, and neither by hand nor for a caller who hears of it."""
    origin = cast("Origin", ended.origin)
    is_watched = ended.mode in WATCHED or origin.get("waits") or origin.get("by_hand")
    return not is_watched and workflows.version(ended.version_id).ref.kind != "draft"
