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
    """Pages by event and port. The longest unused are put away first, once they are stored."""

    def __init__(self, limit_bytes: int = LIMIT_BYTES) -> None:
        self._limit = limit_bytes
        self._stocks: dict[tuple[int, str], list[Slot]] = {}
        self._used: OrderedDict[_Place, int] = OrderedDict()
        self._weight = 0
        self._tidied_at = -1
        self._stored_seq = 0

    @property
    def weight(self) -> int:
        """What all that is at hand weighs, in bytes, roughly."""
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
        self._used.move_to_end((seq, port, number))
        return slot.decoded

    def forget(self, seq: int, port: str) -> None:
        """Put an output away whole, so that the log is read again."""
        for number in range(len(self._stocks.pop((seq, port), ()))):
            self._weight -= self._used.pop((seq, port, number), 0)

    def tidy_stored(self) -> None:
        """`tidy` with what is known to be durable."""
        self.tidy(self._stored_seq)

    def tidy(self, stored_seq: int) -> None:
        """Put away what is over the limit, up to the last event that is durable."""
        self._stored_seq = stored_seq
        if self._weight <= self._limit or self._tidied_at == stored_seq:
            return
        while self._used and self._weight > self._limit:
            place = next(iter(self._used))
            if place[0] > stored_seq:
                # Nor is what came later: no use in looking again before the next flush.
                self._tidied_at = stored_seq
                return
            self._drop(place)

    def _use(self, place: _Place, weight: int) -> None:
        self._weight += weight - self._used.pop(place, 0)
        self._used[place] = weight
        self._tidied_at = -1

    def _drop(self, place: _Place) -> None:
        self._weight -= self._used.pop(place)
        seq, port, number = place
        slots = self._stocks[seq, port]
        slots[number].body = slots[number].decoded = None
        if not any(slot.is_at_hand for slot in slots):
            del self._stocks[seq, port]


def _weight(slot: Slot) -> int:
    # The text of a fresh page that went to a payload row is not known here any more.
    return PAGE_BYTES + ITEM_BYTES * slot.items + BYTES_OF_TEXT * len(slot.body or b"")
