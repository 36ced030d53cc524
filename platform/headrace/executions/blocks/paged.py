"""Many items as one sequence of which only a page at a time is in memory as objects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, overload

from headrace.executions import log
from headrace_sdk.items import Item

WHOLE_UP_TO: Final = 2 * log.PAGE_ITEMS
"""Fewer items are a plain list."""


class PagedItems(Sequence[Item]):
    """Pages of `log.PAGE_ITEMS` items, compressed; the last may be shorter. Made by `Builder`."""

    __slots__ = ("_at_hand", "_length", "_number", "_pages")

    def __init__(self, pages: Sequence[bytes], length: int) -> None:
        self._pages = pages
        self._length = length
        self._number = -1
        self._at_hand: Sequence[Item] = ()

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Item]:
        for number in range(len(self._pages)):
            yield from self._page(number)

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        wanted = range(self._length)[index]
        if isinstance(wanted, range):
            return [self._one(at) for at in wanted]
        return self._one(wanted)

    def _one(self, at: int) -> Item:
        number, place = divmod(at, log.PAGE_ITEMS)
        return self._page(number)[place]

    def _page(self, number: int) -> Sequence[Item]:
        if number != self._number:
            body = log.unpack(self._pages[number])
            self._at_hand = log.decode_block(body, number * log.PAGE_ITEMS)
            self._number = number
        return self._at_hand


class Builder:
    """Collects items; what is more than a few pages is packed as it comes."""

    def __init__(self) -> None:
        self._pages: list[bytes] = []
        self._items: list[Item] = []

    def add(self, items: Sequence[Item]) -> None:
        """Add items at the end."""
        for first in range(0, len(items), log.PAGE_ITEMS):
            self._items += items[first : first + log.PAGE_ITEMS]
            if len(self._items) > WHOLE_UP_TO:
                self._pack(is_last=False)

    def items(self) -> Sequence[Item]:
        """All that was added."""
        if not self._pages:
            return self._items
        length = len(self._pages) * log.PAGE_ITEMS + len(self._items)
        self._pack(is_last=True)
        return PagedItems(self._pages, length)

    def _pack(self, *, is_last: bool) -> None:
        size = log.PAGE_ITEMS
        whole = len(self._items) if is_last else len(self._items) // size * size
        for first in range(0, whole, size):
            page = self._items[first : min(first + size, whole)]
            self._pages.append(log.pack(log.encode_block(page, len(self._pages) * size)))
        del self._items[:whole]
