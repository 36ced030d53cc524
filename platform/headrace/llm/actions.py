"""Writes: the models of a workspace, its budgets and what it told the router."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.credentials import queries as credentials
from headrace.credentials.errors import CredentialNotFound
from headrace.llm import budgets, queries
from headrace.llm.errors import BudgetNotFound, InvalidLlmInput, ModelNotFound
from headrace.llm.models import Budget, LanguageModel, RoutingChoices
from headrace.llm.providers import OWN, credential_type, plugged
from headrace.llm.types import BudgetRow, ModelRow, RoutingRules, Scope
from headrace.tenants.clock import database_now
from headrace_sdk.items import JsonObject
from headrace_sdk.llm import AUTO, OFFLINE

RESERVED: Final = frozenset({AUTO, OFFLINE})


@transaction.atomic
def add_model(actor: Actor, fields: Mapping[str, Any]) -> ModelRow:
    """Add a model to the workspace's list: every member may use it from now on.

    Raises:
        Forbidden: the actor may not change models, or not use the credential.
        InvalidLlmInput: the fields do not fit each other.
    """
    require(actor, "llm.edit")
    row = LanguageModel(**fields)
    _check_model(actor, row)
    row.save(force_insert=True)
    audit.record(actor.value, "llm_model.created", "llm_model", row.id, _model_facts(row))
    return queries.as_model(row)


@transaction.atomic
def change_model(actor: Actor, model_id: UUID, fields: Mapping[str, Any]) -> ModelRow:
    """Replace what is said of a model. Another provider is no more than that.

    Raises:
        Forbidden, ModelNotFound, InvalidLlmInput: as above.
    """
    require(actor, "llm.edit")
    row = LanguageModel.objects.select_for_update().filter(pk=model_id).first()
    if row is None:
        raise ModelNotFound
    for name, value in fields.items():
        setattr(row, name, value)
    _check_model(actor, row)
    row.save()
    audit.record(actor.value, "llm_model.updated", "llm_model", row.id, _model_facts(row))
    return queries.as_model(row)


@transaction.atomic
def remove_model(actor: Actor, model_id: UUID) -> None:
    """Take a model from the list; what it cost stays in the ledger.

    Raises:
        Forbidden, ModelNotFound: as they say.
    """
    require(actor, "llm.edit")
    row = LanguageModel.objects.filter(pk=model_id).first()
    if row is None:
        raise ModelNotFound
    facts = _model_facts(row)
    row.delete()
    audit.record(actor.value, "llm_model.deleted", "llm_model", model_id, facts)


@transaction.atomic
def add_budget(actor: Actor, fields: Mapping[str, Any]) -> BudgetRow:
    """Limit what may be spent. What was spent in its period already counts.

    Raises:
        Forbidden: the actor may not change budgets.
        InvalidLlmInput: a workflow's budget without a workflow, or another with one.
    """
    require(actor, "llm.edit")
    return keep_budget(actor, Budget(**fields))


@transaction.atomic
def change_budget(actor: Actor, budget_id: UUID, fields: Mapping[str, Any]) -> BudgetRow:
    """Replace what is said of a budget.

    Raises:
        Forbidden, BudgetNotFound, InvalidLlmInput: as above.
    """
    require(actor, "llm.edit")
    row = Budget.objects.select_for_update().filter(pk=budget_id).first()
    if row is None:
        raise BudgetNotFound
    for name, value in fields.items():
        setattr(row, name, value)
    return keep_budget(actor, row)


@transaction.atomic
def remove_budget(actor: Actor, budget_id: UUID) -> None:
    """Take a budget away.

    Raises:
        Forbidden, BudgetNotFound: as they say.
    """
    require(actor, "llm.edit")
    row = Budget.objects.filter(pk=budget_id).first()
    if row is None:
        raise BudgetNotFound
    drop_budget(actor, row)


def keep_budget(actor: Actor, row: Budget) -> BudgetRow:
    """Store a new or changed budget and audit it; whoever calls has checked the right.

    Raises:
        InvalidLlmInput: its scope does not fit its workflow.
    """
    word = "created" if row._state.adding else "updated"
    _store_budget(row)
    audit.record(actor.value, f"llm_budget.{word}", "llm_budget", row.id, _budget_facts(row))
    return queries.as_budget(row)


def drop_budget(actor: Actor, row: Budget) -> None:
    """Delete a budget and audit it; whoever calls has checked the right."""
    budget_id, facts = row.pk, _budget_facts(row)
    row.delete()
    audit.record(actor.value, "llm_budget.deleted", "llm_budget", budget_id, facts)


@transaction.atomic
def tell_router(actor: Actor, *, rules: Mapping[str, str], saves_from_percent: int) -> RoutingRules:
    """Say which tier answers which kind of task, and from when on the router saves.

    Raises:
        Forbidden: the actor may not change that.
    """
    require(actor, "llm.edit")
    row = RoutingChoices.objects.select_for_update().first() or RoutingChoices()
    row.rules = {task.strip().lower(): tier for task, tier in rules.items()}
    row.saves_from_percent = saves_from_percent
    row.save()
    facts: JsonObject = {"rules": row.rules, "saves_from_percent": saves_from_percent}
    audit.record(actor.value, "llm_router.configured", "llm_router", "rules", facts)
    return queries.rules()


def _check_model(actor: Actor, row: LanguageModel) -> None:
    if row.name.strip().lower() in RESERVED:
        message = f'"{row.name}" means something else here. Choose another name.'
        raise InvalidLlmInput(message, "/name", "reserved_name")
    others = LanguageModel.objects.filter(name=row.name).exclude(pk=row.pk)
    if others.exists():
        message = f'There is a model "{row.name}" already. Choose another name.'
        raise InvalidLlmInput(message, "/name", "name_taken")
    if row.provider not in OWN and plugged.find(row.provider) is None:
        message = f'No installed package has the provider "{row.provider}".'
        raise InvalidLlmInput(message, "/provider", "unknown_provider")
    kind = credential_type(row.provider)
    if kind is None:
        row.credential_id = None
        return
    if row.credential_id is None:
        message = f"A model of {row.provider} needs a credential."
        raise InvalidLlmInput(message, "/credential", "credential_missing")
    try:
        credential = credentials.credential(actor, row.credential_id)
    except CredentialNotFound as error:
        raise InvalidLlmInput(error.message, "/credential", error.code) from None
    if credential.type != kind:
        message = f"The credential is one of {credential.type}, the model one of {row.provider}."
        raise InvalidLlmInput(message, "/credential", "credential_not_accepted")


def _store_budget(row: Budget) -> None:
    is_named = row.workflow_id is not None
    if is_named if row.scope == Scope.TENANT else row.scope == Scope.WORKFLOW and not is_named:
        message = "Name a workflow where the budget is that of a workflow, none for the workspace."
        raise InvalidLlmInput(message, "/workflow", "scope_without_workflow")
    budgets.counted_anew(row, database_now())
    row.save()


def _model_facts(row: LanguageModel) -> JsonObject:
    return {"name": row.name, "provider": row.provider, "model": row.model, "tier": row.tier}


def _budget_facts(row: Budget) -> JsonObject:
    return {
        "name": row.name,
        "scope": row.scope,
        "workflow": str(row.workflow_id) if row.workflow_id else None,
        "period": row.period,
        "limit_micro": row.limit_micro,
        "is_on": row.is_on,
    }
