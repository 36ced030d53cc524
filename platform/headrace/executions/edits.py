"""Items by which a person replaced the input of a run to come, as the log keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from headrace.executions import log
from headrace.executions.models import LogSegment
from headrace_sdk.items import Item

EDITED: Final = "workflow.step.queued"
"""The event that carries them, before the run exists."""


def items_in(event: log.Event) -> dict[str, Sequence[Item]]:
    """The items that stand in the event itself, by port."""
    return {
        port: [item for page in pages for item in _items(page)]
        for port, pages in (event.outputs or {}).items()
    }


def edited_input(execution_id: UUID, node: str, run: str) -> dict[str, Sequence[Item]]:
    """What a fork put in the place of a run's input, by port; most often nothing."""
    segments = LogSegment.objects.filter(execution_id=execution_id).order_by("first_seq")
    first = segments.first()
    if first is None:
        return {}
    started = log.decode_segment(first.body, first.first_seq, first.format)[0]
    edited: Any = started.data.get("edited") or []
    if [node, run] not in edited:
        return {}
    for one in segments.iterator(chunk_size=8):
        for event in log.events_of(one.body, one.first_seq, one.format, node, run):
            if event.type == EDITED and event.outputs:
                return items_in(event)
    return {}


def _items(page: log.Page) -> Sequence[Item]:
    return log.decode_block(page.block) if isinstance(page.block, bytes) else ()
