"""What was spent, added up from the ledger, and what the dearest tier would have cost instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncDay

from headrace.llm import queries
from headrace.llm.models import Call
from headrace.llm.prices import known_models, price_of
from headrace.llm.types import ModelRow, Provider, State, Tier
from headrace.tenants.clock import database_now
from headrace_sdk.llm import Usage

By = Literal["day", "workflow", "model"]
WORDS: Final[Mapping[str, By]] = {"day": "day", "workflow": "workflow", "model": "model"}
MOST_ROWS: Final = 400
_KEYS: Final[dict[By, str]] = {"day": "day", "workflow": "workflow_id", "model": "model_name"}


@dataclass(frozen=True, slots=True)
class Spent:
    """One line: `key` is a day (`YYYY-MM-DD`), the id of a workflow or the name of a model."""

    key: str
    cost_micro: int
    calls: int
    failed: int
    cached: int
    input_tokens: int
    output_tokens: int


@dataclass(frozen=True, slots=True)
class Saving:
    """What the calls of some days cost, and what one premium model would have cost for them."""

    calls: int
    cost_micro: int
    premium_micro: int
    premium_model: str

    @property
    def percent(self) -> float:
        """The share that was saved."""
        if not self.premium_micro:
            return 0.0
        return round(100 * (1 - self.cost_micro / self.premium_micro), 1)


def spent(by: By, days: int) -> Sequence[Spent]:
    """Lines of the last days; by day in their order, else the dearest first."""
    rows = _since(days)
    if by == "day":
        rows = rows.annotate(day=TruncDay("started_at"))
    lines = (
        rows.values(_KEYS[by])
        .annotate(
            cost=Sum("cost_micro"),
            calls=Count("id"),
            failed=Count("id", filter=~Q(state__in=[State.DONE, State.OPEN])),
            cached=Count("id", filter=Q(is_cached=True)),
            given=Sum("input_tokens"),
            made=Sum("output_tokens"),
        )
        .order_by("day" if by == "day" else "-cost")[:MOST_ROWS]
    )
    return [
        Spent(
            _named(line[_KEYS[by]]),
            line["cost"],
            line["calls"],
            line["failed"],
            line["cached"],
            line["given"],
            line["made"],
        )
        for line in lines
    ]


def saving(days: int) -> Saving:
    """The last days against the workspace's first premium model, or else Anthropic's dearest.

    The scripted demo saves nothing: no premium model was ever needed for what it says.
    """
    done = _since(days).filter(state=State.DONE, is_cached=False).exclude(provider=Provider.OFFLINE)
    premium = _premium(queries.models())
    price = price_of(premium, database_now().date().isoformat())
    total = done.aggregate(
        calls=Count("id"),
        cost=Sum("cost_micro"),
        given=Sum("input_tokens"),
        made=Sum("output_tokens"),
        read=Sum("cached_tokens"),
        wrote=Sum("cache_write_tokens"),
    )
    usage = Usage(total["given"] or 0, total["made"] or 0, total["read"] or 0, total["wrote"] or 0)
    # All together they have more tokens than one call may, so the first band counts.
    cost = price.band(0).cost_micro(usage) if price else 0
    return Saving(total["calls"], total["cost"] or 0, cost, premium.model)


def _premium(models: Sequence[ModelRow]) -> ModelRow:
    own = [one for one in models if one.is_on and one.tier is Tier.PREMIUM]
    if own:
        return own[0]
    listed = max(
        (one for one in known_models("9999") if one.provider is Provider.ANTHROPIC),
        key=lambda one: one.bands[0].output,
    )
    return ModelRow(None, listed.model, listed.provider, listed.model, None, listed.tier)


def _since(days: int) -> QuerySet[Call]:
    return Call.objects.filter(started_at__gt=database_now() - timedelta(days=days))


def _named(key: object) -> str:
    if isinstance(key, datetime):
        return key.date().isoformat()
    return str(key) if key is not None else ""
