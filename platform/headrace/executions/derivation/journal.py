"""Collects the first events of an execution, as a worker's journal would, for one commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from headrace.engine import RunId
from headrace.executions import log
from headrace.executions.blocks.ledger import Ledger, record
from headrace.executions.edits import EDITED
from headrace.tenants.ids import new_id
from headrace_sdk.items import JsonObject

REUSED: Final = "workflow.step.reused"

Blocks = Mapping[str, Sequence[tuple[int, bytes]]]


class SeedJournal:
    """The part of `runner.journal.Journal` that a recorder uses; nothing is flushed.

    `begun` is what the event `workflow.started` says besides. `copies` maps payload rows of the
    source to those of the new execution, `payloads` are new ones.
    """

    def __init__(self, ledger: Ledger, at_ms: int, begun: JsonObject) -> None:
        self._ledger = ledger
        self._at_ms = at_ms
        self._begun = begun
        self.events: list[log.Event] = []
        self.payloads: dict[UUID, bytes] = {}
        self.copies: dict[UUID, UUID] = {}
        self.reused: Mapping[str, log.Pages] = {}
        """What the next event of a reused run refers to."""
        self.stored_seq = 0

    @property
    def seq(self) -> int:
        """The number of the last event."""
        return len(self.events)

    def append(
        self,
        kind: str,
        *,
        node: str | None = None,
        run: str | None = None,
        run_index: int | None = None,
        attempt: int | None = None,
        data: JsonObject | None = None,
        outputs: Blocks | None = None,
    ) -> log.Event:
        """See `Journal.append`."""
        if kind == "workflow.started":
            data = {**(data or {}), **self._begun}
        pages = self._own(self.reused) if kind == REUSED else self._placed(outputs or {})
        event = log.Event(
            type=kind,
            at_ms=self._at_ms,
            node=node,
            run=run,
            run_index=run_index,
            attempt=attempt,
            data=data or {},
            outputs=pages or None,
            seq=self.seq + 1,
        )
        self.events.append(event)
        if kind == REUSED and node is not None and run is not None:
            record(self._ledger, (node, run), event)
        return event

    def edit(self, run: RunId, *, run_index: int, data: JsonObject, blocks: Blocks) -> None:
        """Items for a run to come; they stand in the event itself, however many."""
        pages = {port: tuple(log.Page(*one) for one in found) for port, found in blocks.items()}
        self.events.append(
            log.Event(
                EDITED, self._at_ms, run.node, run.run, run_index, 1, data, pages, self.seq + 1
            )
        )

    def _own(self, outputs: Mapping[str, log.Pages]) -> dict[str, log.Pages]:
        """Copies of what stands beside the source's log, so that it may be deleted."""
        return {
            port: tuple(
                page
                if isinstance(page.block, bytes)
                else log.Page(page.items, self.copies.setdefault(page.block, new_id()))
                for page in pages
            )
            for port, pages in outputs.items()
        }

    def _placed(self, outputs: Blocks) -> dict[str, log.Pages]:
        return {port: self._beside(blocks) for port, blocks in outputs.items()}

    def _beside(self, blocks: Sequence[tuple[int, bytes]]) -> log.Pages:
        """Items that stand in the event if they are small, else in payload rows."""
        if sum(len(block) for _, block in blocks) <= log.INLINE_BYTES:
            return tuple(log.Page(*block) for block in blocks)
        placed = []
        for count, block in blocks:
            payload = new_id()
            self.payloads[payload] = block
            placed.append(log.Page(count, payload))
        return tuple(placed)
