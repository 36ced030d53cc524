"""What others see of a conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from headrace_sdk.items import JsonObject


@dataclass(frozen=True, slots=True)
class Session:
    """One conversation at one trigger."""

    workflow_id: UUID
    node: str
    name: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One message and its answer, `None` until it is known, with its sources. See `Turn`."""

    id: UUID
    message: str
    reply: str | None
    execution_id: UUID
    sources: Sequence[JsonObject] = ()
    era: int = 0
