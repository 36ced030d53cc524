"""Statements on tables, put together of quoted names and placeholders, never of values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from headrace_sdk import JsonObject, JsonValue, UserError
from nodes.database.sql_form import SqlForm, row_of


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a database writes names, placeholders (counted from 1) and the rest."""

    quote: str
    placeholder: Callable[[int], str]
    same: str
    returning: str
    on_conflict: Callable[[Sequence[str], Sequence[str]], str]

    def name(self, name: str) -> str:
        """A quoted name.

        Raises:
            UserError: no name can be that.
        """
        if not name or "\0" in name:
            message = "The name of a table or column is empty, or holds a NUL."
            raise UserError(message, code="invalid_name")
        return self.quote + name.replace(self.quote, self.quote * 2) + self.quote

    def table(self, table: str) -> str:
        """A quoted table, `schema.table` or `table`."""
        if not table.strip():
            message = "Name the table."
            raise UserError(message, field="table", code="no_table")
        return ".".join(self.name(part.strip()) for part in table.split("."))


@dataclass(frozen=True, slots=True)
class Statement:
    """A text, the columns that its placeholders are for, and their values."""

    text: str
    columns: Sequence[str]
    values: Sequence[JsonValue]


def of_row(
    dialect: Dialect, form: SqlForm, json: JsonObject, known: Collection[str] | None
) -> Statement:
    """The statement for one row; `known` are the table's columns, where they were asked for.

    Raises:
        UserError: the row does not fit the table, or rows cannot be found by it.
    """
    row = _fitting(form, row_of(form, json), known)
    match = list(dict.fromkeys(form.match))
    if form.operation != "insert":
        _check_match(match, row)
    rest = [column for column in row if column not in match]
    if form.operation == "update" and not rest:
        message = "The row has nothing to set besides the columns that it is found by."
        raise UserError(message, field="row", code="no_row")
    build = _BUILDERS[form.operation]
    text, columns = build(dialect, dialect.table(form.table), rest, match)
    return Statement(text + dialect.returning, columns, [row[column] for column in columns])


def _check_match(match: Sequence[str], row: JsonObject) -> None:
    if not match:
        message = "Say which columns the rows are found by."
        raise UserError(message, field="match", code="no_match")
    for column in match:
        if column not in row:
            message = f'The row has no value for "{column}", by which it is to be found.'
            raise UserError(message, field="match", code="no_match")


def _fitting(form: SqlForm, row: JsonObject, known: Collection[str] | None) -> JsonObject:
    if known is None:
        return row
    unknown = [column for column in row if column not in known]
    if not unknown:
        return row
    if form.known_only and len(unknown) < len(row):
        return {column: value for column, value in row.items() if column in known}
    message = (
        f'{form.table} has no column "{unknown[0]}"; it has {", ".join(sorted(known)[:30])}. '
        f'Choose the columns in Row, or switch on "Leave out fields that the table lacks".'
    )
    raise UserError(message, field="row", code="unknown_column")


_Built = tuple[str, Sequence[str]]


def _insert(dialect: Dialect, table: str, rest: Sequence[str], match: Sequence[str]) -> _Built:
    columns = [*match, *rest]
    names = ", ".join(dialect.name(column) for column in columns)
    places = ", ".join(dialect.placeholder(place) for place in range(1, len(columns) + 1))
    return f"insert into {table} ({names}) values ({places})", columns  # noqa: S608 - quoted


def _upsert(dialect: Dialect, table: str, rest: Sequence[str], match: Sequence[str]) -> _Built:
    text, columns = _insert(dialect, table, rest, match)
    set_again = [dialect.name(column) for column in rest or match]
    return text + dialect.on_conflict(
        [dialect.name(column) for column in match], set_again
    ), columns


def _update(dialect: Dialect, table: str, rest: Sequence[str], match: Sequence[str]) -> _Built:
    sets = ", ".join(
        f"{dialect.name(column)} = {dialect.placeholder(place)}"
        for place, column in enumerate(rest, 1)
    )
    where = _where(dialect, match, len(rest) + 1)
    return f"update {table} set {sets}{where}", [*rest, *match]  # noqa: S608 - quoted


def _delete(dialect: Dialect, table: str, rest: Sequence[str], match: Sequence[str]) -> _Built:
    del rest
    return f"delete from {table}{_where(dialect, match, 1)}", match  # noqa: S608 - quoted


def _where(dialect: Dialect, match: Sequence[str], first: int) -> str:
    """A NULL finds rows whose column is NULL."""
    conditions = (
        f"{dialect.name(column)} {dialect.same} {dialect.placeholder(place)}"
        for place, column in enumerate(match, first)
    )
    return " where " + " and ".join(conditions)


_BUILDERS: Final[dict[str, Callable[[Dialect, str, Sequence[str], Sequence[str]], _Built]]] = {
    "insert": _insert,
    "upsert": _upsert,
    "update": _update,
    "delete": _delete,
}


def upsert_by_conflict(match: Sequence[str], columns: Sequence[str]) -> str:
    """As PostgreSQL and SQLite say it."""
    sets = ", ".join(f"{column} = excluded.{column}" for column in columns)
    return f" on conflict ({', '.join(match)}) do update set {sets}"


def first_word(text: str) -> str:
    """The word that says what a statement does, in lower case, after comments and brackets."""
    rest = text.lstrip(" \t\r\n(")
    while rest.startswith(("--", "/*")):
        end = "\n" if rest.startswith("--") else "*/"
        rest = rest[2:].partition(end)[2].lstrip(" \t\r\n(")
    words = rest[:20].split(maxsplit=1)
    return words[0].partition("(")[0].strip("*;").lower() if words else ""


READING: Final = frozenset({"select", "with", "table", "values", "show", "explain", "fetch"})
"""First words of statements whose result is rows, however many."""
