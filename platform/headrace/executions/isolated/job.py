"""What goes into the process of a node and what comes out of it: frames of JSON with a length.

In goes one `Job`. Out come objects, each with one key: `ready` before the job, then `log`,
`progress`, `stream`, and at last `done`, `wait`, `collected` or `error`. A plugin's process may
`ask` and `tell` as well; what it asked is answered by frames after the job.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, Self

import orjson

from headrace_sdk.context import ExecutionInfo
from headrace_sdk.items import Item
from headrace_sdk.waits import Wake

HEAD_BYTES: Final = 8
"""A frame is its length, big-endian, and so many bytes."""

MAX_FRAME_BYTES: Final = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Doors:
    """What a plugin may ask the worker for; `outcomes` are the items that have one already.

    `programs` are those that it declared to start. `stops`: the first item that fails ends it.
    """

    programs: Sequence[str] = ()
    outcomes: Sequence[int] | None = None
    stops: bool = True


@dataclass(frozen=True, slots=True)
class Job:
    """One run of a node; without `doors` it computes only.

    `node_class` is `module:name`. `params` are its checked values in the form of
    `pydantic.BaseModel.model_dump(mode="json")`: one for all `rows`, or one for each.
    """

    node_class: str
    params: Sequence[Mapping[str, Any]]
    rows: int
    inputs: Mapping[str, Sequence[Item]]
    wake: Wake | None
    execution: ExecutionInfo
    node_name: str
    attempt: int
    turn: int
    now: datetime
    random_seed: int
    doors: Doors | None = None

    def to_bytes(self) -> bytes:
        """The body of its frame."""
        inputs = {port: [item.to_json() for item in items] for port, items in self.inputs.items()}
        facts = {name: getattr(self, name) for name in self.__slots__}
        facts |= {
            "inputs": inputs,
            "wake": asdict(self.wake) if self.wake else None,
            "execution": asdict(self.execution),
        }
        return orjson.dumps(facts)

    @classmethod
    def from_bytes(cls, body: bytes) -> Self:
        """Read what `to_bytes` wrote."""
        facts: dict[str, Any] = orjson.loads(body)
        inputs = facts["inputs"].items()
        facts |= {
            "inputs": {port: [Item.from_json(one) for one in items] for port, items in inputs},
            "wake": Wake(**facts["wake"]) if facts["wake"] else None,
            "doors": Doors(**facts["doors"]) if facts["doors"] else None,
            "execution": ExecutionInfo(**facts["execution"]),
            "now": datetime.fromisoformat(facts["now"]),
        }
        return cls(**facts)


def framed(body: bytes) -> bytes:
    """A frame."""
    return len(body).to_bytes(HEAD_BYTES, "big") + body
