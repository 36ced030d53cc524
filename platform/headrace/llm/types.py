"""What the llm app tells others: frozen values, no rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from headrace_sdk.items import JsonObject


class Provider(StrEnum):
    """Who answers, beside those of packages. Credential types have the same ids."""

    ANTHROPIC = "anthropic"
    OPENAI = "openai"
    OPENAI_COMPATIBLE = "openai_compatible"
    OFFLINE = "offline"


class Tier(StrEnum):
    """How able a model is, and how dear."""

    PREMIUM = "premium"
    STANDARD = "standard"
    EFFICIENT = "efficient"
    LOCAL = "local"


class Scope(StrEnum):
    """Whose spending a budget limits."""

    TENANT = "tenant"
    WORKFLOW = "workflow"
    RUN = "run"


class Period(StrEnum):
    """When a budget begins anew, in UTC."""

    DAY = "day"
    MONTH = "month"
    TOTAL = "total"


class State(StrEnum):
    """Of a call. Of a `lost` one nobody knows how it ended: its worker died."""

    OPEN = "open"
    DONE = "done"
    FAILED = "failed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A model as it is asked. `account` is whose limits and health it shares.

    `provider` is one of `Provider`, or the id of one that a package brings.
    """

    id: UUID | None
    name: str
    provider: str
    model: str
    credential_id: UUID | None
    tier: Tier
    position: int = 0
    is_on: bool = True
    parallel: int = 0
    tokens_a_minute: int = 0
    prices: Mapping[str, int] = field(default_factory=dict, hash=False)
    created_at: datetime | None = None

    @property
    def account(self) -> str:
        """The provider and the credential."""
        return f"{self.provider}:{self.credential_id.hex if self.credential_id else ''}"


@dataclass(frozen=True, slots=True)
class Caller:
    """Which run asks; without a workflow somebody tries a model out."""

    workflow_id: UUID | None
    execution_id: UUID
    node: str
    run: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Which models are asked, in this order, and why the first one."""

    models: tuple[ModelRow, ...]
    complexity: int = 0
    reason: str = ""
    features: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RoutingRules:
    """Which tier a kind of task wants; from which share of a budget on the router saves."""

    rules: Mapping[str, Tier]
    saves_from_percent: int


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """A budget, with what is spent of it in its period."""

    id: UUID
    name: str
    scope: Scope
    workflow_id: UUID | None
    period: Period
    limit_micro: int
    is_on: bool
    spent_micro: int
