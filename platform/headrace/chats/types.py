"""What others see of a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Session:
    """One conversation at one trigger."""

    workflow_id: UUID
    node: str
    name: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One message and its answer, `None` until it is known."""

    id: UUID
    message: str
    reply: str | None
    execution_id: UUID
