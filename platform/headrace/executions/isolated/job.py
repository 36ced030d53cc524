"""What goes into the process of a node and what comes out of it: frames of bytes with a length.

In goes one pickled `Job`, which the worker made itself. Out come JSON objects, each with one key:
`ready` before the job, then `log`, `progress`, `stream`, and at last `done` or `error`. Nothing
that comes out is unpickled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from headrace_sdk.context import ExecutionInfo, Wake
from headrace_sdk.items import Item

HEAD_BYTES: Final = 8
"""A frame is its length, big-endian, and so many bytes."""

MAX_FRAME_BYTES: Final = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Job:
    """One run of a node; `node_class` is `module:name`, `params` its checked values."""

    node_class: str
    params: Sequence[Any]
    inputs: Mapping[str, Sequence[Item]]
    wake: Wake | None
    execution: ExecutionInfo
    node_name: str
    attempt: int
    turn: int
    now: datetime
    random_state: Any


def framed(body: bytes) -> bytes:
    """A frame."""
    return len(body).to_bytes(HEAD_BYTES, "big") + body
