"""Models, budgets and spending as the API shows them, and the bodies that it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from rest_framework import serializers

from headrace.accounts.http import Input
from headrace.llm import wire
from headrace.llm.models import NAME, Call, KeptAnswer
from headrace.llm.prices import Price, price_of
from headrace.llm.spending import Saving, Spent
from headrace.llm.types import (
    BudgetRow,
    ModelRow,
    Period,
    RoutingRules,
    Scope,
    State,
    Tier,
)

MOST_MICRO: Final = 10**15
MOST_NANO: Final = 10**9
LONGEST_SHOWN: Final = 200
_COLUMNS: Final = {"credential": "credential_id", "workflow": "workflow_id"}


def _choice(kind: type[Tier | Scope | Period | State], **more: Any) -> Any:
    return serializers.ChoiceField(choices=[one.value for one in kind], **more)


def _own_price() -> serializers.IntegerField:
    return serializers.IntegerField(
        min_value=0, max_value=MOST_NANO, allow_null=True, required=False, default=None
    )


class ModelInput(Input):
    """`POST llm/models/` and `PUT llm/models/{id}/`. Prices are nano-dollars for a token."""

    name = serializers.CharField(max_length=NAME)
    provider = serializers.CharField(max_length=30)
    model = serializers.CharField(max_length=200)
    credential = serializers.UUIDField(allow_null=True, required=False, default=None)
    tier = _choice(Tier)
    is_on = serializers.BooleanField(required=False, default=True)
    position = serializers.IntegerField(min_value=0, max_value=1000, required=False, default=0)
    parallel = serializers.IntegerField(min_value=0, max_value=1000, required=False, default=8)
    tokens_a_minute = serializers.IntegerField(
        min_value=0, max_value=10**12, required=False, default=0
    )
    input_nano = _own_price()
    output_nano = _own_price()
    cached_nano = _own_price()


class BudgetInput(Input):
    """`POST llm/budgets/` and `PUT llm/budgets/{id}/`."""

    name = serializers.CharField(max_length=NAME)
    scope = _choice(Scope)
    workflow = serializers.UUIDField(allow_null=True, required=False, default=None)
    period = _choice(Period, required=False, default=Period.MONTH.value)
    limit_micro = serializers.IntegerField(min_value=0, max_value=MOST_MICRO)
    is_on = serializers.BooleanField(required=False, default=True)


class RoutingInput(Input):
    """`PUT llm/routing/`."""

    rules = serializers.DictField(child=_choice(Tier), required=False, default=dict)
    saves_from_percent = serializers.IntegerField(
        min_value=1, max_value=100, required=False, default=80
    )

    def validate_rules(self, value: dict[str, str]) -> dict[str, str]:
        """Refuse what nobody could have meant."""
        if len(value) > 100 or any(not 0 < len(task.strip()) <= 60 for task in value):
            message = "Give at most 100 kinds of tasks, with names of up to 60 characters."
            raise serializers.ValidationError(message)
        return value


class ComplexityInput(Input):
    """`PUT llm/calls/{id}/complexity/`."""

    complexity = serializers.IntegerField(min_value=1, max_value=10)


class ProviderShape(serializers.Serializer[Any]):
    """Who can answer. Without a `credential_type` a model needs no credential."""

    id = serializers.CharField()
    title = serializers.CharField()
    documentation = serializers.CharField()
    credential_type = serializers.CharField(allow_null=True)
    package = serializers.CharField(allow_null=True)
    problem = serializers.CharField(allow_null=True)


class ProvidersShape(serializers.Serializer[Any]):
    """Our own providers, then those of packages, by title."""

    results = ProviderShape(many=True)


class PriceShape(serializers.Serializer[Any]):
    """Prices in nano-dollars for a token, of inputs with more than `above` tokens."""

    above = serializers.IntegerField()
    input = serializers.IntegerField()
    output = serializers.IntegerField()
    cached = serializers.IntegerField()
    cache_write = serializers.IntegerField()


class ModelShape(serializers.Serializer[Any]):
    """A model of the workspace."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    provider = serializers.CharField(max_length=30)
    model = serializers.CharField()
    credential = serializers.UUIDField(allow_null=True)
    tier = _choice(Tier)
    is_on = serializers.BooleanField()
    position = serializers.IntegerField()
    parallel = serializers.IntegerField()
    tokens_a_minute = serializers.IntegerField()
    input_nano = serializers.IntegerField(allow_null=True)
    output_nano = serializers.IntegerField(allow_null=True)
    cached_nano = serializers.IntegerField(allow_null=True)
    is_priced = serializers.BooleanField()
    is_down = serializers.BooleanField()


class KnownModelShape(serializers.Serializer[Any]):
    """A model of the price list."""

    provider = serializers.CharField(max_length=30)
    model = serializers.CharField()
    tier = _choice(Tier)
    context = serializers.IntegerField()  # type: ignore[assignment]
    since = serializers.CharField()
    prices = PriceShape(many=True)


class PriceListShape(serializers.Serializer[Any]):
    """The price list, and the day on which the providers' pages were read."""

    read_on = serializers.CharField()
    models = KnownModelShape(many=True)


class BudgetShape(serializers.Serializer[Any]):
    """A budget. `spent_micro` is that of its period; of runs there is none."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    scope = _choice(Scope)
    workflow = serializers.UUIDField(allow_null=True)
    period = _choice(Period)
    limit_micro = serializers.IntegerField()
    spent_micro = serializers.IntegerField()
    is_on = serializers.BooleanField()


class RoutingShape(serializers.Serializer[Any]):
    """What the router keeps to."""

    rules = serializers.DictField(child=_choice(Tier))
    saves_from_percent = serializers.IntegerField()


class SpentShape(serializers.Serializer[Any]):
    """One line of what was spent; `key` is a day, a workflow's id or a model's name."""

    key = serializers.CharField()
    cost_micro = serializers.IntegerField()
    calls = serializers.IntegerField()
    failed = serializers.IntegerField()
    cached = serializers.IntegerField()
    input_tokens = serializers.IntegerField()
    output_tokens = serializers.IntegerField()


class SpendingShape(serializers.Serializer[Any]):
    """What was spent."""

    results = SpentShape(many=True)


class SavingShape(serializers.Serializer[Any]):
    """What was spent against what one premium model would have cost."""

    calls = serializers.IntegerField()
    cost_micro = serializers.IntegerField()
    premium_micro = serializers.IntegerField()
    premium_model = serializers.CharField()
    percent = serializers.FloatField()


class CallShape(serializers.Serializer[Any]):
    """A line of the ledger."""

    id = serializers.UUIDField()
    state = _choice(State)
    model = serializers.CharField()
    provider = serializers.CharField(max_length=30)
    tier = serializers.CharField()
    complexity = serializers.IntegerField()
    reason = serializers.CharField()
    features = serializers.DictField()
    workflow = serializers.UUIDField(allow_null=True)
    execution = serializers.UUIDField(allow_null=True)
    node = serializers.CharField()
    input_tokens = serializers.IntegerField()
    output_tokens = serializers.IntegerField()
    cached_tokens = serializers.IntegerField()
    cost_micro = serializers.IntegerField()
    is_estimate = serializers.BooleanField()
    is_cached = serializers.BooleanField()
    error_code = serializers.CharField(allow_null=True)
    latency_ms = serializers.IntegerField(allow_null=True)
    at = serializers.DateTimeField()


class KeptAnswerShape(serializers.Serializer[Any]):
    """An answer in the cache. `text` is its beginning; the question is not kept."""

    id = serializers.UUIDField()
    model = serializers.CharField()
    text = serializers.CharField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class ForgottenAnswersShape(serializers.Serializer[Any]):
    """How many were forgotten."""

    forgotten = serializers.IntegerField()


def columns(body: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that a body means."""
    return {_COLUMNS.get(name, name): value for name, value in body.items()}


def model_json(row: ModelRow, *, today: str, is_down: bool) -> dict[str, Any]:
    """A model of the workspace."""
    return {
        "id": str(row.id),
        "name": row.name,
        "provider": row.provider,
        "model": row.model,
        "credential": str(row.credential_id) if row.credential_id else None,
        "tier": row.tier,
        "is_on": row.is_on,
        "position": row.position,
        "parallel": row.parallel,
        "tokens_a_minute": row.tokens_a_minute,
        "input_nano": row.prices.get("input"),
        "output_nano": row.prices.get("output"),
        "cached_nano": row.prices.get("cached"),
        "is_priced": price_of(row, today) is not None,
        "is_down": is_down,
    }


def known_json(price: Price) -> dict[str, Any]:
    """A model of the price list."""
    return {
        "provider": price.provider,
        "model": price.model,
        "tier": price.tier,
        "context": price.context,
        "since": price.since,
        "prices": [
            {
                "above": band.above,
                "input": band.input,
                "output": band.output,
                "cached": band.cached,
                "cache_write": band.cache_write,
            }
            for band in price.bands
        ],
    }


def budget_json(row: BudgetRow) -> dict[str, Any]:
    """A budget."""
    return {
        "id": str(row.id),
        "name": row.name,
        "scope": row.scope,
        "workflow": str(row.workflow_id) if row.workflow_id else None,
        "period": row.period,
        "limit_micro": row.limit_micro,
        "spent_micro": row.spent_micro,
        "is_on": row.is_on,
    }


def routing_json(rules: RoutingRules) -> dict[str, Any]:
    """What the router keeps to."""
    return {"rules": dict(rules.rules), "saves_from_percent": rules.saves_from_percent}


def spent_json(line: Spent) -> dict[str, Any]:
    """One line of what was spent."""
    return asdict(line)


def saving_json(found: Saving) -> dict[str, Any]:
    """What was saved."""
    return {**asdict(found), "percent": found.percent}


def kept_json(row: KeptAnswer) -> dict[str, Any]:
    """An answer in the cache."""
    answer = wire.decode_answer(bytes(row.answer))
    return {
        "id": str(row.pk),
        "model": answer.model,
        "text": answer.text[:LONGEST_SHOWN],
        "created_at": row.created_at.isoformat(),
        "expires_at": row.expires_at.isoformat(),
    }


def call_json(row: Call) -> dict[str, Any]:
    """A line of the ledger."""
    return {
        "id": str(row.id),
        "state": row.state,
        "model": row.model_name,
        "provider": row.provider,
        "tier": row.tier,
        "complexity": row.complexity,
        "reason": row.reason,
        "features": row.features,
        "workflow": str(row.workflow_id) if row.workflow_id else None,
        "execution": str(row.execution_id) if row.execution_id else None,
        "node": row.node,
        "input_tokens": row.input_tokens,
        "output_tokens": row.output_tokens,
        "cached_tokens": row.cached_tokens,
        "cost_micro": row.cost_micro,
        "is_estimate": row.is_estimate,
        "is_cached": row.is_cached,
        "error_code": row.error_code or None,
        "latency_ms": row.latency_ms,
        "at": row.started_at.isoformat(),
    }
