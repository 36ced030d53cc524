"""Conditions on rows as database queries, and the order of rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final, TypeAlias
from uuid import UUID

from django.db.models import Expression, F, JSONField, Q, Value
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Coalesce

from headrace.tables.errors import InvalidCondition, UnknownColumn
from headrace.tables.limits import MAX_CONDITIONS
from headrace.tables.models import Table
from headrace.tables.types import Column
from headrace.tables.values import DoesNotFit, fitted
from headrace_sdk.items import JsonValue
from headrace_sdk.moments import as_moment
from headrace_sdk.tables import OPERATORS, SYSTEM_COLUMNS, Where
from headrace_sdk.texts import as_text

Lookup: TypeAlias = str
COMPARED: Final[Mapping[str, Lookup]] = {"gt": "gt", "gte": "gte", "lt": "lt", "lte": "lte"}
SEARCHED: Final[Mapping[str, Lookup]] = {"contains": "icontains", "starts_with": "istartswith"}
ORDERED: Final = ("text", "number", "boolean", "date_time")
EMPTY: Final[list[JsonValue]] = []
"""Sorts before everything else in PostgreSQL's JSON: it stands for an empty cell."""


def all_hold(table: Table, where: Sequence[Where]) -> Q:
    """Every condition holds.

    Raises:
        UnknownColumn, InvalidCondition: as they say.
    """
    if len(where) > MAX_CONDITIONS:
        message = f"At most {MAX_CONDITIONS} conditions can be asked at once."
        raise InvalidCondition(message)
    found = Q()
    for one in where:
        found &= _condition(table, one)
    return found


def place_of(table: Table, name: str) -> Expression | F:
    """What rows are sorted by.

    Raises:
        UnknownColumn, InvalidCondition: as they say.
    """
    if name in SYSTEM_COLUMNS:
        return F(name)
    column = column_of(table, name)
    if column.type not in ORDERED:
        message = f"Rows cannot be sorted by {name!r}, which holds JSON."
        raise InvalidCondition(message)
    return Coalesce(KeyTransform(column.key, "values"), Value(EMPTY, JSONField()))


def column_of(table: Table, name: str) -> Column:
    """The column of a name.

    Raises:
        UnknownColumn: the table has none.
    """
    found = next((one for one in table.typed_columns if one.name == name), None)
    if found is None:
        raise UnknownColumn(table.name, name)
    return found


def _condition(table: Table, where: Where) -> Q:
    if where.op not in OPERATORS:
        message = f"There is no comparison {where.op!r}. Choose one of {', '.join(OPERATORS)}."
        raise InvalidCondition(message)
    if where.column in SYSTEM_COLUMNS:
        return _on_system(where)
    return _on_cell(column_of(table, where.column), where)


def _on_cell(column: Column, where: Where) -> Q:
    is_there = Q(values__has_key=column.key)
    asks_empty = where.op in ("equals", "not_equals") and where.value in (None, "")
    if where.op == "is_empty" or (asks_empty and where.op == "equals"):
        return ~is_there
    if where.op == "is_not_empty" or asks_empty:
        return is_there
    if where.op in SEARCHED:
        if column.type != "text":
            raise _unfit(where, f"{column.name!r} holds no text")
        text = as_text(where.value)
        return Q((f"values__{column.key}__{SEARCHED[where.op]}", _plain(text)))
    value = _value(column, where)
    if where.op in COMPARED:
        if column.type not in ORDERED:
            raise _unfit(where, f"{column.name!r} holds JSON")
        return Q((f"values__{column.key}__{COMPARED[where.op]}", value))
    is_equal = _equal(column, value)
    return is_equal if where.op == "equals" else ~is_equal


def _equal(column: Column, value: JsonValue) -> Q:
    # Containment can use the index; of objects and lists it is not equality.
    if column.type == "json":
        return Q((f"values__{column.key}", value))
    return Q(values__contains={column.key: value})


def _value(column: Column, where: Where) -> JsonValue:
    try:
        value = fitted(column, where.value)
    except DoesNotFit as error:
        raise _unfit(where, str(error)) from None
    if value is None:
        raise _unfit(where, "it needs a value to compare with")
    return value


def _on_system(where: Where) -> Q:
    if where.op in ("is_empty", "is_not_empty"):
        return Q(pk__isnull=where.op == "is_empty")
    if where.op in SEARCHED or (where.column == "id" and where.op in COMPARED):
        raise _unfit(where, f"{where.column} cannot be asked that")
    value = _SYSTEM_VALUES[where.column](where)
    lookup = COMPARED.get(where.op, "exact")
    found = Q((f"{where.column}__{lookup}", value))
    return ~found if where.op == "not_equals" else found


def _id(where: Where) -> UUID:
    try:
        return UUID(as_text(where.value))
    except ValueError:
        raise _unfit(where, "it is not the id of a row") from None


def _moment(where: Where) -> datetime:
    moment = as_moment(where.value)
    if moment is None:
        raise _unfit(where, "write a date with time, such as 2026-01-31T09:30:00Z")
    return moment


_SYSTEM_VALUES: Final[Mapping[str, Callable[[Where], UUID | datetime]]] = {
    "id": _id,
    "created_at": _moment,
    "updated_at": _moment,
}


def _plain(text: str) -> str:
    """Without the character that PostgreSQL has not, so that it is found nowhere."""
    return text.replace("\x00", "\ufffd")


def _unfit(where: Where, why: str) -> InvalidCondition:
    said = f"{where.column[:60]!r} {OPERATORS[where.op]} {as_text(where.value)[:60]!r}"
    return InvalidCondition(f"{said}: {why.removesuffix('.')}.")
