"""People and shared state while workers are killed: nothing lost, nothing counted twice."""

from __future__ import annotations

from functools import partial
from typing import Any

from headrace_bootstrap.programs import WORKERS
from headrace_bootstrap.stack import Stack
from tests.support.running import Client, until
from tests.support.stub import Stub
from tests.support.workflows import MANUAL, document, in_a_row, node

RUNS = 24
KILLS = 4


def open_approval(client: Client, execution: str) -> dict[str, Any]:
    """What the execution asks, once it does."""
    found: list[dict[str, Any]] = []

    def has() -> bool:
        found[:] = [
            row
            for row in client.get("approvals/", state="open")["results"]
            if row["execution"]["id"] == execution
        ]
        return bool(found)

    until(has, "the approval")
    return found[0]


def test_an_approval_outlives_the_workers_and_counts_once(
    stack: Stack, client: Client, stub: Stub
) -> None:
    """P-5, R-042: asked before the kill, decided during it, twice, carried out after it."""
    flow = document(
        [
            MANUAL,
            node("ask", "human.approval", {"title": "Pay?"}),
            node("pay", "web.http_request", {"url": stub.url("/pay-once"), "method": "POST"}),
        ],
        "start -> ask",
        "ask.approved -> pay",
    )
    execution = client.start(client.create(flow), {"amount": 3})
    approval = open_approval(client, execution)
    for worker in WORKERS:
        stack.kill(worker)

    first = client.post(f"approvals/{approval['id']}/approve/", {"reason": "fine"})
    second = client.http.post(f"/api/v1/approvals/{approval['id']}/reject/", json={"reason": "no"})

    assert (first["state"], first["can_decide"]) == ("approved", False)
    assert (second.status_code, second.json()["code"]) == (409, "approval_decided")
    assert client.ended(execution)["status"] == "completed"
    assert stub.count("/pay-once") == 1
    (item,) = client.items(execution, "ask")
    assert (item["amount"], item["approval"]["reason"]) == (3, "fine")


def test_a_counter_gives_each_number_once_while_workers_die(
    stack: Stack, client: Client, stub: Stub
) -> None:
    """I4: many runs count at once; a kill makes no number twice and leaves none out."""
    # A read may be made again; a write that a kill cuts off would wait for a person.
    call = {"url": stub.url("/count?delay_s=0.2")}
    workflow = client.create(
        in_a_row(
            [
                MANUAL,
                node("before", "web.http_request", call),
                node("count", "data.key_value", {"operation": "incr", "key": "n"}),
                node("after", "web.http_request", call),
            ]
        )
    )
    executions = []
    for number in range(RUNS):
        executions.append(client.start(workflow))
        if number % (RUNS // KILLS) == RUNS // KILLS - 1:
            worker = WORKERS[number // (RUNS // KILLS) % len(WORKERS)]
            until(partial(stack.process_id, worker), "the worker is there again")
            stack.kill(worker)

    assert {client.ended(one)["status"] for one in executions} == {"completed"}
    numbers = [client.items(one, "count")[0]["value"] for one in executions]
    assert sorted(numbers) == list(range(1, RUNS + 1))
