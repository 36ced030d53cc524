"""Workflows that call workflows and emit events, while workers are killed: nothing lost or doubled."""

from __future__ import annotations

import random
import time
from functools import partial

import pytest

from headrace_bootstrap.programs import WORKERS
from headrace_bootstrap.stack import Stack
from tests.support.running import Client, rows, until
from tests.support.stub import Stub
from tests.support.workflows import MANUAL, in_a_row, node

ITEMS = 12
KILLS = 6


def called(stub: Stub, mark: str) -> dict[str, object]:
    """Calls the stub, which would recognise a repetition, for its order, and says so."""
    url = {"=": stub.url(f"/{mark}/") + "{{ $json.order }}?delay_s=0.1"}
    return in_a_row(
        [
            node("in", "triggers.workflow_input"),
            node("call", "web.http_request", {"url": url, "method": "POST", "honours_key": True}),
            node("emit", "flow.emit_event", {"event": f"{mark}.booked"}),
        ]
    )


@pytest.mark.timeout(240)
def test_calls_and_events_are_neither_lost_nor_doubled(
    stack: Stack, client: Client, stub: Stub
) -> None:
    """R-001, engine-rules 34: workers die while parents wait, children run and events leave."""
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails
    chance = random.Random(seed)
    mark = f"children-{seed}"
    child = client.create({**called(stub, mark), "name": f"Child {mark}"}, publish=True)
    listens = in_a_row(
        [node("on", "triggers.event", {"pattern": f"{mark}.*"}), node("end", "flow.no_op")]
    )
    listener = client.create({**listens, "name": f"Listener {mark}"}, publish=True)
    parent = in_a_row([MANUAL, node("call", "flow.run_workflow", {"workflow": child})])

    execution = client.start(client.create(parent), *({"order": n} for n in range(ITEMS)))
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.1, 0.8))
        stack.kill(chance.choice(_at_work(stack)))

    ended = client.ended(execution)
    assert ended["status"] == "completed", (seed, ended["error"])
    found = [item["path"] for item in client.items(execution, "call")]
    assert found == [f"/{mark}/{n}" for n in range(ITEMS)], seed
    assert len(client.executions(child)) == ITEMS, seed
    until(partial(_have_ended, client, listener), "every event has been handled")
    assert len(client.get("events/", type=f"{mark}.booked", limit=200)["results"]) == ITEMS, seed
    keys = [keys for path, keys in stub.keys.items() if path.startswith(f"/{mark}/")]
    assert [len(one) for one in keys] == [1] * ITEMS, seed


def _at_work(stack: Stack) -> list[str]:
    """The workers that have a lease, as soon as there are any.

    Not one whose run already lost two in a row: with the third its step is rightly blamed
    (test_poison).
    """
    found: list[str] = []
    statement = (
        "select w.pid from run_worker w where w.lease_until > clock_timestamp() and not exists "
        "(select from run_queue q where q.worker = w.id and q.crashes >= 2)"
    )

    def look() -> bool:
        leases = rows(stack, statement)
        alive = {pid for (pid,) in leases}
        found[:] = [name for name in WORKERS if stack.process_id(name) in alive]
        return bool(found)

    until(look, "a worker is at work")
    return found


def _have_ended(client: Client, listener: str) -> bool:
    statuses = [run["status"] for run in client.executions(listener)]
    assert len(statuses) <= ITEMS
    return statuses == ["completed"] * ITEMS
