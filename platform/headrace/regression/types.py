"""Words and values of the regression app."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from headrace.executions.recording import Recording
from headrace_sdk.items import Item, JsonObject, JsonValue


class Verdict(StrEnum):
    """How a test came out; `error`: it could not be run to its end."""

    RUNNING = "running"
    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class SampleStep:
    """A run of a node as it was. `is_mock`: it is told its outcome when the test runs."""

    node: str
    name: str
    run: str
    outputs: Mapping[str, Sequence[Item]]
    error: JsonObject | None = None
    is_mock: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """All that a test keeps of the run that it was made from."""

    execution: UUID
    number: int
    status: str
    trigger: str
    items: Sequence[Item]
    steps: Sequence[SampleStep]
    recording: Recording


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where a run came out otherwise. `item` is `None` where whole steps differ.

    `path` leads into the item's JSON: names and numbers, joined by dots.
    """

    node: str
    name: str
    run: str
    port: str = ""
    item: int | None = None
    path: str = ""
    expected: JsonValue = None
    actual: JsonValue = None

    def to_json(self) -> JsonObject:
        """As the API shows it."""
        return {
            "node": self.node,
            "name": self.name,
            "run": self.run,
            "port": self.port,
            "item": self.item,
            "path": self.path,
            "expected": self.expected,
            "actual": self.actual,
        }
