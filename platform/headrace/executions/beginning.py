"""How an execution comes into being: the arguments of `headrace_accept`, for every caller.

Django's connection (API, schedules, command line) and the gate's own pool use the same statement,
so an execution begins the same way whoever starts it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypedDict, cast
from uuid import UUID

import orjson

from headrace.executions import log
from headrace.executions.limits import PRIORITIES, Limits
from headrace.files.queries import named_by
from headrace.tenants.context import TenantRef
from headrace.tenants.ids import new_id
from headrace_sdk.items import Item, JsonObject

ACCEPT: Final = (
    "select execution, number, is_new from headrace_accept("
    "%s, %s, %s, %s::jsonb, %s, %s, %s::smallint, %s, %s)"
)


class Origin(TypedDict, total=False):
    """What began an execution, where that was another run or an event.

    `node`, `run`, `item` and `attempt` are those of the step in the parent, which `waits` for the
    end or does not. `chain` are the executions above, the first caller first. `hops` counts the
    events that led here, so that a circle ends. Whoever pressed Run at the top did it `by_hand`.
    `event` is the event that started it,
    `in_order` whether the next one of its ordering key `key` starts when this one has ended, and
    `error_of` the failed execution that an error workflow looks at.
    """

    node: str
    run: str
    item: int
    attempt: int
    waits: bool
    chain: list[str]
    hops: int
    by_hand: bool
    event: str
    in_order: bool
    key: str
    error_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """Everything that is known when an execution begins.

    `answer_to` is the Redis channel on which somebody waits for its answer. `is_test` runs use
    pinned data. `must_be_published` refuses when the version is no longer the active one. Without
    `rings` no worker is told. Executions of one `root` share a slot. `limits` are those of the
    version; `executions.actions.begin` finds them by itself.
    """

    workflow_id: UUID
    workflow_name: str
    version_id: UUID
    version_number: int | None
    mode: str
    trigger_node: str
    trigger_type: str
    items: Sequence[Item]
    started_by: str = ""
    answer_to: str | None = None
    is_test: bool = False
    must_be_published: bool = False
    dedupe_key: str | None = None
    origin: Origin | None = None
    lane: str = "default"
    rings: bool = True
    root: UUID | None = None
    limits: Limits | None = None
    execution_id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class ExecutionRef:
    """A begun execution; `is_new` is false where a repeated delivery found the first one."""

    id: UUID
    number: int
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Start:
    """What the queue row carries of the beginning until the log has it."""

    version_id: UUID
    number: int | None
    mode: str
    trigger_node: str
    items: Sequence[Item]
    answer_to: str | None
    is_test: bool
    origin: Origin = field(default_factory=Origin)


def arguments(owner: TenantRef, beginning: Beginning) -> tuple[Any, ...]:
    """The parameters of `ACCEPT`."""
    limits = beginning.limits
    row: JsonObject = {
        "workflow_id": str(beginning.workflow_id),
        "workflow_name": beginning.workflow_name[:200],
        "version_id": str(beginning.version_id),
        "version_number": beginning.version_number,
        "mode": beginning.mode,
        "trigger_node": beginning.trigger_node,
        "trigger_type": beginning.trigger_type,
        "started_by": beginning.started_by[:200],
        **_family(beginning.origin or {}),
    }
    files = named_by(beginning.items)
    if files:
        row["files"] = [str(one) for one in files]
    if limits is not None:
        row |= limits.row(beginning.items)
    if beginning.root is not None:
        row["root"] = str(beginning.root)
    return (
        owner.schema,
        owner.id,
        beginning.execution_id,
        orjson.dumps(row).decode(),
        encode_start(beginning),
        beginning.lane,
        _priority(beginning),
        beginning.dedupe_key,
        beginning.must_be_published,
    )


def _priority(beginning: Beginning) -> int:
    """What is planned comes after what somebody asked for, when both are due (R-037)."""
    limits = beginning.limits
    priority = limits.priority if limits is not None else PRIORITIES["default"]
    return priority + (beginning.mode == "schedule")


def encode_start(beginning: Beginning) -> bytes:
    """The beginning as the queue row keeps it."""
    head = {
        "version": str(beginning.version_id),
        "mode": beginning.mode,
        "trigger": beginning.trigger_node,
        "answer_to": beginning.answer_to,
        "test": beginning.is_test,
        "origin": beginning.origin or {},
        "items": orjson.Fragment(log.encode_block(beginning.items)),
    }
    return log.pack(orjson.dumps(head))


def _family(origin: Origin) -> JsonObject:
    chain: Sequence[str | None] = origin.get("chain") or (None,)
    stored = cast("JsonObject | None", origin or None)
    return {"root": chain[0], "parent_id": chain[-1], "origin": stored}


def decode_start(body: bytes) -> Start:
    """Reads `encode_start`'s form."""
    head: Mapping[str, Any] = orjson.loads(log.unpack(body))
    return Start(
        version_id=UUID(head["version"]),
        number=None,
        mode=head["mode"],
        trigger_node=head["trigger"],
        items=log.decode_block(orjson.dumps(head["items"])),
        answer_to=head["answer_to"],
        is_test=head["test"],
        origin=head["origin"],
    )
