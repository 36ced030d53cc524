"""An agent with the tools of a real MCP server."""

from __future__ import annotations

import pytest

from headrace.credentials import actions as credentials
from headrace.executions import queries
from tests.support.agents import agent, told_of, wants, with_tools
from tests.support.engine import begin, ended, working
from tests.support.mcp_server import serving
from tests.support.workflows import node

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def box(settings, server, owner, api):
    """The node that lends `add`, once a member approved it in the form."""
    with serving(token="canary") as port:
        settings.HEADRACE_EGRESS_ALLOW = (server.place, f"127.0.0.1:{port}")
        key = credentials.create(owner, name="key", kind="http_bearer", data={"token": "canary"})
        params = {"url": f"http://127.0.0.1:{port}/mcp", "tools": ["add"], "access": "read"}
        chosen = {"auth": str(key.id)}
        asked = {"params": params, "credentials": chosen}
        answer = api().post("nodes/ai.mcp_tools/options/approved/", asked)
        (approved,) = [one["value"] for one in answer.json()["options"]]
        yield node("box", "ai.mcp_tools", {**params, "approved": approved}, credentials=chosen)


def ran(owner, box):
    with working():
        execution = begin(owner, with_tools(agent(), box), {"id": 1})
        status = ended(execution)
    return status, execution


def test_a_model_calls_an_approved_tool_of_a_server_and_reads_what_it_gives(
    model, owner, server, box
):
    model()
    server.script = [wants(("add", {"a": 20})), wants(("add", {"a": "many"}))]

    status, execution = ran(owner, box)

    (item,) = [one["json"] for one in queries.answer(execution)["items"]]
    assert (status, item["answer"]) == ("completed", "Hello there.")
    (offered,) = server.received[0].body["tools"]
    assert offered["function"]["description"] == "Adds two numbers."
    given, refused = told_of(server.received[2])
    assert '{"value": 21}' in given
    assert "do not fit" in refused


def test_a_server_that_changed_its_tools_lends_none(model, owner, server, box):
    model()
    box["params"]["approved"] = "1 tool@000000000000000000000000"

    status, execution = ran(owner, box)

    step = next(one for one in queries.history(execution) if one.node == "agent")
    assert (status, step.error["code"]) == ("failed", "tool_not_approved")
    assert server.received == []
