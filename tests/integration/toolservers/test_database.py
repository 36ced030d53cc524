"""The PostgreSQL server: it reads one database of the tenant's, and never ours."""

from __future__ import annotations

from urllib.parse import urlsplit

import psycopg
import pytest
from asgiref.sync import sync_to_async
from django.conf import settings as configured

from headrace.credentials import actions as credentials
from headrace.toolservers import postgresql
from headrace_sdk import UserError
from tests.integration.toolservers.conftest import account
from tests.support.forwarding import forwarding
from tests.support.tooled import using

pytestmark = pytest.mark.usefixtures("committed", "in_alpha")

CHANGES = (
    "delete from books",
    "insert into books values (0, 'x', 1)",
    "with gone as (delete from books returning *) select * from gone",
    "create table mine (id int)",
    "select 1; drop table books",
    "commit; drop table books",
    "set transaction read write",
    "do $$ begin execute 'drop table books'; end $$",
    "select set_config('transaction_read_only', 'off', true); delete from books",
    "copy books to program 'id'",
    "select nextval('nothing')",
    "truncate books",
    "",
)


def opened(row):
    return credentials.open_for_node(row.id)


opening = sync_to_async(opened)


async def test_a_database_is_looked_at_and_asked(owner, login):
    async with using("postgresql", owner, credential=await opening(login)) as tools:
        schemas = await tools.gives("list_schemas")
        tables = await tools.gives("list_tables")
        columns = await tools.gives("list_columns", table="books")
        some = await tools.gives(
            "query", sql="select title, price from books where id = any($1)", values=[[3, 5]]
        )
        many = await tools.gives("query", sql="select id from books", limit=10)

    assert [one["schema"] for one in schemas["rows"]] == ["public", "stock"]
    shown = [(one["name"], one["kind"], one["comment"]) for one in tables["rows"]]
    assert shown == [("books", "table", "What we sell"), ("cheap", "view", None)]
    assert columns["rows"][0] == {
        "name": "id", "type": "integer", "is_nullable": False, "is_key": True, "comment": None,
    }  # fmt: skip
    assert columns["rows"][2]["comment"] == "In euros"
    assert [one["price"] for one in some["rows"]] == ["3.50", "5.50"]
    assert (len(many["rows"]), many["is_cut"]) == (10, True)


async def test_nothing_can_be_changed(owner, login, library):
    async with using("postgresql", owner, credential=await opening(login)) as tools:
        said = [await tools.refuses("query", sql=one) for one in CHANGES if "read write" not in one]
        await tools.client.call_tool("query", {"sql": "set transaction read write"})
        said.append(await tools.refuses("query", sql="delete from books"))

    with psycopg.connect(library) as connection:
        assert connection.execute("select count(*) from books").fetchall() == [(1500,)]
        assert connection.execute("select to_regclass('mine')").fetchall() == [(None,)]
    assert all(said)


async def test_limits_hold(owner, login, monkeypatch):
    monkeypatch.setattr(postgresql, "TIMEOUT_S", 0.2)
    async with using("postgresql", owner, credential=await opening(login)) as tools:
        slow = await tools.refuses("query", sql="select pg_sleep(30)")
        many = await tools.refuses("query", sql="select 1", limit=1_001)
        long = await tools.refuses("query", sql="select 1" + " " * 20_001)

    assert "took too long" in slow
    assert many.startswith("limit")
    assert long.startswith("sql")


async def test_our_own_database_is_refused_by_its_place_and_by_its_name(owner, settings):
    own = urlsplit(configured.DATABASE_URL)
    with forwarding(own.hostname, own.port) as port:
        settings.HEADRACE_EGRESS_ALLOW = (f"127.0.0.1:{port}", f"127.0.0.1:{own.port}")
        said = []
        for place in (own.port, port):
            data = account(own, place)
            create = sync_to_async(credentials.create)
            row = await create(owner, name="ours", kind="postgresql", data=data)
            async with using("postgresql", owner, credential=await opening(row)) as tools:
                said.append(await tools.refuses("list_schemas"))

    assert all("this installation itself runs on" in one for one in said)


async def test_without_a_database_it_does_not_begin(owner):
    with pytest.raises((ExceptionGroup, UserError)):
        async with using("postgresql", owner):
            pass
