"""Reads and changes a PostgreSQL database."""

from __future__ import annotations

from headrace_sdk import Credential, CredentialSlot, Example, Net
from nodes.database.postgresql_session import PostgreSqlSession
from nodes.database.sql_node import SqlNode


class PostgreSql(SqlNode):
    """Runs SQL in a PostgreSQL database, or inserts, updates and deletes rows of a table.

    **With SQL:** write `$1`, `$2`, … where values belong, and the values in their order. *Read*
    cannot change anything: its transaction is read-only. Each row becomes an item; a statement
    without rows gives `{affected}`. To compare with a list write `= any($1)`.

    **Rows of a table:** a row is an object of columns and values; without one, the fields of the
    item are the row. What was inserted, updated or deleted comes out, as the database has it.
    *Insert or update* needs a unique index on the columns it finds rows by. It, *Update* and
    *Delete* may be repeated without harm, and so they are after a crash.

    Works once for each item, in a transaction of its own, or in one for *all items or none*. A
    result has at most as many rows as you say; the rest is not read. Decimals come as texts, bytes
    as base64. The database of this installation itself cannot be reached.
    """

    type = "database.postgresql"
    title = "PostgreSQL"
    synonyms = ("sql", "postgres", "query", "select", "insert", "upsert", "table", "timescale")
    credentials = (CredentialSlot("database", ("postgresql",)),)
    examples = (
        Example(
            "Open orders of a customer",
            {
                "operation": "select",
                "sql": "select id, total from orders where customer = $1 order by id",
                "values": ["ada"],
            },
            [{}],
            {"main": [{"id": 1, "total": "9.50"}, {"id": 4, "total": "20.00"}]},
            needs="a PostgreSQL server",
        ),
        Example(
            "Insert or update a customer",
            {"operation": "upsert", "table": "customers", "match": ["id"]},
            [{"id": 7, "name": "Ada"}],
            {"main": [{"id": 7, "name": "Ada"}]},
            needs="a PostgreSQL server",
        ),
    )

    @classmethod
    def session(cls, net: Net, credential: Credential) -> PostgreSqlSession:
        """See `SqlNode.session`."""
        return PostgreSqlSession(net, credential)
