"""MCP Tools: what an agent is lent of a real server, and when it is not."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest

from headrace_sdk import UserError
from headrace_sdk.testing import MemoryContext
from nodes.ai.mcp_tools import McpTools
from tests.support.mcp_server import serving
from tests.unit.nodes.test_mcp_client import Filling, account, call, url, ways


@pytest.fixture(scope="module")
def port():
    with serving(token="canary") as port:
        yield port


async def approval(port, *names):
    http = ways(port)
    filling = Filling({"url": url(port), "tools": [*names]}, http, account())
    try:
        (found,) = await McpTools.list_approvals(filling)
        return found
    finally:
        await http.close()


@asynccontextmanager
async def lent(port, *names, approved=None):
    http = ways(port)
    ctx = MemoryContext(http=http, credentials=account())
    given = approved if approved is not None else (await approval(port, *names)).value
    form = McpTools.Params(url=url(port), tools=[*names], approved=given, access="read")
    try:
        yield await McpTools().provide(ctx, form)
    finally:
        await http.close()


async def test_an_agent_is_lent_the_tools_that_are_allowed_as_the_server_describes_them(port):
    async with lent(port, "weather", "add") as box:
        assert [(one.name, one.description) for one in box.tools] == [
            ("add", "Adds two numbers."),
            ("weather", "The weather of a place."),
        ]
        assert box.tools[0].parameters["required"] == ["a"]
        assert box.effect_of("add") == "read"


async def test_a_call_gives_items_and_the_text_that_a_model_is_shown(port):
    async with lent(port, "weather") as box:
        output = await box.call("weather", {"city": "Oslo"})

    assert [item.json for item in output.items] == [{"city": "Oslo", "celsius": 21.5}]
    assert output.text == '{"city": "Oslo", "celsius": 21.5}'


async def test_a_tool_that_fails_tells_the_model_why(port):
    async with lent(port) as box:
        output = await box.call("fail", {})

    assert output.is_error
    assert "out of paper" in output.text


@pytest.mark.parametrize("approved", ["", "1 tool@000000000000000000000000"])
async def test_tools_that_nobody_approved_are_not_lent(port, approved):
    with pytest.raises(UserError) as raised:
        async with lent(port, "say", approved=approved):
            pass

    assert (raised.value.code, raised.value.field) == ("tool_not_approved", "approved")


async def test_a_server_that_changes_a_tool_is_refused_at_once():
    with serving(token="canary") as port:
        async with lent(port, "say", "add") as box:
            await call(port, "change")
            with pytest.raises(UserError) as while_lent:
                await box.call("say", {"text": "x"})
            approved = (await approval(port, "add")).value
            async with lent(port, "add", approved=approved) as others:
                assert (await others.call("add", {"a": 1})).text == '{"value": 2}'

    assert while_lent.value.code == "tool_not_approved"
