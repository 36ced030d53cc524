"""A workflow as an MCP tool: a real client, a real worker, and nothing between them but HTTP."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx2
import mcp
from mcp.client.streamable_http import streamable_http_client

from headrace_bootstrap.stack import Stack
from tests.support.running import Client
from tests.support.workflows import document, node, sets

TWICE = sets("twice", "{{ $json.n * 2 }}")
TOOL = {
    "name": "double",
    "description": "Doubles a number.",
    "inputs": [{"name": "n", "type": "number", "required": True}],
}


def test_a_client_calls_a_workflow_as_a_tool_and_is_given_its_result(
    client: Client, stack: Stack
) -> None:
    flow = document(
        [node("tool", "triggers.mcp", TOOL), node("twice", "data.edit_fields", TWICE)],
        "tool -> twice",
    )
    client.create(flow, publish=True)
    key = client.post("api-keys/", {"name": "assistant", "scopes": ["workflow.run"]})["key"]

    tools, result = asyncio.run(called(f"{stack.url}/mcp", key, {"n": "21"}))

    assert tools == ["double"]
    assert (result.is_error, result.structured_content) == (False, {"n": 21, "twice": 42})


async def called(url: str, key: str, arguments: dict[str, Any]) -> tuple[list[str], Any]:
    """The names of the tools, and what one gives."""
    headers = {"Authorization": f"Bearer {key}"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=60) as http,
        mcp.Client(streamable_http_client(url, http_client=http)) as client,
    ):
        tools = await client.list_tools()
        return [one.name for one in tools.tools], await client.call_tool("double", arguments)
