"""Reads and changes a MySQL or MariaDB database."""

from __future__ import annotations

from headrace_sdk import Credential, CredentialSlot, Example, Net
from nodes.database.mysql_session import MySqlSession
from nodes.database.sql_node import SqlNode


class MySql(SqlNode):
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
    synonyms = ("sql", "mariadb", "query", "select", "insert", "upsert", "table", "aurora")
    credentials = (CredentialSlot("database", ("mysql",)),)
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
    def session(cls, net: Net, credential: Credential) -> MySqlSession:
        """See `SqlNode.session`."""
        return MySqlSession(net, credential)
