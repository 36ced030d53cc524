"""Reads of language models, their rules and budgets."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet

from headrace.llm import budgets
from headrace.llm.errors import BudgetNotFound, ModelNotFound
from headrace.llm.models import Budget, Call, LanguageModel, RoutingChoices
from headrace.llm.periods import start_of
from headrace.llm.routing import DEFAULT_RULES
from headrace.llm.types import (
    BudgetRow,
    Caller,
    ModelRow,
    Period,
    RoutingRules,
    Scope,
    Tier,
)
from headrace.tenants.clock import database_now
from headrace_sdk.items import JsonObject


def models() -> Sequence[ModelRow]:
    """The tenant's models, in their order."""
    return [as_model(row) for row in LanguageModel.objects.order_by("position", "name")]


def model(model_id: UUID) -> ModelRow:
    """One of them.

    Raises:
        ModelNotFound: there is none.
    """
    row = LanguageModel.objects.filter(pk=model_id).first()
    if row is None:
        raise ModelNotFound
    return as_model(row)


def as_model(row: LanguageModel) -> ModelRow:
    """The row as a value."""
    own = {"input": row.input_nano, "output": row.output_nano, "cached": row.cached_nano}
    return ModelRow(
        id=row.id,
        name=row.name,
        provider=row.provider,
        model=row.model,
        credential_id=row.credential_id,
        tier=Tier(row.tier),
        position=row.position,
        is_on=row.is_on,
        parallel=row.parallel,
        tokens_a_minute=row.tokens_a_minute,
        prices={name: value for name, value in own.items() if value is not None},
        created_at=row.created_at,
    )


def models_using(credential_ids: Collection[UUID]) -> Mapping[UUID, Sequence[JsonObject]]:
    """`{"id", "name"}` of the models that are asked by each of these credentials."""
    found: dict[UUID, list[JsonObject]] = {one: [] for one in credential_ids}
    rows = LanguageModel.objects.filter(credential_id__in=found).order_by("name")
    for key, model_id, name in rows.values_list("credential_id", "pk", "name"):
        if key is not None:
            found[key].append({"id": str(model_id), "name": name})
    return found


def rules() -> RoutingRules:
    """What the router keeps to: the defaults, and what the tenant said instead."""
    row = RoutingChoices.objects.first() or RoutingChoices()
    own = {task: Tier(tier) for task, tier in row.rules.items()}
    return RoutingRules({**DEFAULT_RULES, **own}, row.saves_from_percent)


def spent_percent(caller: Caller) -> int:
    """How much of the tightest budget that counts for a run is used."""
    found = budgets.standings(caller, database_now(), lock=False)
    return max((one.percent for one in found), default=0)


def budget_rows() -> Sequence[BudgetRow]:
    """The tenant's budgets, oldest first."""
    return [as_budget(row) for row in Budget.objects.order_by("created_at", "id")]


def budget(budget_id: UUID) -> BudgetRow:
    """One of them.

    Raises:
        BudgetNotFound: there is none.
    """
    row = Budget.objects.filter(pk=budget_id).first()
    if row is None:
        raise BudgetNotFound
    return as_budget(row)


def as_budget(row: Budget) -> BudgetRow:
    """The row as a value. Of a period that is over nothing is spent yet."""
    period = Period(row.period)
    is_current = row.period_start == start_of(period, database_now())
    return BudgetRow(
        id=row.id,
        name=row.name,
        scope=Scope(row.scope),
        workflow_id=row.workflow_id,
        period=period,
        limit_micro=row.limit_micro,
        is_on=row.is_on,
        spent_micro=row.spent_micro if is_current else 0,
    )


def calls() -> QuerySet[Call]:
    """The ledger, newest first."""
    return Call.objects.defer("answer").order_by("-id")
