"""Drives one workflow at one concurrency and says what it took."""

from __future__ import annotations

import asyncio
import statistics
import time
from dataclasses import dataclass
from typing import Final

from headrace_bootstrap.stack import Stack
from tests.bench import processes
from tests.bench.http_client import Connection
from tests.bench.plan import Load
from tests.bench.processes import Cpu
from tests.bench.scenarios import Scenario

WARM_UPS: Final = 5
"""So often at most, until every answer is right."""

PROBE_EVERY_S: Final = 0.05
"""`/healthz` is asked this often while a load runs that probes it."""


@dataclass(frozen=True)
class Measured:
    """One load. CPU in milliseconds per execution; `health_ms` is the slowest answer of `/healthz`."""

    scenario: str
    concurrency: int
    executions: int
    wrong: int
    per_s: float
    p50_ms: float
    p95_ms: float
    app_cpu_ms: float
    servers_cpu_ms: float
    scheduler_cpu_ms: float
    peak_mb: float
    health_ms: float | None


async def measure(stack: Stack, load: Load) -> Measured:
    """Post to the scenario's webhook over that many connections, and check every answer."""
    scenario, concurrency = load.scenario, load.concurrency
    connections = [await Connection.open(stack.port) for _ in range(concurrency)]
    await _warm_up(connections, load)
    processes.reset_peak(stack)
    over = asyncio.Event()
    probe = asyncio.create_task(_slowest_health_s(stack.port, over)) if load.probes_health else None
    before, began = Cpu.now(stack), time.perf_counter()
    took_s, wrong = await _post(connections, scenario, load.at_most, load.limit_s)
    lasted_s, after = time.perf_counter() - began, Cpu.now(stack)
    over.set()
    slowest_s = await probe if probe else None
    for connection in connections:
        await connection.close()
    done = len(took_s)
    took_s.sort()
    return Measured(
        scenario=scenario.name,
        concurrency=concurrency,
        executions=done,
        wrong=wrong,
        per_s=done / lasted_s,
        p50_ms=1000 * statistics.median(took_s),
        p95_ms=1000 * took_s[min(done - 1, int(0.95 * done))],
        app_cpu_ms=1000 * (after.app - before.app) / done,
        servers_cpu_ms=1000 * (after.servers - before.servers) / done,
        scheduler_cpu_ms=1000 * (after.scheduler - before.scheduler) / done,
        peak_mb=processes.peak_bytes(stack) / 2**20,
        health_ms=None if slowest_s is None else 1000 * slowest_s,
    )


async def _warm_up(connections: list[Connection], load: Load) -> None:
    """The first executions compile the workflow in every process, and open its connections."""
    count = min(load.at_most, max(4, load.concurrency))
    for _ in range(WARM_UPS):
        _, wrong = await _post(connections, load.scenario, count, load.limit_s)
        if not wrong:
            return


async def _post(
    connections: list[Connection], scenario: Scenario, at_most: int, limit_s: float
) -> tuple[list[float], int]:
    """Seconds of every answer, and how many were not what they should be."""
    numbers = iter(range(at_most))
    deadline = time.perf_counter() + limit_s
    took_s: list[float] = []
    wrong = 0

    async def post(connection: Connection) -> None:
        nonlocal wrong
        for number in numbers:
            began = time.perf_counter()
            status, body = await connection.post(scenario.address, scenario.request(number))
            took_s.append(time.perf_counter() - began)
            wrong += status != 200 or not scenario.is_right(number, body)
            if time.perf_counter() > deadline:
                return

    await asyncio.gather(*map(post, connections))
    return took_s, wrong


async def _slowest_health_s(port: int, over: asyncio.Event) -> float:
    """Ask `/healthz` until it is over; the longest time that one answer took."""
    connection = await Connection.open(port)
    slowest_s = 0.0
    while not over.is_set():
        began = time.perf_counter()
        await connection.get("/healthz")
        slowest_s = max(slowest_s, time.perf_counter() - began)
        await asyncio.sleep(PROBE_EVERY_S)
    await connection.close()
    return slowest_s
