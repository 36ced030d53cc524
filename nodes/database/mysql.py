"""Reads and changes a MySQL or MariaDB database."""

from __future__ import annotations

from headrace_sdk import (
    Context,
    CredentialSlot,
    Effect,
    Example,
    Inputs,
    JsonObject,
    Node,
    Outputs,
    ParamSet,
    required_credential,
)
from nodes.database import sql_form, sql_running
from nodes.database.mysql_session import MySqlSession
from nodes.database.sql_form import SqlForm


class MySql(Node[SqlForm]):
    """Runs SQL in a MySQL or MariaDB database, or inserts, updates and deletes rows of a table.

    **With SQL:** write `?` where values belong, and the values in their order. *Read* cannot change
    anything: its transaction is read-only. Each row becomes an item; a statement without rows
    gives `{affected}`. Statements that define tables are committed by the server at once.

    **Rows of a table:** a row is an object of columns and values; without one, the fields of the
    item are the row. How many rows were affected comes out as `{affected}`. *Insert or update*
    finds rows by whatever unique index the table has. It, *Update* and *Delete* may be repeated
    without harm, and so they are after a crash.

    Works once for each item, in a transaction of its own, or in one for *all items or none*. A
    result has at most as many rows as you say. Decimals come as texts, bytes as base64, objects
    and lists are stored as JSON.
    """

    type = "database.mysql"
    title = "MySQL"
    category = "database"
    icon = "database"
    synonyms = ("sql", "mariadb", "query", "select", "insert", "upsert", "table", "aurora")
    place = "async"
    effect = "varies"
    per_item = True
    credentials = (CredentialSlot("database", ("mysql",)),)
    Params = SqlForm
    examples = (
        Example(
            "Open orders of a customer",
            {
                "operation": "select",
                "sql": "select id, total from orders where customer = ? order by id",
                "values": ["ada"],
            },
            [{}],
            {"main": [{"id": 1, "total": "9.50"}, {"id": 4, "total": "20.00"}]},
            needs="a MySQL server",
        ),
        Example(
            "Insert or update a customer",
            {"operation": "upsert", "table": "customers", "match": ["id"]},
            [{"id": 7, "name": "Ada"}],
            {"main": [{"affected": 1}]},
            needs="a MySQL server",
        ),
    )

    @classmethod
    def effect_of(cls, params: SqlForm) -> Effect:
        """Read with SQL reads; everything else writes."""
        return sql_form.effect_of(params)

    @classmethod
    def is_keyed(cls, params: SqlForm) -> bool:
        """Rows that are found by their key are the same after a second time."""
        return sql_form.is_repeatable(params)

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The operation, and the table or the statement."""
        return sql_form.summary(params)

    async def run(self, ctx: Context, params: ParamSet[SqlForm], inputs: Inputs) -> Outputs:
        """The rows, in the order of the items."""
        credential = await required_credential(ctx, "database")
        async with MySqlSession(ctx.net, credential) as session:
            return await sql_running.run(ctx, params, inputs, session)
