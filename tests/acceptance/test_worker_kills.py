"""Workers that are killed at random moments, and the log that stays whole (R-001, R-002)."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

import pytest

from headrace_bootstrap.programs import WORKERS
from headrace_bootstrap.stack import Stack
from tests.support.running import Client, rows, until
from tests.support.stub import Stub
from tests.support.workflows import MANUAL, document, node, sets

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
        nodes.append(node(f"call_{number}", "web.http_request", {"url": url, "method": "POST"}))
        if number < CALLS:
            nodes.append(node(f"edit_{number}", "data.edit_fields", sets("n", number)))
    chain = [f"{a['id']} -> {b['id']}" for a, b in zip(nodes, nodes[1:], strict=False)]
    return document(nodes, *chain)


def holder(stack: Stack, execution: str) -> str | None:
    """The name of the worker process that has this execution."""
    found = rows(
        stack,
        "select w.pid from run_queue q join run_worker w on w.id = q.worker "
        "where q.execution_id = %s",
        execution,
    )
    names = {stack.process_id(name): name for name in WORKERS}
    return names.get(found[0][0]) if found else None


@pytest.mark.timeout(400)
def test_a_run_ends_right_whenever_its_worker_is_killed(
    stack: Stack, client: Client, stub: Stub, watched_log: None
) -> None:
    """R-001, R-002, I3, I4, I6: twenty kills, one a run, each at a random moment of the run."""
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    assert rows(stack, "select count(*) from public.test_log_changes") == [(0,)]
    runs: list[tuple[str, str]] = []
    killed = 0
    while killed < KILLS:
        mark = f"kill-{seed}-{len(runs)}"
        execution = client.start(client.create(twenty_nodes(stub, mark)))
        runs.append((mark, execution))
        until(lambda: holder(stack, execution), "a worker has it")
        time.sleep(chance.uniform(0.0, 1.5))
        if (name := holder(stack, execution)) is not None:
            stack.kill(name)
            killed += 1
        # The last runs end together; a run that lost its worker waits for the lease alone.
        if len(runs) >= 2:
            client.ended(runs[-2][1])

    for mark, execution in runs:
        ended = client.ended(execution)
        calls = [stub.count(f"/{mark}/{number}?delay_s=0.1") for number in range(1, CALLS + 1)]
        events = client.events(execution)
        completed = [e["node"] for e in events if e["type"] == "workflow.step.completed"]
        assert ended["status"] == "completed", (seed, ended["error"])
        assert [step["node"] for step in ended["steps"]] == list(dict.fromkeys(completed))
        assert len(completed) == len(set(completed)) == 2 * CALLS, (seed, completed)
        assert [event["seq"] for event in events] == list(range(1, len(events) + 1)), seed
        # A run shares its worker with its neighbour, so two kills may meet it, no more.
        assert set(calls) <= {1, 2}, (seed, calls)
        assert calls.count(2) <= 2, (seed, calls)
    assert all(len(keys) == 1 for path, keys in stub.keys.items() if f"/kill-{seed}-" in path), seed
    assert rows(stack, "select * from public.test_log_changes") == []


def test_the_watch_on_the_log_sees_changes(
    stack: Stack, client: Client, watched_log: None
) -> None:
    """A watch that sees nothing proves nothing."""
    execution = client.run(document([MANUAL, node("end", "flow.no_op")], "start -> end"))["id"]

    rows(
        stack,
        "update t_demo.executions_logsegment set format = format where execution_id = %s",
        execution,
    )

    assert rows(stack, "select what from public.test_log_changes")
