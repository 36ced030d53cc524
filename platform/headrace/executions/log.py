"""The log's stored form: events as JSON, many to a segment, items beside them in blocks.

A segment is one flush. Each event is `{"t": type, "at": ms, "n": node, "r": run, "i": run index,
"a": attempt, "d": data, "o": outputs}`; `o` holds, for each port, a page or several. A page is a
block or the id of a payload row. A block keeps up to `PAGE_ITEMS` items column-wise, because most
items carry the plain lineage "item i came from item i", which is then one letter; or it is a
manifest: references to items that lie elsewhere in the log, as a loop collects them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, TypeAlias, cast
from uuid import UUID

import orjson
import zstandard

from headrace_sdk.errors import HeadraceError, NodeError
from headrace_sdk.items import FileRef, Item, JsonObject, Pair

FORMAT: Final = 1
COMPRESS_ABOVE_BYTES: Final = 1024
INLINE_BYTES: Final = 64 * 1024
"""A port's items above this size get a payload row of their own (engine-rules 17)."""

PAGE_ITEMS: Final = 1_000
"""So many items are read and kept at once; more of one port are several pages."""

ITEMS: Final = "workflow.step.items"
"""What became of single items of a step that goes on."""

PREPARED: Final = "workflow.step.prepared"
"""What the expressions of a write came to before its first attempt."""

CALL_STARTED: Final = "workflow.step.call.started"
CALL_COMPLETED: Final = "workflow.step.call.completed"
CALL_FAILED: Final = "workflow.step.call.failed"
CALL_SUSPENDED: Final = "workflow.step.call.suspended"
CALLS: Final = frozenset({CALL_STARTED, CALL_COMPLETED, CALL_FAILED, CALL_SUSPENDED})
"""What a step that goes on calls through what is lent to it."""

BESIDE: Final = frozenset({ITEMS, PREPARED, *CALLS})
"""Events whose outputs did not leave a step: they are kept beside the event, and found by it."""

_PLAIN: Final = b"j"
_ZSTD: Final = b"z"


class UnstorableOutput(NodeError):
    """A node returned something that is not JSON."""

    code = "output_not_json"


class UnreadableFormat(HeadraceError):
    """The log was written by a newer release."""

    code = "unreadable_format"


class Page(NamedTuple):
    """How many items a page has, and its block or the payload row that holds it."""

    items: int
    block: bytes | UUID


Pages: TypeAlias = tuple[Page, ...]


class Ref(NamedTuple):
    """Items of another event: `items` of them from the `first`-th that it put on `port`."""

    seq: int
    port: str
    first: int
    items: int


@dataclass(frozen=True, slots=True)
class Event:
    """One fact. `at_ms` is milliseconds since the epoch by the database's clock.

    `outputs` maps a port to its pages; they never leave the server with the event.
    """

    type: str
    at_ms: int
    node: str | None = None
    run: str | None = None
    run_index: int | None = None
    attempt: int | None = None
    data: JsonObject = field(default_factory=dict)
    outputs: Mapping[str, Pages] | None = None
    seq: int = 0


def encode_pages(items: Sequence[Item]) -> list[tuple[int, bytes]]:
    """The items of one port as blocks with their numbers of items; none for no items.

    Raises:
        UnstorableOutput: a value is not JSON, or nested too deeply.
    """
    pages = (
        (first, items[first : first + PAGE_ITEMS]) for first in range(0, len(items), PAGE_ITEMS)
    )
    return [(len(page), encode_block(page, first)) for first, page in pages]


def encode_block(items: Sequence[Item], first: int = 0) -> bytes:
    """Items of one port as bytes, from its `first`-th on.

    Raises:
        UnstorableOutput: a value is not JSON, or nested too deeply.
    """
    block: dict[str, Any] = {"j": [item.json for item in items]}
    lineage = _lineage(items, first)
    if lineage is not None:
        block["p"] = lineage
    files = {
        str(index): {name: ref.to_json() for name, ref in item.binary.items()}
        for index, item in enumerate(items)
        if item.binary
    }
    if files:
        block["b"] = files
    try:
        return _exact(orjson.dumps(block))
    except (TypeError, ValueError) as error:
        message = f"The node returned data that is not JSON ({error}). Return plain JSON values."
        raise UnstorableOutput(message) from error


def _lineage(items: Sequence[Item], first: int) -> str | list[list[list[int]]] | None:
    if all(
        len(item.paired) == 1 and item.paired[0] == (0, index)
        for index, item in enumerate(items, first)
    ):
        return "i"
    if not any(item.paired for item in items):
        return None
    return [[[pair.input, pair.item] for pair in item.paired] for item in items]


def encode_manifest(refs: Iterable[Ref]) -> bytes:
    """References to items as a block."""
    return _exact(orjson.dumps({"m": [list(ref) for ref in refs]}))


def is_manifest(body: bytes) -> bool:
    """Does a block hold references instead of items?"""
    return body.startswith(b'{"m":')


def decode_manifest(body: bytes) -> list[Ref]:
    """Reads `encode_manifest`'s form."""
    return [Ref(*ref) for ref in orjson.loads(body)["m"]]


def decode_block(body: bytes | memoryview, first: int = 0) -> list[Item]:
    """Reads `encode_block`'s form."""
    block = orjson.loads(body)
    files = block.get("b", {})
    lineage = block.get("p")
    return [
        Item(
            json=json,
            binary=_files(files.get(str(index))) if files else None,
            paired=_pairs(lineage, index, first),
        )
        for index, json in enumerate(block["j"])
    ]


def _files(refs: Mapping[str, Mapping[str, Any]] | None) -> Mapping[str, FileRef] | None:
    return {name: FileRef(**ref) for name, ref in refs.items()} if refs else None


def _pairs(lineage: str | list[list[list[int]]] | None, index: int, first: int) -> tuple[Pair, ...]:
    if lineage is None:
        return ()
    if lineage == "i":
        return (Pair(0, first + index),)
    return tuple(Pair(*pair) for pair in cast("list[list[list[int]]]", lineage)[index])


def encode_segment(events: Iterable[Event]) -> bytes:
    """Events of one flush as bytes, compressed where it pays."""
    return pack(orjson.dumps([_stored(event) for event in events]))


def pack(body: bytes) -> bytes:
    """A marker byte and the body, compressed above `COMPRESS_ABOVE_BYTES`."""
    if len(body) <= COMPRESS_ABOVE_BYTES:
        return _PLAIN + body
    return _ZSTD + zstandard.compress(body, level=1)


def unpack(body: bytes | memoryview) -> bytes:
    """Reads `pack`'s form."""
    data = bytes(body)
    return data[1:] if data[:1] == _PLAIN else zstandard.decompress(data[1:])


def decode_segment(body: bytes | memoryview, first_seq: int, format_: int = FORMAT) -> list[Event]:
    """The events of a segment with their sequence numbers.

    Raises:
        UnreadableFormat: a newer release wrote it.
    """
    if format_ > FORMAT:
        message = f"The log has format {format_}; this release reads up to {FORMAT}. Update it."
        raise UnreadableFormat(message)
    rows = orjson.loads(unpack(body))
    return [_event(row, first_seq + index) for index, row in enumerate(rows)]


def event_json(event: Event) -> bytes:
    """One event as JSON."""
    return orjson.dumps(_stored(event))


def event_from_json(row: Mapping[str, Any], seq: int) -> Event:
    """Reads `event_json`'s form, parsed."""
    return _event(row, seq)


def events_of(
    body: bytes | memoryview, first_seq: int, format_: int, node: str, run: str
) -> list[Event]:
    """The events of one run in a segment; one that does not mention it is not taken apart."""
    if format_ <= FORMAT:
        mark = b'"n":' + orjson.dumps(node) + b',"r":' + orjson.dumps(run)
        if mark not in unpack(body):
            return []
    found = decode_segment(body, first_seq, format_)
    return [event for event in found if (event.node, event.run) == (node, run)]


def _stored(event: Event) -> dict[str, Any]:
    row: dict[str, Any] = {"t": event.type, "at": event.at_ms}
    if event.node is not None:
        row |= {"n": event.node, "r": event.run, "i": event.run_index}
    if event.attempt is not None:
        row["a"] = event.attempt
    if event.data:
        row["d"] = event.data
    if event.outputs:
        row["o"] = {port: _pages_to_json(pages) for port, pages in event.outputs.items()}
    return row


def _pages_to_json(pages: Pages) -> Any:
    found = [
        {"id": str(page.block), "n": page.items}
        if isinstance(page.block, UUID)
        else orjson.Fragment(page.block)
        for page in pages
    ]
    return found[0] if len(found) == 1 else {"pages": found}


def _pages_from_json(stored: Mapping[str, Any]) -> Pages:
    return tuple(map(_page_from_json, stored.get("pages") or (stored,)))


def _page_from_json(stored: Mapping[str, Any]) -> Page:
    if "id" in stored:
        return Page(stored["n"], UUID(stored["id"]))
    items = len(stored["j"]) if "j" in stored else sum(ref[3] for ref in stored["m"])
    return Page(items, _exact(orjson.dumps(stored)))


def _exact(body: bytes) -> bytes:
    """A copy of its own size: orjson's result keeps the room it was written in, 4 KiB at least."""
    return bytes(memoryview(body))


def _event(row: Mapping[str, Any], seq: int) -> Event:
    outputs = row.get("o")
    return Event(
        type=row["t"],
        at_ms=row["at"],
        node=row.get("n"),
        run=row.get("r"),
        run_index=row.get("i"),
        attempt=row.get("a"),
        data=row.get("d", {}),
        outputs={port: _pages_from_json(pages) for port, pages in outputs.items()}
        if outputs
        else None,
        seq=seq,
    )
