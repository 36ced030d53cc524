"""The items of one step, a page at a time; nothing is read that the page does not need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from headrace.engine import Source
from headrace.engine.log import inputs_from_json
from headrace.executions import log
from headrace.executions.blocks.ledger import Ledger, sliced
from headrace.executions.blocks.reader import Reader
from headrace.executions.blocks.stores import DjangoStore, run_now
from headrace.executions.errors import StepNotFound
from headrace_sdk.items import Item

Giver: TypeAlias = tuple[str, str]
"""A node and its output port."""


@dataclass(frozen=True, slots=True)
class StepItems:
    """A page of the items of one side of one step."""

    items: Sequence[Item]
    total: int
    ports: Mapping[str, int]


def output(execution_id: UUID, node: str, run: str, port: str) -> Sequence[Item]:
    """All items that a run put on a port."""
    reader = Reader(Ledger(), DjangoStore(execution_id))
    if not run_now(reader.remember((node, run))):
        return ()
    return run_now(reader.load(Source(node, run, port, 0)))


def page(
    execution_id: UUID,
    node: str,
    run: str,
    *,
    side: str,
    port: str | None,
    offset: int,
    limit: int,
    giver: Giver | None = None,
) -> StepItems:
    """Items that went into (`side="input"`) or came out of a step.

    Of what went in, only that which `giver` gave, if one is named.

    Raises:
        StepNotFound: no such step, or nothing of it is recorded yet.
    """
    reader = Reader(Ledger(), DjangoStore(execution_id))
    events = [event for event in run_now(reader.remember((node, run))) if event.data]
    if not events:
        raise StepNotFound
    by_port = _given(events, giver) if side == "input" else _made(node, run, events)
    ports = {name: sum(one.items for one in sources) for name, sources in by_port.items()}
    chosen = port or next(iter(ports), "main")
    refs = [ref for source in by_port.get(chosen, ()) for ref in run_now(reader.refs(source))]
    total = ports.get(chosen, 0)
    return StepItems(run_now(reader.page(sliced(refs, offset, limit))), total, ports)


def _given(events: Sequence[log.Event], giver: Giver | None) -> dict[str, tuple[Source, ...]]:
    found: Any = next((e.data["inputs"] for e in reversed(events) if "inputs" in e.data), [])
    return {
        port: tuple(one for one in sources if giver in {None, (one.node, one.port)})
        for port, sources in inputs_from_json(found)
    }


def _made(node: str, run: str, events: Sequence[log.Event]) -> dict[str, tuple[Source, ...]]:
    counts: dict[str, int] = {}
    for event in events:
        outputs: Any = event.data.get("outputs") or {}
        for port, facts in outputs.items():
            counts[port] = counts.get(port, 0) + facts["items"]
    return {port: (Source(node, run, port, items),) for port, items in counts.items()}
