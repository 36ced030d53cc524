"""What the nodes for SQL ask: a statement, or a table and what becomes of its rows."""

from __future__ import annotations

from typing import Any, Final, Literal

from headrace_sdk import Effect, JsonObject, Params, UserError, fields
from headrace_sdk.fields import show_if
from headrace_sdk.summaries import shown

Operation = Literal["select", "execute", "insert", "upsert", "update", "delete"]
ON_TABLES: Final = ("insert", "upsert", "update", "delete")
REPEATABLE: Final = ("upsert", "update", "delete")
"""A second time they leave the table as the first time did."""
MAX_ROWS: Final = 100_000


class SqlForm(Params):
    """What to do, and with which rows."""

    operation: Operation = fields.select(
        "Operation",
        "select",
        labels={
            "select": "Read with SQL",
            "execute": "Change with SQL",
            "insert": "Insert a row",
            "upsert": "Insert or update a row",
            "update": "Update rows",
            "delete": "Delete rows",
        },
        expression=False,
    )
    sql: str = fields.code(
        "Statement",
        "",
        language="sql",
        help="One statement. It is never put together from data: write a placeholder for each "
        "value, and the values below.",
        show_if=show_if("operation", "select", "execute"),
        expression=False,
    )
    values: Any = fields.json(
        "Values",
        list,
        help="A list: the first stands for the first placeholder, and so on.",
        placeholder="{{ [$json.customer, 100] }}",
        show_if=show_if("operation", "select", "execute"),
    )
    table: str = fields.text(
        "Table",
        "",
        placeholder="shop.orders",
        max_length=200,
        show_if=show_if("operation", *ON_TABLES),
        expression=False,
    )
    row: Any = fields.json(
        "Row",
        None,
        help="An object of columns and their values. Empty: the fields of the item.",
        show_if=show_if("operation", *ON_TABLES),
    )
    match: list[str] = fields.tags(
        "Columns to find rows by",
        help="Their values are taken from the row. To insert or update they need a unique index.",
        show_if=show_if("operation", *REPEATABLE),
        expression=False,
    )
    limit: int = fields.number(
        "At most so many rows",
        1_000,
        minimum=1,
        maximum=MAX_ROWS,
        help="Of each result. What is beyond is not read.",
        show_if=show_if("operation", "select", "execute"),
    )
    skip: int = fields.number(
        "Skip so many rows",
        0,
        minimum=0,
        help="To read in pages. Where there are many, pages by key are quicker: "
        "`where id > … order by id`.",
        show_if=show_if("operation", "select"),
        advanced=True,
    )
    together: bool = fields.toggle(
        "All items or none",
        False,
        help="One transaction for all items: if one fails, nothing is changed.",
        advanced=True,
        expression=False,
    )
    known_only: bool = fields.toggle(
        "Leave out fields that the table lacks",
        False,
        show_if=show_if("operation", *ON_TABLES),
        advanced=True,
        expression=False,
    )
    timeout_s: float = fields.duration(
        "Stop a statement after", 30, minimum=0.1, maximum=3_600, advanced=True, expression=False
    )


def effect_of(form: SqlForm) -> Effect:
    """Only reading reads."""
    return "read" if form.operation == "select" else "write"


def is_repeatable(form: SqlForm) -> bool:
    """Does a second time change nothing more?"""
    return form.operation in ("select", *REPEATABLE)


def summary(params: JsonObject) -> str:
    """The operation, and the table or the beginning of the statement."""
    operation = str(params.get("operation") or "select")
    if operation in ON_TABLES:
        return f"{operation} {shown(params.get('table'))}".strip()
    return " ".join(shown(params.get("sql")).split())


def values_of(form: SqlForm) -> list[Any]:
    """The values of the placeholders.

    Raises:
        UserError: it is no list.
    """
    if form.values is None:
        return []
    if not isinstance(form.values, list):
        message = "Values is a list, such as {{ [$json.id] }}, also if there is one only."
        raise UserError(message, field="values", code="not_a_list")
    return form.values


def row_of(form: SqlForm, json: JsonObject) -> JsonObject:
    """The row that an item means.

    Raises:
        UserError: it is no object, or empty.
    """
    row = json if form.row is None or form.row == "" else form.row
    if not isinstance(row, dict) or not row:
        message = "Row is an object of columns and values, such as {{ { id: $json.id } }}."
        raise UserError(message, field="row", code="no_row")
    return row
