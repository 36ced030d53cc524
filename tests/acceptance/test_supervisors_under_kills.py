"""Every worker dies in the middle of a supervisor's delegations: each agent was asked once."""

from __future__ import annotations

import uuid

import pytest

from headrace_bootstrap.programs import WORKERS
from headrace_bootstrap.stack import Stack
from tests.support.running import Client, until
from tests.support.stub import Stub
from tests.support.workflows import MANUAL, in_a_row, node

GIVEN = node("task", "triggers.workflow_input")


@pytest.mark.timeout(180)
def test_each_delegate_runs_once_though_all_workers_die_meanwhile(
    stack: Stack, client: Client, stub: Stub
) -> None:
    """M074, R-001: one agent is done, two are at work, and their supervisor waits for them."""
    mark = uuid.uuid4().hex[:8]
    names = [f"{mark} {letter}" for letter in "ABC"]
    agents = [_agent(client, stub, mark, name) for name in names]
    given = {
        "task": "Go.",
        "agents": [{"name": name, "type": "text", "value": ""} for name in names],
        "strategy": "together",
        "merge": "by_agent",
        "model": "offline",
    }
    flow = in_a_row([MANUAL, node("lead", "ai.supervisor", given)])

    execution = client.start(client.create(flow), {"n": 1})
    until(lambda: _is_done(client, agents[0]), "the first agent is done")
    until(lambda: all(stub.count(_slow(mark, name)) for name in names[1:]), "two are at work")
    for worker in WORKERS:
        stack.kill(worker)

    assert client.ended(execution, within_s=120)["status"] == "completed"
    (item,) = client.items(execution, "lead")
    assert sorted(item["answer"]) == names
    assert [len(client.executions(agent)) for agent in agents] == [1, 1, 1]
    assert [stub.count(_write(mark, name)) for name in names] == [1, 1, 1]


def _agent(client: Client, stub: Stub, mark: str, name: str) -> str:
    """An agent that looks, all but the first for a while, and then writes; its id."""
    look = {"url": stub.url(_slow(mark, name))}
    write = {"url": stub.url(_write(mark, name)), "method": "POST"}
    steps = [
        GIVEN,
        node("look", "web.http_request", look),
        node("write", "web.http_request", write),
    ]
    workflow = client.create({**in_a_row(steps), "name": name}, publish=True)
    client.post("agents/", {"workflow": workflow, "name": name})
    return workflow


def _slow(mark: str, name: str) -> str:
    return f"/{mark}/{name[-1]}/look" + ("" if name.endswith("A") else "?delay_s=2")


def _write(mark: str, name: str) -> str:
    return f"/{mark}/{name[-1]}/write"


def _is_done(client: Client, agent: str) -> bool:
    return [one["status"] for one in client.executions(agent)] == ["completed"]
