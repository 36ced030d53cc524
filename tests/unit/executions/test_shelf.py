"""What one execution keeps of its items in memory, and what it reads again."""

from __future__ import annotations

import asyncio

from headrace.engine import Source
from headrace.executions import log
from headrace.executions.blocks.ledger import COLLECTED, Ledger
from headrace.executions.blocks.reader import Reader
from headrace.executions.blocks.shelf import BYTES_OF_TEXT, ITEM_BYTES, PAGE_BYTES, Shelf
from headrace_sdk.items import Item

TURNS = 400
SEGMENT = 25
LIMIT = 50_000
PAGE = PAGE_BYTES + ITEM_BYTES + BYTES_OF_TEXT * len(log.encode_block([Item({"n": TURNS})]))
"""What the page of a turn weighs."""
LOOP = ("loop", "0")


def turn(seq):
    """What one turn of a loop put out."""
    page = log.Page(1, log.encode_block([Item({"n": seq})]))
    data = {"outputs": {"main": {"items": 1}}}
    return log.Event(
        "workflow.step.completed", 0, "a", str(seq), 0, 1, data, {"main": (page,)}, seq
    )


def collected(seq):
    """The notice that names what all turns put out."""
    body = log.encode_manifest(log.Ref(one, "main", 0, 1) for one in range(1, TURNS + 1))
    return log.Event(COLLECTED, 0, *LOOP, 0, 1, {}, {"done": (log.Page(TURNS, body),)}, seq)


class Stored:
    """A log of many segments, a few events each. Notes the most that the shelf ever had."""

    def __init__(self, shelf):
        self.shelf, self.most, self.reads = shelf, 0, 0
        events = [turn(seq) for seq in range(1, TURNS + 1)]
        self.segments = [
            (first + 1, log.encode_segment(events[first : first + SEGMENT]), log.FORMAT)
            for first in range(0, TURNS, SEGMENT)
        ]

    async def segments_from(self, seq):
        self.most = max(self.most, self.shelf.weight)
        self.reads += 1
        number = (seq - 1) // SEGMENT
        return self.segments[number : number + 8]


def reading(ledger, store=None):
    """Read all that the loop collected; the most that was at hand."""
    store = store or Stored(ledger.shelf)
    source = Source(*LOOP, "done", TURNS)
    items = asyncio.run(Reader(ledger, store).load(source))
    assert [item.json["n"] for item in items] == list(range(1, TURNS + 1))
    return store.most


def ledger_of(shelf):
    """A ledger whose newest event, which nobody has stored yet, is the loop's notice."""
    ledger = Ledger()
    ledger.shelf = shelf
    ledger.collected(LOOP, collected(TURNS + 1))
    return ledger


def test_what_is_read_back_is_put_away_while_something_newer_is_not_stored():
    shelf = Shelf(LIMIT)
    shelf.stored_up_to(TURNS)

    assert reading(ledger_of(shelf)) <= LIMIT


def test_one_who_only_reads_keeps_no_more_than_the_limit():
    assert reading(ledger_of(Shelf(LIMIT))) <= LIMIT


def test_what_is_not_stored_stays_at_hand_however_much_it_is():
    shelf = Shelf(0)
    for seq in range(1, TURNS):
        shelf.put(seq, "main", turn(seq).outputs["main"])
        shelf.tidy()

    assert all(shelf.items(seq, "main", 0) for seq in range(1, TURNS))


def test_of_what_is_stored_only_the_page_used_last_stays_above_the_limit():
    shelf = Shelf(0)
    for seq in (1, 2, 3):
        shelf.put(seq, "main", turn(seq).outputs["main"])
    shelf.stored_up_to(3)
    shelf.items(2, "main", 0)
    shelf.tidy()

    assert [shelf.slots(seq, "main") is not None for seq in (1, 2, 3)] == [False, True, False]


def test_what_is_read_ahead_is_still_there_when_its_turn_comes():
    store = Stored(Shelf(LIMIT))
    reading(ledger_of(store.shelf), store)

    at_once = LIMIT // 2 // PAGE
    assert store.reads <= TURNS / at_once + 1
