"""Workflows as MCP tools: asked by the `mcp` package's own client, and by requests made by hand."""

from __future__ import annotations

import base64
import json
from typing import Any

import mcp
import pytest
from asgiref.sync import sync_to_async

from headrace.accounts.actions import create_api_key
from headrace.accounts.types import Role
from headrace.audit.models import Entry
from headrace.executions.models import Execution
from headrace.files import actions as files
from headrace.triggers import actions as triggers
from headrace.triggers.errors import WebhookPathTaken
from headrace.triggers.gate.acceptance import Acceptance
from headrace.workflows import actions as workflows
from tests.support.clients import actor
from tests.support.hosted import begun, visiting
from tests.support.mcp_visits import connected
from tests.support.workflows import document, node

pytestmark = pytest.mark.usefixtures("committed", "in_alpha")

ORDER = {"name": "order_id", "type": "number", "required": True, "description": "Its number."}
TOOL = {"name": "find_order", "description": "Finds an order.", "inputs": [ORDER]}
NOT_READ = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What runs give, in place of a worker; none while it is empty."""
    given: list[dict[str, Any]] = []

    async def told(*_: Any) -> dict[str, Any] | None:
        return given[0] if given else None

    monkeypatch.setattr(Acceptance, "told", told)
    return given


def flow(**params: Any) -> dict[str, Any]:
    tool = node("tool", "triggers.mcp", {**TOOL, **params})
    return document([tool, node("end", "flow.no_op")], "tool -> end")


@sync_to_async
def publish(owner: Any, **params: Any) -> Any:
    draft = workflows.create(owner, document=flow(**params))
    workflows.publish(owner, draft.row.id)
    return draft.row.id


@sync_to_async
def key_of(owner: Any, **limits: Any) -> str:
    return create_api_key(owner, "assistant", **limits)[1]


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_published_workflow_is_a_tool_that_gives_what_its_run_gives(
    alpha, owner, answers, mode
):
    await publish(owner)
    key = await key_of(owner, scopes=["workflow.run"])
    answers.append({"status": "completed", "items": [{"json": {"state": "sent"}}]})
    async with visiting(alpha) as visitor, connected(visitor, key, mode) as client:
        (tool,) = (await client.list_tools()).tools
        result = await client.call_tool("find_order", {"order_id": "7"})

    assert (tool.name, tool.description) == ("find_order", "Finds an order.")
    assert tool.input_schema == {
        "type": "object",
        "properties": {"order_id": {"type": "number", "description": "Its number."}},
        "required": ["order_id"],
    }
    assert result.structured_content == {"state": "sent"}
    assert [one.text for one in result.content] == ['{"state":"sent"}']
    (item,) = begun()
    assert item.json == {"order_id": 7}


async def test_a_call_is_noted_with_the_key_that_made_it(alpha, owner, answers):
    await publish(owner)
    key = await key_of(owner)
    async with visiting(alpha) as visitor, connected(visitor, key) as client:
        await client.call_tool("find_order", {"order_id": 7})

    (execution,) = [one async for one in Execution.objects.all()]
    entry = await Entry.objects.filter(action="execution.started").alast()
    assert (execution.mode, execution.started_by) == ("api", "assistant")
    assert (entry.actor_label, json.loads(entry.facts)["tool"]) == ("assistant", "find_order")


async def test_a_run_that_takes_too_long_goes_on_and_is_named(alpha, owner, answers):
    await publish(owner)
    key = await key_of(owner)
    async with visiting(alpha) as visitor, connected(visitor, key) as client:
        result = await client.call_tool("find_order", {"order_id": 7})

    (execution,) = [one async for one in Execution.objects.all()]
    assert not result.is_error
    assert result.structured_content == {"execution": str(execution.id), "status": "running"}


async def test_a_failed_run_is_an_error_without_its_inside(alpha, owner, answers):
    await publish(owner)
    key = await key_of(owner)
    error = {"message": "the password is hunter2"}
    answers.append({"status": "failed", "execution": "x", "error": error})
    async with visiting(alpha) as visitor, connected(visitor, key) as client:
        result = await client.call_tool("find_order", {"order_id": 7})

    assert result.is_error
    assert [one.text for one in result.content] == ["The workflow ended as failed (execution x)."]


@pytest.mark.parametrize(
    ("given", "said"), [({}, "'order_id' is missing"), ({"order_id": "seven"}, "cannot be read")]
)
async def test_arguments_that_do_not_fit_start_nothing(alpha, owner, answers, given, said):
    await publish(owner)
    key = await key_of(owner)
    async with visiting(alpha) as visitor, connected(visitor, key) as client:
        result = await client.call_tool("find_order", given)

    assert result.is_error
    assert said in result.content[0].text
    assert begun() == []


async def test_a_tool_that_is_switched_off_is_gone_at_once(alpha, owner, answers):
    workflow = await publish(owner)
    key = await key_of(owner)
    async with visiting(alpha) as visitor, connected(visitor, key) as client:
        await client.call_tool("find_order", {"order_id": 7})
        await sync_to_async(workflows.deactivate)(owner, workflow)
        with pytest.raises(mcp.MCPError, match="no tool 'find_order'"):
            await client.call_tool("find_order", {"order_id": 7})
        assert (await client.list_tools()).tools == []

    assert len(begun()) == 1


async def test_two_active_workflows_cannot_be_one_tool(owner):
    await publish(owner)

    with pytest.raises(WebhookPathTaken, match="the MCP tool find_order"):
        await publish(owner)


async def test_another_tenants_key_opens_nothing_here(alpha, beta, owner, as_tenant):
    with as_tenant(beta):
        foreign = await key_of(await sync_to_async(actor)(beta))
    await publish(owner)
    async with visiting(alpha) as visitor:
        answer = await visitor.http.post(
            "/mcp", json=NOT_READ, headers={"Authorization": f"Bearer {foreign}"}
        )

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_a_key_without_the_right_to_run_sees_no_tools(alpha, owner):
    await publish(owner)
    scoped = await key_of(owner, scopes=["workflow.view"])
    viewer = await key_of(owner, role=Role.VIEWER)
    async with visiting(alpha) as visitor:
        answers = [
            await visitor.http.post("/mcp", json=NOT_READ, headers={"X-API-Key": key})
            for key in (scoped, viewer)
        ]

    noted = await sync_to_async(list)(Entry.objects.values_list("action", "outcome"))
    assert [(one.status_code, one.json()["code"]) for one in answers] == [(403, "forbidden")] * 2
    assert noted.count(("workflow.run", "refused")) == 2


async def ask(visitor: Any, key: str, body: Any, **headers: str) -> tuple[int, Any]:
    answer = await visitor.http.post("/mcp", json=body, headers={"X-API-Key": key, **headers})
    told = answer.json() if answer.content else {}
    return answer.status_code, told.get("error", {}).get("code") or told.get("code")


async def test_what_is_no_message_or_comes_from_elsewhere_is_refused(alpha, owner):
    key = await key_of(owner)
    version = {"mcp-protocol-version": "1999-01-01"}
    renamed = {"mcp-method": "tools/call"}
    elsewhere = {"origin": "https://evil.example"}
    async with visiting(alpha) as visitor:
        assert await ask(visitor, key, [NOT_READ]) == (400, -32600)
        assert await ask(visitor, key, {**NOT_READ, "id": None}) == (400, -32600)
        assert await ask(visitor, key, {**NOT_READ, "method": "shutdown"}) == (200, -32601)
        assert await ask(visitor, key, {**NOT_READ, "params": []}) == (400, -32602)
        assert await ask(visitor, key, NOT_READ, **version) == (400, -32022)
        assert await ask(visitor, key, NOT_READ, **renamed) == (400, -32020)
        assert await ask(visitor, key, NOT_READ, **elsewhere) == (403, "bad_origin")
        assert await ask(visitor, key, {"jsonrpc": "2.0", "method": "x"}) == (202, None)
        stream = await visitor.http.get("/mcp", headers={"X-API-Key": key})
        assert (stream.status_code, stream.headers["allow"]) == (405, "POST")


async def test_a_draft_is_offered_while_somebody_listens(alpha, owner, answers):
    draft = await sync_to_async(workflows.create)(owner, document=flow(respond="all_items"))
    addresses, _ = await sync_to_async(triggers.listen)(owner, draft.row.id)
    key = await key_of(owner)
    answers.append({"status": "completed", "items": [{"json": {"n": 1}}, {"json": {"n": 2}}]})
    call = {"name": "find_order", "arguments": {"order_id": 1}}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    async with visiting(alpha) as visitor:
        live = await visitor.http.post("/mcp", json=body, headers={"X-API-Key": key})
        test = await visitor.http.post("/mcp-test", json=body, headers={"X-API-Key": key})

    assert addresses == ["/mcp-test"]
    assert live.json()["error"]["code"] == -32602
    result = test.json()["result"]
    assert result["structuredContent"] == {"items": [{"n": 1}, {"n": 2}]}


def replies(kind: str, body: Any, status: int = 200) -> dict[str, Any]:
    """What a Respond node said, as a worker tells it."""
    reply = {"status": status, "headers": {}, "kind": kind, "body": body}
    return {"status": "completed", "reply": reply}


@pytest.mark.parametrize(
    ("reply", "seen"),
    [
        (replies("json", {"n": 1}), ("text", '{"n":1}', {"n": 1}, False)),
        (replies("json", [1]), ("text", "[1]", None, False)),
        (replies("text", "Gone.", 410), ("text", "Gone.", None, True)),
    ],
)
async def test_what_a_respond_node_says_is_the_result(alpha, owner, answers, reply, seen):
    await publish(owner, respond="respond_node")
    key = await key_of(owner)
    answers.append(reply)
    async with visiting(alpha) as visitor, connected(visitor, key) as client:
        result = await client.call_tool("find_order", {"order_id": 7})

    (block,) = result.content
    assert (block.type, block.text, result.structured_content, result.is_error) == seen


@pytest.mark.parametrize(
    ("mime", "kind"), [("image/png", "image"), ("application/pdf", "resource")]
)
async def test_a_file_that_a_respond_node_gives_goes_with_the_result(
    alpha, owner, answers, mime, kind
):
    await publish(owner, respond="respond_node")
    key = await key_of(owner)
    file = await sync_to_async(files.put)(b"content", name="a", mime=mime)
    answers.append(replies("file", file.to_json()))
    async with visiting(alpha) as visitor, connected(visitor, key) as client:
        (block,) = (await client.call_tool("find_order", {"order_id": 7})).content

    encoded = block.data if kind == "image" else block.resource.blob
    assert (block.type, base64.b64decode(encoded)) == (kind, b"content")
