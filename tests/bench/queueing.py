"""The queue under load: what a claim and an end cost, who waits for how long, and what wakes.

Executions are accepted by webhook while a lock keeps every worker from claiming; then all begin at
once, so that only workers and database are measured.
"""

from __future__ import annotations

import asyncio
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
from tests.bench.figures import Figure, table, told
from tests.bench.http_client import Connection
from tests.support.running import Client, command, rows, until, webhook
from tests.support.workflows import document, node

BACKLOG: Final = 2_000
WAITING: Final = 10_000
FLOOD_S: Final = 10.0
TRIED: Final = 300
SPARE_S: Final = 10.0
"""Waiting runs by which is found out how long many of them take, and what may be wrong by that."""

CALLERS: Final = 20
OTHER: Final = "other"

ENDED_SINCE = (
    "select count(*), extract(epoch from max(ended_at) - min(started_at))::float, sum(last_seq) "
    "from t_demo.executions_execution where number > %s and ended_at is not null"
)


def measure(waiting: int) -> list[Figure]:
    """Everything, in a stack of its own, in about four minutes; so many waiting runs are woken."""
    with Stack.temporary(
        {"MULTI_TENANT": "true", "HEADRACE_TENANT_CONCURRENCY": "400"}, durable=True, workers=4
    ) as stack:
        clients = _sign_in(stack)
        for client in clients.values():
            client.create(_quick("quick"), publish=True)
        found: list[Figure] = []
        for workers in (4, 2, 1):
            for name in stack.workers[workers:]:
                stack.stop(name)
            found += _throughput(stack, workers)
        stack.start(stack.workers[1])
        return [*found, *_quiet_tenant(stack), *_wake_up(stack, clients["demo"], waiting)]


def report(figures: list[Figure]) -> str:
    """A table and JSON lines."""
    return "\n".join([table("queue", figures), "", *(one.json_line() for one in figures)])


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


def _throughput(stack: Stack, workers: int) -> Iterator[Figure]:
    """A backlog of executions of two steps, drained by so many workers."""
    _accept(stack, "quick", 50)
    _until_idle(stack)
    last = _last_number(stack)
    with _no_claims(stack):
        _accept(stack, "quick", BACKLOG)
    _until_idle(stack)
    ((count, took_s, events),) = rows(stack, ENDED_SINCE, last)
    yield told("queue.claim_and_finish", count / took_s, "1/s", workers=workers)
    yield told("queue.events", float(events) / took_s, "1/s", workers=workers)


def _quiet_tenant(stack: Stack) -> Iterator[Figure]:
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
        yield told(f"queue.{name}_tenant.started", count, "1")
        yield told(f"queue.{name}_tenant.start_p50", p50, "ms")
        yield told(f"queue.{name}_tenant.start_p95", p95, "ms")


def _wake_up(stack: Stack, client: Client, waiting: int) -> Iterator[Figure]:
    """Many runs wait for one moment, which comes while no worker and no scheduler runs."""
    pause = node("pause", "flow.wait", {"mode": "until", "until": {"=": "{{ $json.body.until }}"}})
    flow = document(
        [webhook("wait"), pause, node("end", "flow.no_op")], "hook -> pause", "pause -> end"
    )
    client.create(flow, publish=True)
    lead_s = SPARE_S + 2 * waiting * _seconds_until_waiting(stack)
    last = _last_number(stack)
    moment = datetime.now(UTC) + timedelta(seconds=lead_s)
    _let_wait(stack, waiting, moment)
    for name in (*stack.workers[:2], "scheduler"):
        stack.stop(name)
    rest_s = (moment - datetime.now(UTC)).total_seconds()
    assert rest_s > 0, "the moment came before all of them waited; is the machine busy?"
    say(f"  {waiting:,} runs wait, for {rest_s:.0f} s more")
    time.sleep(rest_s)
    stack.start("scheduler")
    began = time.monotonic()
    for name in stack.workers[:2]:
        stack.start(name)
    until(lambda: not _count(stack, "waiting"), "all are due", 120)
    yield told("queue.wake.all_due", time.monotonic() - began, "s", waiting=waiting)
    _until_idle(stack)
    ((count, took_s),) = rows(
        stack,
        "select count(*), extract(epoch from max(ended_at) - min(ended_at))::float "
        "from t_demo.executions_execution where number > %s and ended_at is not null",
        last,
    )
    yield told("queue.wake.drained", count / took_s, "1/s", waiting=waiting)


def _seconds_until_waiting(stack: Stack) -> float:
    """What one run takes to be accepted and begun, of a few that wait until tomorrow."""
    began = time.monotonic()
    _let_wait(stack, TRIED, datetime.now(UTC) + timedelta(days=1))
    took_s = time.monotonic() - began
    rows(stack, "delete from run_queue where state = 'waiting'")
    return took_s / TRIED


def _let_wait(stack: Stack, count: int, moment: datetime) -> None:
    _accept(stack, "wait", count, {"until": moment.isoformat()})
    until(lambda: _count(stack, "waiting") == count, "all wait", 900)


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
