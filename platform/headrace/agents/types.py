"""What the agents app tells others: frozen values, no rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from headrace_sdk.items import JsonObject


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a form says of an agent. Limits are `None` for none; costs are micro-dollars."""

    name: str
    layer: str = ""
    description: str = ""
    skills: Sequence[str] = ()
    max_concurrent: int | None = None
    max_cost_run_micro: int | None = None
    max_cost_day_micro: int | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """What an agent is made of, as its published version says, else its draft.

    `inputs` are rows `{"name", "type", "required", "help"}`, `tools` `{"node", "name", "type"}`;
    `schema` is that of its answer, empty for text.
    """

    is_published: bool
    model: str = ""
    instructions: str = ""
    inputs: Sequence[JsonObject] = ()
    tools: Sequence[JsonObject] = ()
    schema: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AgentRow:
    """One agent; its id is that of its workflow. `version` is the published one's number."""

    id: UUID
    wanted: Wanted
    is_paused: bool
    version: int | None
    has_unpublished_changes: bool
    created_at: datetime
    figures: Mapping[str, Any] = field(default_factory=dict)
    last: Sequence[Mapping[str, Any]] = ()
