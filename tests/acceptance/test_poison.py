"""A step that takes its worker with it each time: it alone fails, and all else goes on."""

from __future__ import annotations

import pytest

from headrace_bootstrap.programs import WORKERS
from headrace_bootstrap.stack import Stack
from tests.support.running import Client, rows, until
from tests.support.stub import Stub
from tests.support.workflows import MANUAL, in_a_row, node

CRASHES = 3
"""So many workers in a row may die with a step before it is blamed."""


def is_begun(client: Client, execution: str, times: int) -> bool:
    """Does the log say so? A worker that dies before it does leaves nothing to be blamed."""
    begun = [one for one in client.events(execution) if one["type"] == "workflow.step.started"]
    return sum(one["node"] == "poison" for one in begun) == times


def kill_holder(stack: Stack, execution: str) -> None:
    """`kill -9` for the worker that has this execution."""
    ((pid,),) = rows(
        stack,
        "select w.pid from run_queue q join run_worker w on w.id = q.worker "
        "where q.execution_id = %s",
        execution,
    )
    names = {stack.process_id(name): name for name in WORKERS}
    stack.kill(names[pid])


@pytest.mark.timeout(400)
def test_a_step_that_kills_each_worker_is_blamed_and_others_go_on(
    stack: Stack, client: Client, stub: Stub
) -> None:
    """R-005: the execution fails with that step named, after three workers and not one more."""
    path = "/poison?delay_s=250"
    # On a busy machine a kill may be long in coming: no attempt may end before it by itself.
    call = node("poison", "web.http_request", {"url": stub.url(path), "timeout_s": 240})
    poisoned = client.start(client.create(in_a_row([MANUAL, call, node("end", "flow.no_op")])))
    bystander = client.create(in_a_row([MANUAL, node("end", "flow.no_op")]))
    others = []
    for nth in range(1, CRASHES + 1):
        until(lambda nth=nth: stub.count(path) == nth, f"attempt {nth} is under way")
        until(lambda nth=nth: is_begun(client, poisoned, nth), f"attempt {nth} is in the log")
        kill_holder(stack, poisoned)
        others.append(client.start(bystander))

    ended = client.ended(poisoned)
    ends = {client.ended(one)["status"] for one in others}

    assert (ended["status"], ended["error"]["code"]) == ("failed", "crashed")
    assert ended["error"]["node"] == "poison"
    assert stub.count(path) == CRASHES
    assert ends == {"completed"}
