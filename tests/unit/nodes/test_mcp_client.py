"""MCP Client, against real MCP servers in processes of their own, through the real client."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from headrace.egress.policy import EgressPolicy
from headrace_sdk import HeadraceError, SecretError, UpstreamError, UserError
from headrace_sdk.testing import MemoryContext, make_credential, run_node_async
from nodes.ai.mcp_client import McpClient
from nodes.credentials.http_bearer import HttpBearer
from tests.support.canary import Ways
from tests.support.mcp_server import PNG, serving


@pytest.fixture(scope="module", params=["newer", "older"])
def port(request):
    with serving(token="canary", era=request.param) as port:
        yield port


@pytest.fixture(scope="module")
def newer():
    with serving(token="canary") as port:
        yield port


@dataclass
class Filling:
    """The form while somebody fills it in."""

    params: dict[str, Any]
    http: Any
    credentials: dict[str, Any] = field(default_factory=dict)

    async def credential(self, slot):
        return self.credentials.get(slot)


def account(token="canary"):
    return {"auth": make_credential(HttpBearer, token=token)}


def ways(port):
    return Ways(EgressPolicy(frozenset({f"127.0.0.1:{port}"})), HttpBearer.apply)


def url(port):
    return f"http://127.0.0.1:{port}/mcp"


async def offered(port, method="list_tools", **params):
    http = ways(port)
    try:
        filling = Filling({"url": url(port), **params}, http, account())
        return await getattr(McpClient, method)(filling)
    finally:
        await http.close()


async def chosen(port, tool):
    return next(one.value for one in await offered(port) if one.value.startswith(f"{tool}@"))


async def call(port, tool, arguments=None, *, credentials=None, **params):
    http = ways(port)
    context = MemoryContext(http=http, credentials=credentials or account())
    given = {
        "url": url(port),
        "tool": tool if "@" in tool else await chosen(port, tool),
        "arguments": [{"name": name, "value": value} for name, value in (arguments or {}).items()],
        **params,
    }
    try:
        return await run_node_async(McpClient, given, context=context)
    finally:
        await http.close()


async def failing(*given, **params) -> HeadraceError:
    with pytest.raises(HeadraceError) as raised:
        await call(*given, **params)
    return raised.value


async def test_the_form_offers_the_tools_of_the_server_and_what_one_asks_for(port):
    tools = {one.value.partition("@")[0]: one for one in await offered(port)}

    assert tools["weather"].label == "weather — The weather of a place."
    rows = await offered(port, "list_arguments", tool=tools["add"].value)
    assert [(one.value, one.type, one.required) for one in rows] == [
        ("a", "number", True),
        ("b", "number", False),
    ]


async def test_a_tool_is_called_with_arguments_of_its_types_and_gives_items(port):
    assert (await call(port, "add", {"a": "20", "b": 1})).json() == [{"value": 21}]
    assert (await call(port, "weather", {"city": "Oslo"})).json() == [
        {"city": "Oslo", "celsius": 21.5}
    ]
    assert (await call(port, "places")).json() == [{"city": "Oslo"}, {"city": "Lima"}]


async def test_a_result_may_stay_text(newer):
    assert (await call(newer, "say", {"text": "hello"}, result="text")).json() == [
        {"text": "hello"}
    ]


async def test_a_picture_of_a_tool_is_stored_as_a_file(newer):
    result = await call(newer, "picture")

    (item,) = result.outputs["main"]
    assert item.json == {"text": "One point."}
    assert await result.context.files.read(item.binary["data"]) == PNG


async def test_the_server_is_given_the_credential_of_the_slot_and_nothing_else(newer):
    assert (await call(newer, "headers")).json() == [{"authorization": "Bearer canary"}]


async def test_a_refused_credential_is_said_to_be_one(port):
    tool = await chosen(port, "add")

    error = await failing(port, tool, {"a": 1}, credentials=account("wrong"))

    assert isinstance(error, SecretError)
    assert (error.code, error.item) == ("access_refused", 0)


async def test_a_tool_that_fails_is_an_error_of_its_item_with_its_words(newer):
    error = await failing(newer, "fail")

    assert isinstance(error, UpstreamError)
    assert (error.code, error.is_retryable, error.item) == ("tool_failed", False, 0)
    assert "out of paper" in error.message


async def test_arguments_that_do_not_fit_are_never_sent(newer):
    error = await failing(newer, "add", {"b": 1})

    assert isinstance(error, UserError)
    assert (error.code, error.field) == ("arguments_do_not_fit", "arguments")
    assert "/a is missing" in error.message


async def test_a_tool_without_an_approved_form_is_refused(newer):
    error = await failing(newer, "say@000000000000000000000000", {"text": "x"})

    assert (error.code, error.field) == ("tool_not_approved", "tool")


async def test_a_tool_that_changed_is_refused_until_it_is_chosen_again():
    with serving(token="canary") as port:
        approved = await chosen(port, "say")
        await call(port, "change")

        error = await failing(port, approved, {"text": "x"})
        again = await call(port, "say", {"text": "x"})

    assert error.code == "tool_not_approved"
    assert again.json() == [{"text": "x"}]


async def test_a_time_limit_ends_a_call(newer):
    error = await failing(newer, "sleep", {"seconds": 30}, timeout_s=0.5)

    assert isinstance(error, UpstreamError)
    assert error.code == "timeout"


async def test_an_answer_over_the_limit_is_not_read_to_its_end(newer):
    error = await failing(newer, "say", {"text": "x" * 20_000}, max_kb=12)

    assert error.code == "answer_too_large"


async def test_a_server_that_cannot_be_reached_was_sent_nothing(newer):
    tool = await chosen(newer, "add")
    http = ways(9)
    context = MemoryContext(http=http)
    with pytest.raises(UpstreamError) as raised:
        await run_node_async(McpClient, {"url": url(9), "tool": tool}, context=context)
    await http.close()

    assert (raised.value.code, raised.value.sent) == ("connect_failed", "no")


async def test_an_internal_address_is_refused_by_the_guard(newer):
    http = Ways(EgressPolicy(), HttpBearer.apply)
    context = MemoryContext(http=http)
    with pytest.raises(UserError) as raised:
        await run_node_async(McpClient, {"url": url(newer), "tool": "add@1"}, context=context)
    await http.close()

    assert raised.value.code == "address_not_allowed"
