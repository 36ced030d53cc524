"""Workers that are killed in the middle of an agent's loop: nothing that has ended is done again."""

from __future__ import annotations

import pytest

from headrace_bootstrap.stack import Stack
from tests.support.agents import agent, tool, wants, with_tools
from tests.support.model_servers import ModelServer, Scripted
from tests.support.running import Client, until, worker_of
from tests.support.stub import Stub

SLOW = "/agent/slow?delay_s=1.5"


@pytest.mark.timeout(120)
def test_an_agent_goes_on_where_its_workers_died(
    stack: Stack, client: Client, models: ModelServer, stub: Stub
) -> None:
    """M071, R-059: one worker dies while a tool is called, another while the model answers."""
    _add_model(client, models)
    answer = Scripted("Done.", pause_s=5)
    models.script = [_calls(stub, "/agent/a"), _calls(stub, "/agent/b", SLOW), answer]
    models.usual = Scripted("Done.")
    tools = [tool("send", "POST"), tool("look")]
    flow = with_tools(agent(), *tools)

    execution = client.start(client.create(flow), {"id": 1})
    until(lambda: stub.count(SLOW) == 1 and _has_ended(client, execution, "0.1.0"), "turn two")
    stack.kill(worker_of(stack, execution))
    until(lambda: len(models.received) == 3 and models.busy, "the answer has begun")
    stack.kill(worker_of(stack, execution))

    assert client.ended(execution)["status"] == "completed"
    (item,) = client.items(execution, "agent")
    assert item["answer"] == "Done."
    counts = [stub.count(path) for path in ("/agent/a", "/agent/b", SLOW)]
    assert counts == [1, 1, 2], "only what was cut off was called again"
    # Three turns, of which the last was cut off once.
    assert len(models.received) == 4
    told = [one for one in models.received[-1].body["messages"] if one["role"] == "tool"]
    assert len(told) == 3


def _calls(stub: Stub, *paths: str) -> Scripted:
    """Writes, but what is slow is only looked at."""
    return wants(*(("look" if path == SLOW else "send", {"url": stub.url(path)}) for path in paths))


def _has_ended(client: Client, execution: str, call: str) -> bool:
    """Does the log say that this call has ended?"""
    return any(
        one["type"] == "workflow.step.call.completed" and one["data"]["call"] == call
        for one in client.events(execution)
    )


def _add_model(client: Client, models: ModelServer) -> None:
    data = {"api_key": "k", "base_url": models.base("openai_compatible")}
    body = {"name": "able", "type": "openai_compatible", "data": data}
    credential = client.post("credentials/", body)["id"]
    given = {"name": "able", "provider": "openai_compatible", "model": "m"}
    client.post("llm/models/", {**given, "credential": credential, "tier": "standard"})
