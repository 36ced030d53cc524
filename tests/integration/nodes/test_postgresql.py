"""SQL against a real PostgreSQL: a database of the tenant's own."""

from __future__ import annotations

import os
from urllib.parse import unquote, urlsplit

import psycopg
import pytest
from django.conf import settings

from headrace_sdk import NodeError, SecretError, UpstreamError, UserError
from headrace_sdk.testing import LocalNet, MemoryContext, make_credential, run_node
from nodes.credentials.postgresql import PostgreSql as Login
from nodes.database.postgresql import PostgreSql

DATABASE = f"headrace_test_shop_{os.getpid()}"
TABLES = """
create table orders (
    id int primary key, customer text not null, total numeric(9, 2), paid bool default false,
    lines jsonb, tags text[], at timestamptz
);
create table log (line text);
create schema "Odd";
create table "Odd"."two words" (id int primary key, "a ""b"" c" text);
"""


def server_url(database):
    return urlsplit(settings.DATABASE_URL)._replace(path=f"/{database}").geturl()


@pytest.fixture(scope="module")
def shop():
    """A database like those that tenants have."""
    with psycopg.connect(server_url("postgres"), autocommit=True) as admin:
        admin.execute(f"create database {DATABASE} template template0")
        with psycopg.connect(server_url(DATABASE), autocommit=True) as connection:
            connection.execute(TABLES)
        yield server_url(DATABASE)
        admin.execute(f"drop database {DATABASE} with (force)")


@pytest.fixture
def rows(shop):
    """An empty shop, and a way to ask it."""
    with psycopg.connect(shop, autocommit=True) as connection:
        connection.execute('truncate orders, log, "Odd"."two words"')
        yield lambda text: connection.execute(text).fetchall()


def login(database, **values):
    url = urlsplit(settings.DATABASE_URL)
    given = {
        "host": "db.example",
        "port": url.port,
        "database": database,
        "user": unquote(url.username),
        "password": unquote(url.password or ""),
        "tls": "disable",
    }
    return given | values


def sql(operation, items=({},), *, context=None, user=None, **params):
    """What a node says to the shop."""
    port = urlsplit(settings.DATABASE_URL).port
    context = context or MemoryContext()
    context.net = LocalNet({port})
    context.credentials = {"database": make_credential(Login, **login(DATABASE, **(user or {})))}
    return run_node(PostgreSql, {"operation": operation, **params}, items, context=context)


def refused(*given, **params):
    with pytest.raises(NodeError) as caught:
        sql(*given, **params)
    return caught.value


def test_values_never_become_part_of_a_statement(rows):
    canary = "x'; drop table orders; --"
    sql("insert", [{"id": 1, "customer": canary}], table="orders")

    found = sql("select", sql="select customer from orders where customer = $1", values=[canary])

    assert found.json() == [{"customer": canary}]


@pytest.mark.parametrize("operation", ["select", "execute"])
def test_a_text_of_two_statements_is_refused_and_neither_runs(rows, operation):
    error = refused(operation, sql="insert into log values ('one'); drop table log")

    assert error.code == "sql_refused"
    assert rows("select count(*) from log") == [(0,)]


def test_rows_come_as_json_and_no_digit_is_lost(rows):
    statement = """select 9007199254740993 as big, 0.10::numeric as price, 'NaN'::float as nan,
        '2026-02-03T04:05:06Z'::timestamptz at time zone 'UTC' as at, array[1, 2] as list,
        '{"a": [1]}'::jsonb as json, '\\x00ff'::bytea as raw, null as nothing, true as yes"""

    assert sql("select", sql=statement).json() == [
        {
            "big": 9007199254740993,
            "price": "0.10",
            "nan": None,
            "at": "2026-02-03T04:05:06",
            "list": [1, 2],
            "json": {"a": [1]},
            "raw": "AP8=",
            "nothing": None,
            "yes": True,
        }
    ]


def test_a_list_is_an_array_and_an_object_is_json(rows):
    found = sql(
        "select", sql="select 2 = any($1) as has, $2::jsonb as json", values=[[1, 2], {"a": 1}]
    )

    assert found.json() == [{"has": True, "json": {"a": 1}}]


def test_reading_is_limited_and_goes_on_where_it_left_off(rows):
    many = "select generate_series(1, 100000000) n"

    first = sql("select", sql=many, limit=2)
    second = sql("select", sql=many, limit=2, skip=2)

    assert [row["n"] for row in first.json() + second.json()] == [1, 2, 3, 4]


def test_reading_cannot_write(rows):
    error = refused(
        "select", sql="with made as (insert into log values ('x') returning *) table made"
    )

    assert (error.code, error.field) == ("read_only", "operation")
    assert rows("select count(*) from log") == [(0,)]


def test_a_change_says_how_many_rows_it_was_about(rows):
    sql("insert", [{"id": n, "customer": "ada"} for n in range(3)], table="orders")

    changed = sql("execute", sql="update orders set paid = true where id > $1", values=[0])

    assert changed.json() == [{"affected": 2}]


def test_a_change_gives_the_rows_it_is_asked_to_return(rows):
    changed = sql("execute", sql="insert into log values ('a'), ('b') returning line", limit=1)

    assert changed.json() == [{"line": "a"}]
    assert [line.message for line in changed.logs] == ["Only the first 1 rows are given on."]
    assert rows("select count(*) from log") == [(2,)]


def test_a_row_is_stored_as_its_columns_are(rows):
    given = {
        "id": 1,
        "customer": 17,
        "total": "9.5",
        "paid": True,
        "lines": [{"sku": "a"}],
        "tags": ["new", "vip"],
        "at": "2026-02-03T04:05:06Z",
    }

    stored = sql("insert", [given], table="public.orders").json()[0]

    assert stored["at"].startswith("2026-02-03T")
    assert {**stored, "at": None} == {**given, "customer": "17", "total": "9.50", "at": None}


def test_odd_names_are_names(rows):
    stored = sql("insert", [{"id": 1, 'a "b" c': "x"}], table="Odd.two words")

    assert stored.json() == [{"id": 1, 'a "b" c': "x"}]


def test_an_upsert_inserts_once_and_updates_then(rows):
    for total in ("1.00", "2.00"):
        sql("upsert", [{"id": 1, "customer": "ada", "total": total}], table="orders", match=["id"])
        sql("upsert", [{"id": 2, "customer": "bob"}], table="orders", match=["id", "id"])

    assert rows("select id, total::text from orders order by id") == [(1, "2.00"), (2, None)]


def test_rows_are_updated_and_deleted_by_what_they_are_found_by(rows):
    orders = [{"id": 1, "customer": "ada"}, {"id": 2, "customer": "bob"}]
    sql("insert", orders, table="orders")

    updated = sql("update", [{"id": 1, "paid": True}], table="orders", match=["id"])
    deleted = sql("delete", [{"customer": "bob"}], table="orders", match=["customer"])

    assert [row["paid"] for row in updated.json()] == [True]
    assert [row["id"] for row in deleted.json()] == [2]
    assert rows("select id, paid from orders") == [(1, True)]


def test_a_field_that_the_table_lacks_is_named_or_left_out(rows):
    item = {"id": 1, "customer": "ada", "colour": "red"}

    error = refused("insert", [item], table="orders")
    sql("insert", [item], table="orders", known_only=True)

    assert (error.code, error.field) == ("unknown_column", "row")
    assert 'no column "colour"' in error.message
    assert rows("select customer from orders") == [("ada",)]


def test_each_item_stands_for_itself_unless_all_or_none_is_asked_for(rows):
    orders = [{"id": 1, "customer": "ada"}, {"id": 1, "customer": "bob"}]

    together = refused("insert", orders, table="orders", together=True)
    assert (together.code, together.item) == ("constraint_violated", 1)
    assert rows("select count(*) from orders") == [(0,)]

    alone = refused("insert", orders, table="orders")
    assert (alone.code, alone.item) == ("constraint_violated", 1)
    assert rows("select customer from orders") == [("ada",)]


def test_before_all_are_committed_each_is_noted_as_begun(rows):
    context = MemoryContext()
    sql("insert", [{"line": "a"}, {"line": "b"}], table="log", together=True, context=context)

    assert context.outcomes.begun == [0, 1]
    assert rows("select line from log") == [("a",), ("b",)]


def test_a_statement_that_takes_too_long_is_stopped(rows):
    error = refused("select", sql="select pg_sleep(600)", timeout_s=0.1)

    assert isinstance(error, UpstreamError)
    assert (error.code, error.sent) == ("statement_timeout", "no")


@pytest.mark.parametrize(
    ("statement", "values", "code"),
    [
        ("selct 1", [], "sql_refused"),
        ("select $1::int", [], "value_refused"),
        ("select * from nowhere", [], "sql_refused"),
        ("select $1::int", ["seven"], "value_refused"),
        ("copy log from stdin", [], "sql_refused"),
        ("vacuum", [], "sql_refused"),
    ],
)
def test_what_the_database_refuses_is_said_in_its_words(rows, statement, values, code):
    error = refused("execute", sql=statement, values=values)

    assert (type(error), error.code) == (UserError, code)


def test_a_wrong_password_is_the_credentials_fault(rows):
    error = refused("select", sql="select 1", user={"user": "nobody-here", "password": "wrong-9d1"})

    assert isinstance(error, SecretError)
    assert "wrong-9d1" not in error.message


def test_after_an_error_the_next_item_is_served(rows):
    context = MemoryContext()
    context.outcomes.keeps_going = True
    items = [{"id": 1, "customer": None}, {"id": 2, "customer": "bob"}]

    assert [row["id"] for row in sql("insert", items, table="orders", context=context).json()] == [
        2
    ]
