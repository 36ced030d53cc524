"""SQLite databases as files: asked, changed, made; and nothing reached besides."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

import pytest

from headrace_sdk import Item, NodeError, UserError
from headrace_sdk.apart import run_apart
from headrace_sdk.testing import MemoryFiles, run_node
from nodes.database.sqlite import Sqlite

ORDERS = (
    "create table orders (id integer primary key, customer text, total real)",
    "insert into orders values (1, 'ada', 9.5), (2, 'bob', 20), (3, 'ada', null)",
)


def made(*statements, wal=False):
    """The bytes of a database."""
    with closing(sqlite3.connect(":memory:")) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()
        content = database.serialize()
    return content[:18] + b"\x02\x02" + content[20:] if wal else content


def asked(content, operation="select", items=None, **params):
    """What the node says to a file of one item."""
    files = MemoryFiles()
    file = asyncio.run(files.put(content, name="shop.db", mime="application/vnd.sqlite3"))
    given = items or [Item({"n": 1}, {"data": file})]
    return run_node(Sqlite, {"operation": operation, **params}, given, files=files), files


def rows(content, sql="select * from orders", **params):
    return asked(content, sql=sql, **params)[0].json()


def changed(result, files):
    return asyncio.run(files.read(result.outputs["main"][0].binary["data"]))


def refused(content, operation="select", **params):
    with pytest.raises(UserError) as caught:
        asked(content, operation, **params)
    return caught.value


def test_rows_are_found_by_values_and_limited():
    shop = made(*ORDERS)
    sql = "select id, total from orders where customer = ? order by id"

    assert rows(shop, sql, values=["ada"]) == [{"id": 1, "total": 9.5}, {"id": 3, "total": None}]
    assert len(rows(shop, limit=2)) == 2
    assert rows(shop, sql, values=["x' or 1=1 --"]) == []


def test_a_database_with_a_write_ahead_log_can_be_read():
    assert len(rows(made(*ORDERS, wal=True))) == 3


def test_a_changed_database_is_a_new_file_and_the_old_one_stays():
    shop = made(*ORDERS)

    result, files = asked(shop, "execute", sql="delete from orders where id > ?", values=[1])

    assert result.json() == [{"n": 1, "affected": 2}]
    assert [row["id"] for row in rows(changed(result, files))] == [1]
    assert len(rows(shop)) == 3


def test_items_become_a_table_which_gets_the_columns_it_lacks():
    items = [{"id": 1, "tags": ["a"]}, {"id": 2, 'odd "name"': True}]

    first, files = asked(b"", "fill", items, source="new", table="my items")
    content = changed(first, files)
    file = first.outputs["main"][0].binary["data"]
    again = run_node(
        Sqlite,
        {"operation": "fill", "table": "my items"},
        [Item({"more": "x"}, {"data": file})],
        files=files,
    )

    assert first.json() == [{"rows": 2}]
    assert rows(content, 'select * from "my items" order by id') == [
        {"id": 1, "tags": '["a"]', 'odd "name"': None},
        {"id": 2, "tags": None, 'odd "name"': 1},
    ]
    count = 'select count(*) as n, max(more) as more from "my items"'
    assert rows(changed(again, files), count) == [{"n": 3, "more": "x"}]


@pytest.mark.parametrize(
    "statement",
    [
        "attach database '{path}' as other",
        "vacuum into '{path}'",
        "pragma temp_store_directory = '{path}'",
        "pragma writable_schema = on",
        "select load_extension('{path}')",
    ],
)
@pytest.mark.parametrize("operation", ["select", "execute"])
def test_no_statement_reaches_a_file_or_loosens_a_rule(tmp_path, operation, statement):
    path = tmp_path / "reached"

    error = refused(made(*ORDERS), operation, sql=statement.format(path=path))

    assert error.code in {"sql_refused", "read_only"}
    assert not path.exists()


def test_reading_cannot_write():
    assert refused(made(*ORDERS), sql="delete from orders").code == "read_only"


@pytest.mark.parametrize("content", [b"no database at all", made(*ORDERS)[:3000] + b"\xff" * 2000])
def test_what_is_no_database_is_said_to_be_none(content):
    error = refused(content, sql="select * from orders")

    assert (error.code, error.field) == ("unreadable_file", "file")


@pytest.mark.parametrize(
    "sql", ["", "selct 1", "select ?", "delete from orders; delete from orders"]
)
def test_a_statement_that_is_wrong_is_refused(sql):
    error = refused(made(*ORDERS), "execute", sql=sql)

    assert error.field == "sql"


def test_an_item_without_the_file_is_told_so():
    with pytest.raises(UserError, match="has no file 'data'"):
        run_node(Sqlite, {"sql": "select 1"}, [{}])


def test_a_number_that_it_cannot_keep_is_refused():
    assert refused(made(*ORDERS), sql="select ?", values=[2**63]).code == "value_refused"


def test_a_statement_that_eats_all_memory_harms_nobody():
    given = {"sql": "select hex(zeroblob(900000000))", "values": [], "limit": 1}

    with pytest.raises(NodeError) as caught:
        asyncio.run(run_apart("nodes.database.sqlite_work:select", given))

    assert caught.value.code == "parser_failed"
