"""The queue under load: what a claim and an end cost, who waits for how long, and what wakes.

Executions are accepted by webhook while a lock keeps every worker from claiming; then all begin at
once, so that only workers and database are measured.
"""

from __future__ import annotations

import asyncio
import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import httpx
import psycopg

from headrace_bootstrap.console import say
from headrace_bootstrap.stack import Stack
from tests.bench.http_client import Connection
from tests.support.running import Client, command, rows, until, webhook
from tests.support.workflows import document, node

BACKLOG: Final = 2_000
WAITING: Final = 10_000
FLOOD_S: Final = 10.0
CALLERS: Final = 20
OTHER: Final = "other"

ENDED_SINCE = (
    "select count(*), extract(epoch from max(ended_at) - min(started_at))::float, sum(last_seq) "
    "from t_demo.executions_execution where number > %s and ended_at is not null"
)


def main(waiting: int) -> int:
    """Measure and print one JSON line a figure; so many waiting runs are woken."""
    with Stack.temporary(
        {"MULTI_TENANT": "true", "HEADRACE_TENANT_CONCURRENCY": "400"}, durable=True, workers=4
    ) as stack:
        clients = _sign_in(stack)
        for client in clients.values():
            client.create(_quick("quick"), publish=True)
        for workers in (4, 2, 1):
            for name in stack.workers[workers:]:
                stack.stop(name)
            _throughput(stack, workers)
        stack.start(stack.workers[1])
        _quiet_tenant(stack)
        _wake_up(stack, clients["demo"], waiting)
    return 0


def _quick(path: str) -> dict[str, Any]:
    return document([webhook(path), node("end", "flow.no_op")], "hook -> end")


def _sign_in(stack: Stack) -> dict[str, Client]:
    assert stack.owner is not None
    assert stack.owner.password is not None
    made = command(stack, "create_tenant", OTHER, "--owner", "owner@other.example").stdout
    (line,) = [line for line in made.splitlines() if "assword of" in line]
    people = {
        "demo": (stack.owner.email, stack.owner.password),
        OTHER: ("owner@other.example", line.split()[-1]),
    }
    return {
        slug: Client.sign_in(_url(stack), email, password, _host(stack, slug))
        for slug, (email, password) in people.items()
    }


def _url(stack: Stack) -> str:
    return f"http://127.0.0.1:{stack.port}"


def _host(stack: Stack, slug: str) -> str:
    return f"{slug}.localhost:{stack.port}"


def _throughput(stack: Stack, workers: int) -> None:
    """A backlog of executions of two steps, drained by so many workers."""
    _accept(stack, "quick", 50)
    _until_idle(stack)
    last = _last_number(stack)
    with _no_claims(stack):
        _accept(stack, "quick", BACKLOG)
    _until_idle(stack)
    ((count, took_s, events),) = rows(stack, ENDED_SINCE, last)
    _tell("queue.claim_and_finish", count / took_s, "1/s", workers=workers)
    _tell("queue.events", float(events) / took_s, "1/s", workers=workers)


def _quiet_tenant(stack: Stack) -> None:
    """One tenant posts as fast as it can, another every 0.2 s: how long does the second wait?"""
    stop = threading.Event()
    ((since,),) = rows(stack, "select clock_timestamp()")

    def flood() -> None:
        headers = {"Host": _host(stack, "demo")}
        with httpx.Client(base_url=_url(stack), headers=headers, timeout=60) as http:
            while not stop.is_set():
                http.post("/webhook/quick", json={})

    threads = [threading.Thread(target=flood) for _ in range(CALLERS)]
    for thread in threads:
        thread.start()
    headers = {"Host": _host(stack, OTHER)}
    began = time.monotonic()
    with httpx.Client(base_url=_url(stack), headers=headers, timeout=60) as http:
        while time.monotonic() - began < FLOOD_S:
            http.post("/webhook/quick", json={})
            time.sleep(0.2)
    stop.set()
    for thread in threads:
        thread.join()
    _until_idle(stack)
    for slug, name in (("demo", "flooding"), (OTHER, "quiet")):
        ((count, p50, p95),) = rows(
            stack,
            "select count(*), percentile_cont(0.5) within group (order by waited), "
            "percentile_cont(0.95) within group (order by waited) from (select 1000 * extract("
            f"epoch from started_at - queued_at)::float as waited from t_{slug}."
            "executions_execution where queued_at > %s) w",
            since,
        )
        _tell(f"queue.{name}_tenant.started", count, "1")
        _tell(f"queue.{name}_tenant.start_p50", p50, "ms")
        _tell(f"queue.{name}_tenant.start_p95", p95, "ms")


def _wake_up(stack: Stack, client: Client, waiting: int) -> None:
    """Many runs wait for one moment, which comes while no worker and no scheduler runs."""
    pause = node("pause", "flow.wait", {"mode": "until", "until": {"=": "{{ $json.body.until }}"}})
    flow = document(
        [webhook("wait"), pause, node("end", "flow.no_op")], "hook -> pause", "pause -> end"
    )
    client.create(flow, publish=True)
    last = _last_number(stack)
    # Accepting and beginning them takes a while; the moment must come later.
    moment = datetime.now(UTC) + timedelta(seconds=waiting / 40)
    _accept(stack, "wait", waiting, {"until": moment.isoformat()})
    until(lambda: _count(stack, "waiting") == waiting, "all wait", 600)
    for name in (*stack.workers[:2], "scheduler"):
        stack.stop(name)
    rest_s = (moment - datetime.now(UTC)).total_seconds()
    say(f"  {waiting:,} runs wait, for {rest_s:.0f} s more")
    time.sleep(max(0.0, rest_s))
    stack.start("scheduler")
    began = time.monotonic()
    for name in stack.workers[:2]:
        stack.start(name)
    until(lambda: not _count(stack, "waiting"), "all are due", 120)
    due_s = time.monotonic() - began
    _until_idle(stack)
    ((count, took_s),) = rows(
        stack,
        "select count(*), extract(epoch from max(ended_at) - min(ended_at))::float "
        "from t_demo.executions_execution where number > %s and ended_at is not null",
        last,
    )
    _tell("queue.wake.all_due", due_s, "s", waiting=waiting)
    _tell("queue.wake.drained", count / took_s, "1/s", waiting=waiting)


@contextmanager
def _no_claims(stack: Stack) -> Iterator[None]:
    """No worker can claim for the tenant until the block ends."""
    with psycopg.connect(stack.environment["DATABASE_URL"]) as connection:
        connection.execute("select 1 from run_tenant for update")
        yield


def _accept(stack: Stack, path: str, count: int, body: dict[str, Any] | None = None) -> None:
    asyncio.run(_post(stack, path, count, body or {}))


async def _post(stack: Stack, path: str, count: int, body: dict[str, Any]) -> None:
    host = _host(stack, "demo")
    connections = [await Connection.open(stack.port, host) for _ in range(CALLERS)]
    numbers = iter(range(count))

    async def post(connection: Connection) -> None:
        for _ in numbers:
            status, _answer = await connection.post(f"/webhook/{path}", body)
            assert status == 200, status

    await asyncio.gather(*map(post, connections))
    for connection in connections:
        await connection.close()


def _until_idle(stack: Stack) -> None:
    until(
        lambda: not rows(stack, "select 1 from run_queue where state <> 'waiting' limit 1"),
        "nothing is left to do",
        600,
    )


def _count(stack: Stack, state: str) -> int:
    ((count,),) = rows(stack, "select count(*) from run_queue where state = %s", state)
    return int(count)


def _last_number(stack: Stack) -> int:
    ((last,),) = rows(stack, "select coalesce(max(number), 0) from t_demo.executions_execution")
    return int(last)


def _tell(name: str, value: float, unit: str, **labels: int) -> None:
    load = round(os.getloadavg()[0], 1)
    say(json.dumps({"name": name, "value": round(value, 2), "unit": unit, **labels, "load": load}))
