"""Pages of items that one execution has at hand; what is stored may be put away and read again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias
from uuid import UUID

from headrace.executions import log
from headrace_sdk.items import Item

LIMIT_BYTES: Final = 16 * 1024 * 1024
"""So much memory may be used for what one execution has at hand, besides what is not stored yet."""

PAGE_BYTES: Final = 1_000
ITEM_BYTES: Final = 400
BYTES_OF_TEXT: Final = 6
"""What a page, an item and a byte of JSON cost in memory, roughly, once they are objects."""

_Place: TypeAlias = tuple[int, str, int]
"""Sequence number of the event, port, number of the page."""


@dataclass(slots=True)
class Slot:
    """One page. It is at hand while it has a `body` or the items themselves."""

    items: int
    payload: UUID | None
    body: bytes | None
    decoded: Sequence[Item] | None = None

    @property
    def is_at_hand(self) -> bool:
        """Can it be read without asking the database?"""
        return self.body is not None or self.decoded is not None


class Shelf:
    """Pages by event and port. Of those that are stored the longest unused are put away first.

    What is not stored yet can be read nowhere else. It lies apart and counts for nothing, so that
    it neither keeps the rest from being put away nor drives out what somebody is just reading.
    """

    def __init__(self, limit_bytes: int = LIMIT_BYTES) -> None:
        self.limit_bytes = limit_bytes
        self._stocks: dict[tuple[int, str], list[Slot]] = {}
        self._stored: OrderedDict[_Place, int] = OrderedDict()
        self._fresh: dict[_Place, int] = {}
        self._weight = 0
        self._stored_seq = 0

    @property
    def weight(self) -> int:
        """What all that is at hand and stored weighs, in bytes, roughly."""
        return self._weight

    def put(
        self, seq: int, port: str, pages: log.Pages, items: Sequence[Item] | None = None
    ) -> None:
        """Take in the pages of an output; with `items`, which has just been made, decoded."""
        slots: list[Slot] = []
        self._stocks[seq, port] = slots
        first = 0
        for number, (count, block) in enumerate(pages):
            body = None if isinstance(block, UUID) else block
            slot = Slot(count, block if isinstance(block, UUID) else None, body)
            if items is not None:
                slot.decoded = items if len(pages) == 1 else items[first : first + count]
            slots.append(slot)
            if slot.is_at_hand:
                self._use((seq, port, number), _weight(slot))
            first += count

    def slots(self, seq: int, port: str) -> Sequence[Slot] | None:
        """The pages of an output, if they are known here."""
        return self._stocks.get((seq, port))

    def fill(self, seq: int, port: str, number: int, body: bytes) -> None:
        """Lay a page down that was read from its payload row."""
        slot = self._stocks[seq, port][number]
        slot.body = body
        self._use((seq, port, number), _weight(slot))

    def items(self, seq: int, port: str, number: int) -> Sequence[Item] | None:
        """The items of a page that is at hand."""
        slot = self._stocks[seq, port][number]
        if slot.decoded is None:
            if slot.body is None:
                return None
            slot.decoded = log.decode_block(slot.body, number * log.PAGE_ITEMS)
        if (seq, port, number) in self._stored:
            self._stored.move_to_end((seq, port, number))
        return slot.decoded

    def forget(self, seq: int, port: str) -> None:
        """Put an output away whole, so that the log is read again."""
        for number in range(len(self._stocks.pop((seq, port), ()))):
            self._weight -= self._stored.pop((seq, port, number), 0)
            self._fresh.pop((seq, port, number), None)

    def stored_up_to(self, seq: int) -> None:
        """Every event up to this one is durable."""
        if seq <= self._stored_seq:
            return
        self._stored_seq = seq
        # Events come in order, so the first one that is not stored ends the search.
        while self._fresh and (place := next(iter(self._fresh)))[0] <= seq:
            self._use(place, self._fresh.pop(place))

    def tidy(self) -> None:
        """Put away what is over the limit; the page that was used last stays, however heavy."""
        while self._weight > self.limit_bytes and len(self._stored) > 1:
            self._drop_oldest()

    def _use(self, place: _Place, weight: int) -> None:
        if place[0] > self._stored_seq:
            self._fresh[place] = weight
            return
        self._weight += weight - self._stored.pop(place, 0)
        self._stored[place] = weight

    def _drop_oldest(self) -> None:
        (seq, port, number), weight = self._stored.popitem(last=False)
        self._weight -= weight
        slots = self._stocks[seq, port]
        slots[number].body = slots[number].decoded = None
        if not any(slot.is_at_hand for slot in slots):
            del self._stocks[seq, port]


def _weight(slot: Slot) -> int:
    # The text of a fresh page that went to a payload row is not known here any more.
    return PAGE_BYTES + ITEM_BYTES * slot.items + BYTES_OF_TEXT * len(slot.body or b"")
