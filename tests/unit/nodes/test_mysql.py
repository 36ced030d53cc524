"""MySQL, against a server that speaks its protocol."""

from __future__ import annotations

import asyncio
import time

import pytest

from headrace_sdk import NodeError, SecretError, UpstreamError, UserError
from headrace_sdk.testing import LocalNet, MemoryContext, make_credential, run_node_async
from nodes.credentials.mysql import MySql as Account
from nodes.database.mysql import MySql
from nodes.database.mysql_session import written
from tests.support.mysql_server import PASSWORD, USER, mysql_server


@pytest.fixture(scope="module")
def server():
    with mysql_server() as server:
        yield server


@pytest.fixture
def shop(server):
    server.kept.executescript(
        "drop table if exists orders;"
        "create table orders (id integer primary key, customer text not null, total text);"
        "insert into orders values (1, 'ada', '9.50'), (2, 'bob', '1'), (4, 'ada', '20.00')"
    )
    server.heard.clear()
    server.fails.clear()
    return server


async def act(shop, operation="select", items=({},), *, password=PASSWORD, port=None, **params):
    account = make_credential(
        Account,
        host="db.test",
        port=port or shop.port,
        database="shop",
        user=USER,
        password=password,
        tls=False,
    )
    context = MemoryContext(net=LocalNet({shop.port}), credentials={"database": account})
    given = {"operation": operation, **params}
    return (await run_node_async(MySql, given, items, context=context)).json()


def orders(shop):
    return shop.rows("select * from orders order by id")


async def test_rows_are_read_with_values_that_are_never_part_of_the_text(shop):
    sql = "select id, total from orders where customer = ? and '?' <> '%' order by id -- ?"

    found = await act(shop, sql=sql, values=["ada"])
    none = await act(shop, sql=sql, values=["ada' or '1'='1"])

    assert found == [{"id": 1, "total": "9.50"}, {"id": 4, "total": "20.00"}]
    assert none == []


async def test_what_only_reads_is_kept_from_changing_anything(shop):
    with pytest.raises(UserError) as refused:
        await act(shop, sql="delete from orders")

    assert refused.value.code == "read_only"
    assert len(orders(shop)) == 3


async def test_pages_are_limited(shop):
    found = await act(shop, sql="select id from orders order by id", limit=1, skip=1)

    assert found == [{"id": 2}]


async def test_rows_are_inserted_updated_and_deleted_by_their_columns(shop):
    table = {"table": "orders"}
    row = {"id": 7, "customer": "d'Arcy \\ ü", "total": [1, {"a": 2}]}

    await act(shop, "insert", [row], **table)
    await act(shop, "update", [{"id": 1, "total": None}], match=["id"], **table)
    await act(shop, "delete", [{"customer": "bob"}], match=["customer"], **table)

    assert orders(shop) == [
        (1, "ada", None),
        (4, "ada", "20.00"),
        (7, "d'Arcy \\ ü", '[1,{"a":2}]'),
    ]


async def test_an_upsert_is_written_as_mysql_has_it(shop):
    shop.fails["insert"] = 1064

    with pytest.raises(UserError):
        await act(shop, "upsert", [{"id": 1, "total": "5"}], table="orders", match=["id"])

    (upsert,) = [text for text in shop.heard if text.startswith("insert")]
    assert upsert.endswith(" on duplicate key update `total` = values(`total`)")


async def test_all_items_or_none(shop):
    rows = [{"id": 8, "customer": "eve"}, {"id": 1, "customer": "again"}]

    with pytest.raises(NodeError) as failed:
        await act(shop, "insert", rows, table="orders", together=True)

    assert (failed.value.code, failed.value.item) == ("constraint_violated", 1)
    assert len(orders(shop)) == 3


@pytest.mark.parametrize(
    ("params", "code", "field"),
    [
        ({"sql": "selec 1 from orders"}, "sql_refused", "sql"),
        ({"sql": "select 1 from orders where id = ?"}, "value_refused", "values"),
        ({"operation": "insert", "table": "nothing"}, "no_table", "table"),
    ],
)
async def test_mistakes_are_said_with_their_field(shop, params, code, field):
    with pytest.raises(UserError) as refused:
        await act(shop, items=({"id": 1},), **params)

    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize(
    ("number", "kind", "code"),
    [
        (1213, UpstreamError, "conflict"),
        (1142, SecretError, "not_permitted"),
        (3024, UpstreamError, "statement_timeout"),
        (2013, UpstreamError, "connection_lost"),
        (1234, UpstreamError, "upstream_error"),
    ],
)
async def test_what_the_server_says_is_told_apart(shop, number, kind, code):
    shop.fails["select id"] = number

    with pytest.raises(kind) as failed:
        await act(shop, sql="select id from orders")

    assert failed.value.code == code


async def test_a_commit_that_is_lost_may_have_happened(shop):
    shop.fails["commit"] = 2013

    with pytest.raises(UpstreamError) as failed:
        await act(shop, "insert", [{"id": 9, "customer": "x"}], table="orders")

    assert (failed.value.code, failed.value.sent) == ("connection_lost", "maybe")


async def test_a_refused_password_is_said_and_not_shown(shop):
    with pytest.raises(SecretError) as refused:
        await act(shop, sql="select 1", password="canary-wrong")

    assert "Check the credential" in refused.value.message
    assert "canary" not in refused.value.message


async def test_a_statement_that_takes_too_long_is_given_up(shop):
    with pytest.raises(UpstreamError) as failed:
        await act(shop, sql="select sleep(5) from orders", timeout_s=0.2)

    assert failed.value.code == "statement_timeout"


async def test_a_cancelled_step_does_not_wait_for_its_statement(shop):
    began = time.monotonic()

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await act(shop, sql="select sleep(5) from orders")

    assert time.monotonic() - began < 4


async def test_an_address_inside_is_out_of_reach(shop):
    with pytest.raises(UpstreamError) as refused:
        await act(shop, sql="select 1", port=shop.port + 1)

    assert refused.value.code == "unreachable"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a = ? and b = ?", ("a = %s and b = %s", 2)),
        ("a like '50%?' or `?` = \"it''s \\\"?\"", ("a like '50%%?' or `?` = \"it''s \\\"?\"", 0)),
        ("1 % ? # ?\n/* ? */ -- ?", ("1 %% %s # ?\n/* ? */ -- ?", 1)),
    ],
)
def test_placeholders_are_those_outside_of_texts_and_comments(text, meant):
    assert written(text) == meant
