"""Writes of the variables app: each checks the right, and is audited without the values."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.variables import queries
from headrace.variables.errors import (
    TooManyVariables,
    VariableExists,
    VariableInUse,
    VariableNotFound,
)
from headrace.variables.models import Variable
from headrace.variables.ports import ports
from headrace.variables.types import MOST_VARIABLES, VariableRow


@transaction.atomic
def create(actor: Actor, *, name: str, value: str, description: str = "") -> VariableRow:
    """Give a value a name.

    Raises:
        Forbidden: the actor may not edit variables.
        VariableExists, TooManyVariables: as they say.
    """
    require(actor, "variable.edit")
    if Variable.objects.count() >= MOST_VARIABLES:
        raise TooManyVariables
    row = Variable(name=name, value=value, description=description)
    row.updated_by_name = actor.label[:200]
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise VariableExists(name) from None
    audit.record(actor.value, "variable.created", "variable", row.pk, {"name": name})
    return queries.one(row.pk)


@transaction.atomic
def update(
    actor: Actor, variable_id: UUID, *, value: str | None = None, description: str | None = None
) -> VariableRow:
    """Change what is given; executions that have begun keep what they read.

    Raises:
        Forbidden, VariableNotFound: as they say.
    """
    require(actor, "variable.edit")
    row = _locked(variable_id)
    if value is not None:
        row.value = value
    if description is not None:
        row.description = description
    row.updated_at, row.updated_by_name = Now(), actor.label[:200]
    row.save()
    facts = {"name": row.name, "value_replaced": value is not None}
    audit.record(actor.value, "variable.updated", "variable", row.pk, facts)
    return queries.one(row.pk)


@transaction.atomic
def delete(actor: Actor, variable_id: UUID) -> None:
    """Take a variable away.

    Raises:
        Forbidden, VariableNotFound: as they say.
        VariableInUse: a workflow names it.
    """
    require(actor, "variable.edit")
    row = _locked(variable_id)
    users = ports.uses.by_name().get(row.name, ())
    if users:
        raise VariableInUse([str(one["name"]) for one in users])
    row.delete()
    audit.record(actor.value, "variable.deleted", "variable", variable_id, {"name": row.name})


def _locked(variable_id: UUID) -> Variable:
    row = Variable.objects.select_for_update().filter(pk=variable_id).first()
    if row is None:
        raise VariableNotFound
    return row
