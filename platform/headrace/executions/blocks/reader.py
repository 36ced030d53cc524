"""Brings the items that somebody asks for from the database to the shelf, page by page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Protocol, TypeAlias
from uuid import UUID

from headrace.engine import Source, StepInputs
from headrace.executions import log
from headrace.executions.blocks.ledger import (
    COLLECTED,
    ForgottenError,
    Ledger,
    RunId,
    record,
    sliced,
)
from headrace.executions.blocks.paged import Builder
from headrace.executions.blocks.shelf import Slot
from headrace_sdk.errors import ContractError
from headrace_sdk.items import Inputs, Item

PAGES_AT_ONCE: Final = 8

Segment: TypeAlias = tuple[int, bytes, int]
"""First sequence number, body and format."""


class Store(Protocol):
    """The stored log of one execution."""

    async def segments_from(self, seq: int) -> Sequence[Segment]:
        """The segment with this event and a few after it, in order."""

    async def segments_before(self, seq: int) -> Sequence[Segment]:
        """The last few segments that begin before an event, the latest first."""

    async def payloads(self, ids: Sequence[UUID]) -> Mapping[UUID, bytes]:
        """Blocks of payload rows; those that do not exist are left out."""


class Reader:
    """Reads for one execution."""

    def __init__(self, ledger: Ledger, store: Store) -> None:
        self._ledger = ledger
        self._store = store

    async def inputs(self, given: StepInputs) -> Inputs:
        """The items that a run receives, port by port."""
        found: dict[str, Sequence[Item]] = {}
        for port, sources in given:
            only = sources[0] if len(sources) == 1 else None
            found[port] = await self.load(only) if only else await self.joined(sources)
        return Inputs(found)

    async def joined(self, sources: Iterable[Source]) -> Sequence[Item]:
        """The items of several outputs, one after the other."""
        into = Builder()
        for source in sources:
            into.add(await self.load(source))
        return into.items()

    async def load(self, source: Source) -> Sequence[Item]:
        """The items of one output; they stay at hand for a while."""
        items = self._ledger.peek(source)
        if items is None:
            items = await self.page(await self.refs(source))
            self._ledger.keep(source, items)
        return items

    async def page(self, refs: Sequence[log.Ref]) -> Sequence[Item]:
        """The items behind some references."""
        into = Builder()
        await self._gather(refs, into)
        return into.items()

    async def refs(self, source: Source) -> list[log.Ref]:
        """Where the items of an output are, also of a run that the ledger has forgotten."""
        while True:
            try:
                return self._ledger.refs(source)
            except ForgottenError as forgotten:
                if not await self.remember(forgotten.run):
                    raise _lost() from None

    async def remember(self, run: RunId) -> list[log.Event]:
        """Find a run in the log, from its end backwards; its events since its last outcome."""
        before = 2**62
        found: list[log.Event] = []
        while segments := await self._store.segments_before(before):
            for first, body, form in segments:
                found[:0] = log.events_of(body, first, form, *run)
                if any(_is_outcome(event) for event in found):
                    return self._noted(run, found)
            before = segments[-1][0]
        return self._noted(run, found)

    def _noted(self, run: RunId, events: list[log.Event]) -> list[log.Event]:
        for event in events:
            record(self._ledger, run, event)
        return events

    async def _gather(self, refs: Sequence[log.Ref], into: Builder) -> None:
        for ref in refs:
            first = 0
            for number in range(len(await self._slots(ref))):
                slot = (await self._slots(ref))[number]
                start, last = max(first, ref.first), min(first + slot.items, ref.first + ref.items)
                if start < last:
                    await self._take(ref, number, start - first, last - first, into)
                first += slot.items

    async def _take(self, ref: log.Ref, number: int, start: int, last: int, into: Builder) -> None:
        """Add a part of one page, which may be a manifest of others."""
        slot = (await self._slots(ref))[number]
        if not slot.is_at_hand:
            await self._fetch(ref, number)
            slot = (await self._slots(ref))[number]
        if slot.body is not None and log.is_manifest(slot.body):
            await self._gather(sliced(log.decode_manifest(slot.body), start, last - start), into)
        else:
            items = self._ledger.shelf.items(ref.seq, ref.port, number) or ()
            into.add(items[start:last])
        self._ledger.shelf.tidy()

    async def _slots(self, ref: log.Ref) -> Sequence[Slot]:
        shelf = self._ledger.shelf
        if shelf.slots(ref.seq, ref.port) is None:
            await self._lay_down(ref.seq)
        slots = shelf.slots(ref.seq, ref.port)
        if slots is None:
            raise _lost()
        return slots

    async def _lay_down(self, seq: int) -> None:
        """Put an event's outputs on the shelf, and of those after it as much as will stay there."""
        shelf = self._ledger.shelf
        full = shelf.weight + shelf.limit_bytes // 2
        for first, body, form in await self._store.segments_from(seq):
            if first > seq and shelf.weight > full:
                return
            events = log.decode_segment(body, first, form)
            shelf.stored_up_to(first + len(events) - 1)
            for event in events[max(0, seq - first) :]:
                if event.seq > seq and shelf.weight > full:
                    return
                for port, pages in (event.outputs or {}).items():
                    if shelf.slots(event.seq, port) is None:
                        shelf.put(event.seq, port, pages)

    async def _fetch(self, ref: log.Ref, number: int) -> None:
        """Read a page and those after it from their payload rows."""
        slots = await self._slots(ref)
        wanted: dict[UUID, int] = {}
        for place in range(number, min(number + PAGES_AT_ONCE, len(slots))):
            payload = slots[place].payload
            if payload is not None and not slots[place].is_at_hand:
                wanted[payload] = place
        if not wanted:
            # Its body was put away; the log itself has it.
            self._ledger.shelf.forget(ref.seq, ref.port)
            return
        bodies = await self._store.payloads(list(wanted))
        if len(bodies) != len(wanted):
            raise _lost()
        for payload, place in wanted.items():
            self._ledger.shelf.fill(ref.seq, ref.port, place, bodies[payload])


def _is_outcome(event: log.Event) -> bool:
    return event.type != COLLECTED and "outputs" in event.data


def _lost() -> ContractError:
    return ContractError("Items of an earlier step are missing in the database.")
