"""Reads and changes SQLite databases, which are files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal, cast

from headrace_sdk import (
    Context,
    Example,
    FileRef,
    Inputs,
    Item,
    JsonObject,
    JsonValue,
    Node,
    NodeError,
    Outputs,
    Pair,
    Params,
    ParamSet,
    UserError,
    fields,
    to_main,
)
from headrace_sdk.apart import run_apart
from headrace_sdk.fields import show_if
from headrace_sdk.summaries import shown

MAX_BYTES: Final = 32 * 1024 * 1024
MIME: Final = "application/vnd.sqlite3"
WORK: Final = "nodes.database.sqlite_work"


class Form(Params):
    """Which database, and what to do with it."""

    operation: Literal["select", "execute", "fill"] = fields.select(
        "Operation",
        "select",
        labels={
            "select": "Read with SQL",
            "execute": "Change with SQL",
            "fill": "Put the items into a table",
        },
        expression=False,
    )
    source: Literal["file", "new"] = fields.select(
        "Database",
        "file",
        labels={"file": "A file of the item", "new": "A new one"},
        show_if=show_if("operation", "execute", "fill"),
        expression=False,
    )
    file: str = fields.file("File", "data", help="The name of a file on the item.")
    sql: str = fields.code(
        "Statement",
        "",
        language="sql",
        help="One statement; ? stands for each value.",
        show_if=show_if("operation", "select", "execute"),
        expression=False,
    )
    values: Any = fields.json(
        "Values",
        list,
        help="A list: the first stands for the first placeholder, and so on.",
        show_if=show_if("operation", "select", "execute"),
    )
    table: str = fields.text(
        "Table",
        "items",
        help="It is made if there is none, and gets the columns that it lacks.",
        show_if=show_if("operation", "fill"),
        expression=False,
    )
    limit: int = fields.number(
        "At most so many rows",
        1_000,
        minimum=1,
        maximum=100_000,
        show_if=show_if("operation", "select"),
    )
    name: str = fields.text(
        "Name of the changed file",
        "data.sqlite",
        max_length=200,
        show_if=show_if("operation", "execute", "fill"),
        advanced=True,
    )
    timeout_s: float = fields.duration(
        "Stop after", 20, minimum=1, maximum=300, advanced=True, expression=False
    )


class Sqlite(Node[Form]):
    """Asks and changes SQLite databases that are files of items.

    **Read with SQL** gives an item for each row. **Change with SQL** runs one statement on the
    file of each item, and puts the changed file in its place; the file it came from stays as it
    is. **Put the items into a table** makes one file of all items: their fields are the columns,
    and lists and objects are kept as JSON.

    Databases may have 32 MiB. They are opened in memory, apart from everything else: statements
    cannot attach other files, load extensions or last longer than allowed.
    """

    type = "database.sqlite"
    title = "SQLite"
    category = "database"
    icon = "database"
    synonyms = ("sql", "database", "file", "query", "db", "table")
    effect = "read"
    place = "async"
    Params = Form
    examples = (
        Example(
            "A new database with an empty table",
            {"operation": "execute", "source": "new", "sql": "create table orders (id, total)"},
            [{"shop": 7}],
            {"main": [{"shop": 7, "affected": 0}]},
        ),
        Example(
            "A database of all items",
            {"operation": "fill", "source": "new", "table": "orders"},
            [{"id": 1}, {"id": 2}],
            {"main": [{"rows": 2}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The statement, or the table."""
        if params.get("operation") == "fill":
            return f"fill {shown(params.get('table', 'items'))}"
        return " ".join(shown(params.get("sql")).split())

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """Rows, or changed files."""
        if params.first.operation == "fill":
            return to_main([await _fill(ctx, params.first, inputs.main)])
        out: list[Item] = []
        for index, item in enumerate(inputs.main):
            try:
                out += await _ask(ctx, params[index], item, index)
            except NodeError as error:
                error.item = index
                raise
        return to_main(out)


async def _fill(ctx: Context, form: Form, items: Sequence[Item]) -> Item:
    content = await _content(ctx, form, items[0]) if items else b""
    rows: list[JsonValue] = [item.json for item in items]
    given: JsonObject = {"table": form.table, "rows": rows}
    count, changed = await run_apart(f"{WORK}:fill", given, content, time_limit_s=form.timeout_s)
    file = await ctx.files.put(changed, name=form.name, mime=MIME)
    pairs = tuple(Pair(0, index) for index in range(len(items)))
    return Item({"rows": count}, {form.file: file}, pairs)


async def _ask(ctx: Context, form: Form, item: Item, index: int) -> list[Item]:
    if not isinstance(form.values, list | None):
        message = "Values is a list, such as {{ [$json.id] }}, also if there is one only."
        raise UserError(message, field="values", code="not_a_list")
    given: JsonObject = {"sql": form.sql, "values": form.values or [], "limit": form.limit}
    content, pair = await _content(ctx, form, item), (Pair(0, index),)
    name = f"{WORK}:{form.operation}"
    answer, changed = await run_apart(name, given, content, time_limit_s=form.timeout_s)
    if form.operation == "select":
        return [Item(row, None, pair) for row in cast("list[JsonObject]", answer)]
    file = await ctx.files.put(changed, name=form.name, mime=MIME)
    files = {**(item.binary or {}), form.file: file}
    return [Item(item.json | cast("JsonObject", answer), files, pair)]


async def _content(ctx: Context, form: Form, item: Item) -> bytes:
    if form.source == "new" and form.operation != "select":
        return b""
    file: FileRef | None = (item.binary or {}).get(form.file)
    if file is None:
        has = ", ".join(item.binary or {}) or "none"
        message = f"The item has no file {form.file!r}; it has {has}."
        raise UserError(message, field="file", code="no_file")
    if file.size > MAX_BYTES:
        message = f"The database is larger than {MAX_BYTES // 2**20} MiB."
        raise UserError(message, field="file", code="file_too_large")
    return await ctx.files.read(file)
