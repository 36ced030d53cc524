"""How a step waits without holding a worker, and why it goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from headrace_sdk.items import Item, JsonObject, JsonValue

WakeKind = Literal["time", "token", "approval", "event", "child"]
"""What a step can wait for, and why it can go on."""


@dataclass(frozen=True, slots=True)
class Suspension:
    """Returned by `run` to wait without holding a worker; `Node.resume` goes on afterwards.

    `until` wakes it by time; `token` opens a `/resume/…` address until then. `shown` are items
    for whoever decides; `note` is kept with the step.
    """

    kind: WakeKind
    until: datetime | None = None
    token: bool = False
    note: JsonObject = field(default_factory=dict)
    shown: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Wake:
    """Why a suspended step goes on: its time came, or somebody called with `data`."""

    kind: WakeKind
    data: JsonValue = None
