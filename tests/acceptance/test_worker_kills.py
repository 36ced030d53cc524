"""Workers that are killed at random moments, and the log that stays whole (R-001, R-002)."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial

import pytest

from headrace_bootstrap.programs import WORKERS
from headrace_bootstrap.stack import Stack
from tests.support.running import Client, rows, until
from tests.support.stub import Stub
from tests.support.workflows import MANUAL, document, in_a_row, node, sets

KILLS = 20
CALLS = 10
WATCH_THE_LOG = """
create table public.test_log_changes (what text, execution_id uuid);
create function public.test_note_log_change() returns trigger language plpgsql as $$
begin
    insert into public.test_log_changes values (tg_op, old.execution_id);
    return coalesce(new, old);
end $$;
create trigger test_watch before update or delete on t_demo.executions_logsegment
    for each row execute function public.test_note_log_change();
"""
STOP_WATCHING = """
drop trigger test_watch on t_demo.executions_logsegment;
drop function public.test_note_log_change();
drop table public.test_log_changes;
"""


@pytest.fixture
def watched_log(stack: Stack) -> Iterator[None]:
    """Whoever changes or deletes a row of the log leaves a trace."""
    rows(stack, WATCH_THE_LOG)
    yield
    rows(stack, STOP_WATCHING)


def twenty_nodes(stub: Stub, mark: str) -> dict[str, object]:
    """A trigger and nineteen nodes in a chain; every second one calls the stub."""
    nodes = [MANUAL]
    for number in range(1, CALLS + 1):
        url = stub.url(f"/{mark}/{number}?delay_s=0.1")
        call = {"url": url, "method": "POST", "honours_key": True}
        nodes.append(node(f"call_{number}", "web.http_request", call))
        if number < CALLS:
            nodes.append(node(f"edit_{number}", "data.edit_fields", sets("n", number)))
    return in_a_row(nodes)


def holder(stack: Stack, execution: str) -> int:
    """The process id of the worker that has this execution; 0 when none has."""
    found = rows(
        stack,
        "select w.pid from run_queue q join run_worker w on w.id = q.worker "
        "where q.execution_id = %s",
        execution,
    )
    return found[0][0] if found else 0


def kill(stack: Stack, pid: int) -> list[str]:
    """Kill a worker; the executions that it takes with it."""
    names = {stack.process_id(name): name for name in WORKERS}
    if pid not in names:
        return []
    stack.kill(names[pid])
    held = rows(
        stack,
        "select q.execution_id::text from run_queue q join run_worker w on w.id = q.worker "
        "where w.pid = %s",
        pid,
    )
    return [execution for (execution,) in held]


@pytest.mark.timeout(600)
def test_a_run_ends_right_whenever_its_worker_is_killed(
    stack: Stack, client: Client, stub: Stub, watched_log: None
) -> None:
    """R-001, R-002, I3, I4, I6: twenty kills at random moments of a run.

    Two runs are open at a time, so a kill may meet both. A call that was under way is repeated
    once for each kill that met it; no other call is.
    """
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails
    chance = random.Random(seed)
    runs: list[tuple[str, str]] = []
    met: Counter[str] = Counter()
    killed = 0
    while killed < KILLS:
        mark = f"kill-{seed}-{len(runs)}"
        execution = client.start(client.create(twenty_nodes(stub, mark)))
        runs.append((mark, execution))
        until(partial(holder, stack, execution), "a worker has it")
        time.sleep(chance.uniform(0.0, 1.5))
        if held := kill(stack, holder(stack, execution)):
            met.update(held)
            killed += 1
        if len(runs) > 1:
            client.ended(runs[-2][1])

    for mark, execution in runs:
        ended = client.ended(execution)
        events = client.events(execution)
        completed = [e["node"] for e in events if e["type"] == "workflow.step.completed"]
        calls = [stub.count(f"/{mark}/{number}?delay_s=0.1") for number in range(1, CALLS + 1)]
        assert ended["status"] == "completed", (seed, ended["error"])
        assert len(completed) == len(set(completed)) == 2 * CALLS, (seed, completed)
        assert [event["seq"] for event in events] == list(range(1, len(events) + 1)), seed
        assert min(calls) == 1, (seed, calls)
        assert sum(calls) - CALLS <= met[execution], (seed, calls, met[execution])
    keys = [keys for path, keys in stub.keys.items() if f"/kill-{seed}-" in path]
    assert {len(one) for one in keys} == {1}, seed
    assert rows(stack, "select * from public.test_log_changes") == []


def one_write(stub: Stub, path: str) -> dict[str, object]:
    """A POST that the other side would not recognise, and a node behind it."""
    call = node("call", "web.http_request", {"url": stub.url(path), "method": "POST"})
    return in_a_row([MANUAL, call, node("end", "flow.no_op")])


def test_a_write_cut_off_by_a_kill_waits_for_a_person_and_is_not_repeated(
    stack: Stack, client: Client, stub: Stub
) -> None:
    """R-002, P-3: killed while the call is under way."""
    path = "/cut-off?delay_s=2"
    execution = client.start(client.create(one_write(stub, path)))
    until(lambda: stub.count(path) == 1, "the call")
    kill(stack, holder(stack, execution))

    waiting = client.reached(execution, "waiting")
    decision = {"node": "call", "run": "0", "decision": "happened", "items": [{"id": 7}]}
    client.post(f"executions/{execution}/decide/", decision)
    ended = client.ended(execution)

    asked = {step["node"]: step["status"] for step in waiting["steps"]}
    assert (waiting["waiting_for"], asked["call"]) == ("decision", "unknown")
    assert (ended["status"], stub.count(path)) == ("completed", 1)
    assert client.items(execution, "end") == [{"id": 7}]


def test_a_worker_that_is_told_to_stop_lets_a_write_end_and_loses_nothing(
    stack: Stack, client: Client, stub: Stub
) -> None:
    """R-043: SIGTERM in the middle of a call; another worker goes on behind it."""
    path = "/drained?delay_s=2"
    execution = client.start(client.create(one_write(stub, path)))
    until(lambda: stub.count(path) == 1, "the call")
    first = holder(stack, execution)
    os.kill(first, signal.SIGTERM)

    ended = client.ended(execution)

    kinds = [(event["type"], event.get("node")) for event in client.events(execution)]
    assert (ended["status"], stub.count(path)) == ("completed", 1)
    assert kinds.count(("workflow.step.completed", "call")) == 1
    assert kinds.count(("workflow.step.started", "call")) == 1
    until(lambda: first not in {stack.process_id(name) for name in WORKERS}, "a new worker")


def test_the_watch_on_the_log_sees_changes(stack: Stack, client: Client, watched_log: None) -> None:
    """A watch that sees nothing proves nothing."""
    execution = client.run(document([MANUAL, node("end", "flow.no_op")], "start -> end"))["id"]

    rows(
        stack,
        "update t_demo.executions_logsegment set format = format where execution_id = %s",
        execution,
    )

    assert rows(stack, "select what from public.test_log_changes")
