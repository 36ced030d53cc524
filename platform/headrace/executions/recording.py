"""What an execution asked of the outside, kept so that another one can be told the same.

An execution that begins with a recording calls nobody: each node that would read or write gets
what was recorded for it, and one that was not recorded fails.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import orjson

from headrace.executions import log
from headrace.executions.digests import combined, digest_of_items
from headrace_sdk.items import Item, JsonObject

MODE: Final = "test_run"
"""The mode of executions that are told what was recorded."""


@dataclass(frozen=True, slots=True)
class Call:
    """What a run of a node was given, as a digest, and what came of it: items, or an error."""

    node: str
    run: str
    digest: str
    outputs: Mapping[str, Sequence[Item]]
    error: JsonObject | None = None


class Match(StrEnum):
    """How well a recorded call fits a run that asks for it."""

    SAME = "same"
    MOVED = "moved"
    """The node was given the same, in another of its runs."""
    OTHER_INPUT = "other_input"
    """The same run of the node, which was given something else."""


@dataclass(slots=True)
class Recording:
    """All calls of the execution `root`; `moments` has the time at which each of its runs began.

    `variables` is what it saw as `$vars`.
    """

    root: UUID
    calls: Sequence[Call] = ()
    moments: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    variables: JsonObject = field(default_factory=dict)

    def find(self, node: str, run: str, digest: str) -> tuple[Call, Match] | None:
        """The call of this run; if that was given something else, one that was given the same.

        A run that nobody else was given the input of gets its own call after all: what changed
        before it is shown where it changed, and may be a place that is to be ignored.
        """
        calls = [one for one in self.calls if one.node == node]
        own = next((one for one in calls if one.run == run), None)
        if own is not None and own.digest == digest:
            return own, Match.SAME
        moved = next((one for one in calls if one.digest == digest), None)
        if moved is not None:
            return moved, Match.MOVED
        return (own, Match.OTHER_INPUT) if own is not None else None

    def has(self, node: str) -> bool:
        """Did the node call anybody at all?"""
        return any(one.node == node for one in self.calls)


def digest_of_inputs(inputs: Mapping[str, Sequence[Item]]) -> str:
    """One digest of what a run is given, port by port."""
    return combined([port, digest_of_items(items)] for port, items in sorted(inputs.items()))


def encode(recording: Recording) -> bytes:
    """The recording as bytes."""
    body: dict[str, Any] = {
        "root": str(recording.root),
        "variables": recording.variables,
        "moments": [[*run, at.timestamp()] for run, at in recording.moments.items()],
        "calls": [
            {
                "node": one.node,
                "run": one.run,
                "digest": one.digest,
                "outputs": {
                    port: orjson.Fragment(log.encode_block(items))
                    for port, items in one.outputs.items()
                },
                "error": one.error,
            }
            for one in recording.calls
        ],
    }
    return log.pack(orjson.dumps(body))


def decode(body: bytes | memoryview) -> Recording:
    """Reads `encode`'s form."""
    found: dict[str, Any] = orjson.loads(log.unpack(body))
    return Recording(
        UUID(found["root"]),
        [
            Call(
                one["node"],
                one["run"],
                one["digest"],
                {
                    port: log.decode_block(orjson.dumps(block))
                    for port, block in one["outputs"].items()
                },
                one["error"],
            )
            for one in found["calls"]
        ],
        {(node, run): datetime.fromtimestamp(at, UTC) for node, run, at in found["moments"]},
        found["variables"],
    )
