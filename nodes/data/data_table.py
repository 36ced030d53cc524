"""Reads and changes tables of this installation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from headrace_sdk import (
    Assignment,
    Choice,
    Context,
    Example,
    Inputs,
    Item,
    JsonObject,
    Lookup,
    Node,
    NodeError,
    Outputs,
    Pair,
    Params,
    ParamSet,
    Port,
    UserError,
    fields,
)
from headrace_sdk.fields import show_if
from headrace_sdk.summaries import shown
from headrace_sdk.tables import (
    MAX_BATCH,
    MAX_FOUND,
    OPERATORS,
    SYSTEM_COLUMNS,
    Operator,
    Where,
)

Operation = Literal["find", "insert", "upsert", "update", "delete"]


class RowCondition(Params):
    """What must hold for a row."""

    column: str = fields.text("Column", "", placeholder="email", half=True)
    op: Operator = fields.select(
        "Comparison", "equals", labels=OPERATORS, expression=False, half=True
    )
    value: Any = fields.text(
        "Value", "", max_length=None, show_if=show_if("op", *list(OPERATORS)[:-2])
    )


class Form(Params):
    """Which table, and what becomes of its rows."""

    operation: Operation = fields.select(
        "Operation",
        "find",
        labels={
            "find": "Find rows",
            "insert": "Add a row",
            "upsert": "Add or change a row",
            "update": "Change rows",
            "delete": "Delete rows",
        },
        expression=False,
    )
    table: str = fields.text(
        "Table",
        "",
        help="Tables are made on the page Tables.",
        options_from="list_tables",
    )
    values: list[Assignment] = fields.assignments(
        "Values",
        help="What the row holds, by column; none: the fields of the item.",
        options_from="list_columns",
        show_if=show_if("operation", "insert", "upsert", "update"),
    )
    match: list[str] = fields.tags(
        "Columns to find a row by",
        help="Their values are taken from the row: it is changed if there is one like it.",
        show_if=show_if("operation", "upsert"),
        expression=False,
    )
    conditions: list[RowCondition] = fields.rows(
        "Rows for which",
        add="Add condition",
        at_most=20,
        help="All of them must hold.",
        show_if=show_if("operation", "find", "update", "delete"),
    )
    every_row: bool = fields.toggle(
        "Every row, if there is no condition",
        False,
        show_if=show_if("operation", "update", "delete"),
        advanced=True,
        expression=False,
    )
    sort: str = fields.text(
        "Sort by",
        "",
        placeholder="created_at",
        help="A column; empty: as they were added.",
        show_if=show_if("operation", "find"),
        half=True,
    )
    descending: bool = fields.toggle(
        "Largest first", False, show_if=show_if("operation", "find"), half=True
    )
    limit: int = fields.number(
        "At most so many rows",
        100,
        minimum=1,
        maximum=MAX_FOUND,
        show_if=show_if("operation", "find"),
    )
    skip: int = fields.number(
        "Skip so many rows", 0, minimum=0, show_if=show_if("operation", "find"), advanced=True
    )
    known_only: bool = fields.toggle(
        "Leave out fields that the table lacks",
        False,
        show_if=show_if("operation", "insert", "upsert", "update"),
        advanced=True,
        expression=False,
    )


class DataTable(Node[Form]):
    """Finds, adds, changes and deletes rows of a table that people see and edit here, too.

    Tables have typed columns and up to 100,000 rows; they are made on the page **Tables**. Use one
    for lists that a workflow keeps and a person looks after: customers to greet, orders that were
    handled, settings by country. For more than that use a database.

    *Find*, *Change* and *Delete* work once for each item, with the conditions of that item. The
    rows come out as items with `id`, `created_at`, `updated_at` and a field for each column; what
    was deleted comes out as it was. Items for which no row was found leave by **None**. *Add* and
    *Add or change* take all items together, in batches of 1,000: a batch is kept whole or not at
    all, and each row comes out as it is kept.

    Writing happens once, also when the worker dies in between or the step is retried.
    """

    type = "data.data_table"
    title = "Data Table"
    category = "data"
    icon = "table-2"
    synonyms = ("table", "rows", "spreadsheet", "database", "crud", "insert", "upsert", "lookup")
    outputs = (Port("main", "Out"), Port("none", "None"))
    place = "async"
    # A repeated write is told what the first one gave, so that repeating is safe.
    effect = "read"
    Params = Form
    examples = (
        Example(
            "Keep each order",
            {
                "operation": "insert",
                "table": "Orders",
                "values": [{"name": "Number", "type": "number", "value": 7}],
            },
            [{"order": 7}],
            {
                "main": [
                    {
                        "id": "row-1",
                        "created_at": "2026-01-02T12:00:00.000Z",
                        "updated_at": "2026-01-02T12:00:00.000Z",
                        "Number": 7,
                    }
                ]
            },
        ),
        Example(
            "Is the customer known?",
            {
                "operation": "find",
                "table": "Customers",
                "conditions": [{"column": "E-mail", "op": "equals", "value": "ada@example.com"}],
            },
            [{"email": "ada@example.com"}],
            {"none": [{"email": "ada@example.com"}]},
        ),
        Example(
            "Add or change a customer",
            {"operation": "upsert", "table": "Customers", "match": ["email"]},
            [{"email": "ada@example.com", "name": "Ada"}],
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The operation; tables go by an id that says nothing."""
        operation = params.get("operation") or "find"
        matched = params.get("match")
        if operation == "upsert" and isinstance(matched, list) and matched:
            return f"upsert by {', '.join(map(shown, matched))}"
        return shown(operation)

    @classmethod
    async def list_tables(cls, lookup: Lookup) -> Sequence[Choice]:
        """The tables of the tenant."""
        return await lookup.tables()

    @classmethod
    async def list_columns(cls, lookup: Lookup) -> Sequence[Choice]:
        """The columns of the chosen table."""
        table = lookup.params.get("table")
        return await lookup.table_columns(table) if isinstance(table, str) and table else ()

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """The rows, in the order of the items.

        Raises:
            UserError: the table, a column or a value is wrong.
        """
        for form in params:
            if not form.table:
                message = "Choose a table. Tables are made on the page Tables."
                raise UserError(message, field="table", code="no_table")
        if params.first.operation in ("insert", "upsert"):
            return {"main": await _keep(ctx, params, inputs.main)}
        outputs: dict[str, list[Item]] = {"main": [], "none": []}
        for index, item in enumerate(inputs.main):
            try:
                rows = await _each(ctx, params[index], item)
            except NodeError as error:
                error.item = index
                raise
            pair = (Pair(0, index),)
            outputs["main"] += [Item(row, None, pair) for row in rows]
            if not rows:
                outputs["none"].append(item.at(index))
        return outputs


async def _keep(ctx: Context, params: ParamSet[Form], items: Sequence[Item]) -> list[Item]:
    """Add the rows of all items, those of one table after another one's together."""
    made: list[Item] = []
    begin = 0
    while begin < len(items):
        form, end = params[begin], begin + 1
        while end < min(begin + MAX_BATCH, len(items)) and params[end].table == form.table:
            end += 1
        given = [await _row(ctx, params[index], items[index]) for index in range(begin, end)]
        try:
            if form.operation == "insert":
                rows = await ctx.tables.insert(form.table, given)
            else:
                rows = await ctx.tables.upsert(form.table, given, by=form.match)
        except NodeError as error:
            row = error.facts.get("row")
            error.item = begin + (row if isinstance(row, int) else 0)
            raise
        made += [Item(row, None, (Pair(0, begin + place),)) for place, row in enumerate(rows)]
        begin = end
    return made


async def _each(ctx: Context, form: Form, item: Item) -> Sequence[JsonObject]:
    where = [Where(one.column, one.op, one.value) for one in form.conditions]
    if form.operation == "find":
        return await ctx.tables.find(
            form.table,
            where=where,
            sort=form.sort,
            descending=form.descending,
            limit=form.limit,
            skip=form.skip,
        )
    if not where and not form.every_row:
        message = "Say which rows are meant by a condition, or switch on that every row is."
        raise UserError(message, field="conditions", code="no_condition")
    if form.operation == "delete":
        return await ctx.tables.delete(form.table, where=where)
    return await ctx.tables.update(form.table, await _row(ctx, form, item), where=where)


async def _row(ctx: Context, form: Form, item: Item) -> JsonObject:
    if form.values:
        row = {one.name: one.value for one in form.values}
    else:
        row = {name: value for name, value in item.json.items() if name not in SYSTEM_COLUMNS}
    if form.known_only:
        known = set(await ctx.tables.columns(form.table))
        return {name: value for name, value in row.items() if name in known}
    return row
