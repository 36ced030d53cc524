"""The log's stored form: events as JSON, many to a segment, items beside them in blocks.

A segment is one flush. Each event is `{"t": type, "at": ms, "n": node, "r": run, "i": run index,
"a": attempt, "d": data, "o": outputs}`; `o` holds, for each port, a block or the id of a payload
row. A block keeps the items of one port column-wise, because most items carry the plain lineage
"item i came from item i", which is then one letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast
from uuid import UUID

import orjson
import zstandard

from headrace_sdk.errors import NodeError
from headrace_sdk.items import FileRef, Item, JsonObject, Pair

FORMAT: Final = 1
COMPRESS_ABOVE_BYTES: Final = 1024
INLINE_BYTES: Final = 64 * 1024
"""A port's items above this size get a payload row of their own (engine-rules 17)."""

_PLAIN: Final = b"j"
_ZSTD: Final = b"z"


class UnstorableOutput(NodeError):
    """A node returned something that is not JSON."""

    code = "output_not_json"


@dataclass(frozen=True, slots=True)
class Event:
    """One fact. `at_ms` is milliseconds since the epoch by the database's clock.

    `outputs` maps a port to its encoded block; it never leaves the server with the event.
    """

    type: str
    at_ms: int
    node: str | None = None
    run: str | None = None
    run_index: int | None = None
    attempt: int | None = None
    data: JsonObject = field(default_factory=dict)
    outputs: Mapping[str, bytes | UUID] | None = None
    seq: int = 0


def encode_block(items: Sequence[Item]) -> bytes:
    """The items of one port as bytes.

    Raises:
        UnstorableOutput: a value is not JSON, or nested too deeply.
    """
    block: dict[str, Any] = {"j": [item.json for item in items]}
    lineage = _lineage(items)
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
        return orjson.dumps(block)
    except (TypeError, ValueError) as error:
        message = f"The node returned data that is not JSON ({error}). Return plain JSON values."
        raise UnstorableOutput(message) from error


def _lineage(items: Sequence[Item]) -> str | list[list[list[int]]] | None:
    if all(
        len(item.paired) == 1 and item.paired[0] == (0, index) for index, item in enumerate(items)
    ):
        return "i"
    if not any(item.paired for item in items):
        return None
    return [[[pair.input, pair.item] for pair in item.paired] for item in items]


def decode_block(body: bytes | memoryview) -> list[Item]:
    """Reads `encode_block`'s form."""
    block = orjson.loads(body)
    files = block.get("b", {})
    lineage = block.get("p")
    return [
        Item(
            json=json,
            binary=_files(files.get(str(index))) if files else None,
            paired=_pairs(lineage, index),
        )
        for index, json in enumerate(block["j"])
    ]


def _files(refs: Mapping[str, Mapping[str, Any]] | None) -> Mapping[str, FileRef] | None:
    return {name: FileRef(**ref) for name, ref in refs.items()} if refs else None


def _pairs(lineage: str | list[list[list[int]]] | None, index: int) -> tuple[Pair, ...]:
    if lineage is None:
        return ()
    if lineage == "i":
        return (Pair(0, index),)
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


def decode_segment(body: bytes | memoryview, first_seq: int) -> list[Event]:
    """The events of a segment with their sequence numbers."""
    rows = orjson.loads(unpack(body))
    return [_event(row, first_seq + index) for index, row in enumerate(rows)]


def _stored(event: Event) -> dict[str, Any]:
    row: dict[str, Any] = {"t": event.type, "at": event.at_ms}
    if event.node is not None:
        row |= {"n": event.node, "r": event.run, "i": event.run_index}
    if event.attempt is not None:
        row["a"] = event.attempt
    if event.data:
        row["d"] = event.data
    if event.outputs:
        row["o"] = {
            port: {"id": str(block)} if isinstance(block, UUID) else orjson.Fragment(block)
            for port, block in event.outputs.items()
        }
    return row


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
        outputs=(
            {
                port: UUID(block["id"]) if "id" in block else orjson.dumps(block)
                for port, block in outputs.items()
            }
            if outputs
            else None
        ),
        seq=seq,
    )
