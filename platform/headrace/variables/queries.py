"""Reads of the variables app."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from headrace.variables.errors import VariableNotFound
from headrace.variables.models import Variable
from headrace.variables.naming import EVERY
from headrace.variables.types import VariableRow
from headrace_sdk.items import JsonObject


def every() -> list[VariableRow]:
    """All of them by name."""
    return [as_row(one) for one in Variable.objects.order_by("name")]


def one(variable_id: UUID) -> VariableRow:
    """A variable by its id.

    Raises:
        VariableNotFound: there is none.
    """
    found = Variable.objects.filter(pk=variable_id).first()
    if found is None:
        raise VariableNotFound
    return as_row(found)


def values(names: Collection[str]) -> JsonObject:
    """What `$vars` holds for an expression that names these; missing ones are left out."""
    if not names:
        return {}
    rows = Variable.objects.order_by("name")
    chosen = rows if EVERY in names else rows.filter(name__in=names)
    return dict(chosen.values_list("name", "value"))


def as_row(found: Variable) -> VariableRow:
    """The row as a value."""
    return VariableRow(
        id=found.pk,
        name=found.name,
        value=found.value,
        description=found.description,
        updated_at=found.updated_at,
        updated_by=found.updated_by_name,
    )
