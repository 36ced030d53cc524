"""What people do to tables: their structure, which goes on record, and their rows."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Func, Value
from django.db.models.functions import Now

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.tables import limits, rows
from headrace.tables.errors import BadName, ColumnNotFound, LimitReached, NameTaken
from headrace.tables.models import Table
from headrace.tables.types import Column
from headrace_sdk.items import JsonObject
from headrace_sdk.tables import SYSTEM_COLUMNS, ColumnType, Where

EDIT = "table.edit"


@transaction.atomic
def create(actor: Actor, name: str, columns: Sequence[tuple[str, ColumnType]] = ()) -> UUID:
    """A new table with these columns.

    Raises:
        Forbidden, BadName, NameTaken, LimitReached: as they say.
    """
    require(actor, EDIT)
    if Table.objects.count() >= limits.MAX_TABLES:
        message = f"There are {limits.MAX_TABLES} tables already. Delete one first."
        raise LimitReached(message)
    table = Table(name=_free_name(name))
    for column_name, kind in columns:
        _append(table, column_name, kind)
    table.save(force_insert=True)
    _note(actor, "created", table)
    return table.pk


@transaction.atomic
def rename(actor: Actor, table_id: UUID, name: str) -> None:
    """Give a table another name.

    Raises:
        Forbidden, TableNotFound, BadName, NameTaken: as they say.
    """
    require(actor, EDIT)
    table = rows.locked(str(table_id))
    if table.name != name:
        table.name = _free_name(name)
        _save(actor, table, "changed", renamed=table.name)


@transaction.atomic
def delete(actor: Actor, table_id: UUID) -> None:
    """Take a table away with its rows.

    Raises:
        Forbidden, TableNotFound: as they say.
    """
    require(actor, EDIT)
    table = rows.locked(str(table_id))
    _note(actor, "deleted", table, rows=table.row_count)
    # Row by row the ORM would read them all first.
    table.rows.all()._raw_delete(table.rows.db)
    table.delete()


@transaction.atomic
def add_column(actor: Actor, table_id: UUID, name: str, kind: ColumnType) -> Column:
    """A new column, empty in every row.

    Raises:
        Forbidden, TableNotFound, BadName, NameTaken, LimitReached: as they say.
    """
    require(actor, EDIT)
    table = rows.locked(str(table_id))
    column = _append(table, name, kind)
    _save(actor, table, "changed", added=column.name)
    return column


@transaction.atomic
def rename_column(actor: Actor, table_id: UUID, key: str, name: str) -> None:
    """Give a column another name; workflows that use the old one have to follow.

    Raises:
        Forbidden, TableNotFound, ColumnNotFound, BadName, NameTaken: as they say.
    """
    require(actor, EDIT)
    table = rows.locked(str(table_id))
    column = _column(table, key)
    if column.name != name:
        _check_column_name(table, name)
        table.columns = [
            {**one, "name": name} if one["key"] == key else one for one in table.columns
        ]
        _save(actor, table, "changed", renamed_column=[column.name, name])


@transaction.atomic
def delete_column(actor: Actor, table_id: UUID, key: str) -> None:
    """Take a column away with what its cells hold.

    Raises:
        Forbidden, TableNotFound, ColumnNotFound: as they say.
    """
    require(actor, EDIT)
    table = rows.locked(str(table_id))
    column = _column(table, key)
    table.columns = [one for one in table.columns if one["key"] != key]
    without = Func(F("values"), Value(key), template="(%(expressions)s::text)", arg_joiner=" - ")
    table.rows.filter(values__has_key=key).update(values=without)
    _save(actor, table, "changed", deleted=column.name)


def insert(actor: Actor, table_id: UUID, given: Sequence[JsonObject]) -> list[JsonObject]:
    """Add rows by hand.

    Raises:
        Forbidden, TableError: as they say.
    """
    require(actor, EDIT)
    return rows.insert(str(table_id), given)


def change_row(actor: Actor, table_id: UUID, row_id: UUID, values: Mapping[str, Any]) -> JsonObject:
    """Change cells of a row.

    Raises:
        Forbidden, TableError: as they say.
    """
    require(actor, EDIT)
    return rows.change(str(table_id), row_id, dict(values))


def delete_row(actor: Actor, table_id: UUID, row_id: UUID) -> bool:
    """Take a row away; was it there?

    Raises:
        Forbidden, TableNotFound: as they say.
    """
    require(actor, EDIT)
    return bool(rows.delete(str(table_id), [Where("id", "equals", str(row_id))]))


def _append(table: Table, name: str, kind: ColumnType) -> Column:
    if len(table.columns) >= limits.MAX_COLUMNS:
        message = f"A table may have {limits.MAX_COLUMNS} columns, no more."
        raise LimitReached(message)
    _check_column_name(table, name)
    column = Column(f"c{table.next_key}", name, kind)
    table.next_key += 1
    table.columns = [*table.columns, column.to_json()]
    return column


def _column(table: Table, key: str) -> Column:
    found = next((one for one in table.typed_columns if one.key == key), None)
    if found is None:
        raise ColumnNotFound
    return found


def _free_name(name: str) -> str:
    _check_name(name)
    if Table.objects.filter(name=name).exists():
        raise NameTaken("table", name)
    return name


def _check_column_name(table: Table, name: str) -> None:
    _check_name(name)
    if name in SYSTEM_COLUMNS:
        message = f"{name!r} is in every row already. Choose another name."
        raise BadName(message)
    if any(one.name == name for one in table.typed_columns):
        raise NameTaken("column", name)


def _check_name(name: str) -> None:
    is_shown = all(unicodedata.category(one) not in ("Cc", "Cf", "Cs") for one in name)
    if not name.strip() or name != name.strip() or len(name) > limits.MAX_NAME or not is_shown:
        message = f"A name has 1 to {limits.MAX_NAME} visible characters, and no space at its ends."
        raise BadName(message)


def _save(actor: Actor, table: Table, what: str, **facts: Any) -> None:
    table.updated_at = Now()
    table.save()
    _note(actor, what, table, **facts)


def _note(actor: Actor, what: str, table: Table, **facts: Any) -> None:
    facts = {"name": table.name, **facts}
    audit.record(actor.value, f"table.{what}", "table", table.pk, facts)
