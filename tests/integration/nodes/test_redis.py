"""Commands against a real server that speaks RESP."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit
from uuid import uuid4

import pytest
from django.conf import settings

from headrace_sdk import NodeError, SecretError, UserError
from headrace_sdk.testing import LocalNet, MemoryContext, make_credential, run_node
from nodes.credentials.redis import Redis as Login
from nodes.database.redis import Redis


@pytest.fixture
def key():
    """A key of this test's own, gone afterwards."""
    name = f"test:{uuid4().hex}"
    yield name
    ask("delete", key=name)


def ask(operation, items=({},), *, login=None, context=None, **params):
    """What a node says to the server of the tests."""
    url = urlsplit(settings.REDIS_URL)
    given = {
        "host": "cache.example",
        "port": url.port,
        "user": unquote(url.username or ""),
        "password": unquote(url.password or ""),
        "database": int(url.path.lstrip("/") or 0),
        "tls": False,
    }
    context = context or MemoryContext()
    context.net = LocalNet({url.port})
    context.credentials = {"server": make_credential(Login, **given | (login or {}))}
    return run_node(Redis, {"operation": operation, **params}, items, context=context)


def value(*given, **params):
    return ask(*given, **params).json()[0]["value"]


def refused(*given, **params):
    with pytest.raises(NodeError) as caught:
        ask(*given, **params)
    return caught.value


def test_what_is_set_is_got_until_it_is_deleted(key):
    assert value("get", key=key) is None
    assert value("set", key=key, value="Ada ☀") == "OK"
    assert value("get", key=key) == "Ada ☀"
    assert value("delete", key=key) == 1


def test_the_answer_is_put_beside_the_fields_of_the_item(key):
    ask("set", key=key, value={"a": [1]})

    found = ask("get", [{"id": 7}], key=key, field="found")

    assert found.json() == [{"id": 7, "found": '{"a":[1]}'}]


def test_a_value_is_set_once_and_forgotten_in_time(key):
    assert value("set", key=key, value=1, only_new=True, ttl_s=600) == "OK"
    assert value("set", key=key, value=2, only_new=True) is None
    assert 0 < value("command", words=["pttl", key]) <= 600_000


def test_numbers_hashes_and_lists_come_back_as_such(key):
    assert value("incr", key=key, by=5) == 5
    ask("delete", key=key)
    ask("hash_set", [{"name": "Ada", "age": 36}], key=key)
    assert value("hash_get", key=key) == {"name": "Ada", "age": "36"}
    ask("delete", key=key)
    ask("push", [{}, {}], key=key, value="x")
    assert value("pop", key=key, count=5) == ["x", "x"]


def test_a_stream_is_read_on_from_the_last_entry(key):
    ask("stream_add", [{"n": 1}, {"n": 2}, {"n": 3}], key=key)

    first = ask("stream_read", key=key, count=2).json()
    rest = ask("stream_read", key=key, after=first[-1]["id"]).json()

    assert [entry["n"] for entry in first + rest] == ["1", "2", "3"]


def test_a_value_cannot_become_a_command(key):
    canary = f"x\r\nDEL {key}\r\n"
    ask("set", key=key, value=canary)

    assert value("get", key=key) == canary


def test_what_is_no_text_comes_as_base64(key):
    ask("command", words=["SETBIT", key, 0, 1])

    assert value("get", key=key) == "gA=="


def test_what_the_server_refuses_is_said_in_its_words_and_the_next_item_is_served(key):
    context = MemoryContext()
    context.outcomes.keeps_going = True
    ask("set", key=key, value="text")

    found = ask("incr", [{}, {}], key=key, context=context)

    assert found.json() == []
    assert {error.code for error in context.outcomes.errors.values()} == {"command_refused"}
    assert "not an integer" in context.outcomes.errors[1].message


def test_a_command_without_an_answer_may_have_had_its_effect(key):
    late = refused("command", words=["BLPOP", key, 0], timeout_s=0.1)

    assert (late.code, late.sent) == ("timeout", "maybe")


@pytest.mark.parametrize("words", [["subscribe", "x"], [" Monitor "], [], "GET x"])
def test_commands_that_a_step_cannot_run_are_refused(words):
    error = refused("command", words=words)

    assert (type(error), error.field) == (UserError, "words")


def test_a_wrong_password_is_the_credentials_fault():
    error = refused("get", key="x", login={"user": "nobody", "password": "wrong-7c2"})

    assert isinstance(error, SecretError)
    assert "wrong-7c2" not in error.message
