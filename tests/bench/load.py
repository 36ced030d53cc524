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

LAG_S: Final = 0.05
"""`/healthz` is asked this often while a load runs."""


@dataclass(frozen=True)
class Measured:
    """One load. Times in milliseconds, CPU in milliseconds per execution."""

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
    health_gap_ms: float


async def measure(stack: Stack, load: Load) -> Measured:
    """Post to the scenario's webhook over that many connections, and check every answer."""
    scenario, concurrency = load.scenario, load.concurrency
    connections = [await Connection.open(stack.port) for _ in range(concurrency)]
    probe = await Connection.open(stack.port)
    # The first executions compile the workflow in every process.
    await _post(connections, scenario, min(load.at_most, max(4, concurrency)), load.limit_s)
    processes.reset_peak(stack)
    gap = asyncio.create_task(_longest_gap_s(probe))
    before, began = Cpu.now(stack), time.perf_counter()
    took_s, wrong = await _post(connections, scenario, load.at_most, load.limit_s)
    lasted_s, after = time.perf_counter() - began, Cpu.now(stack)
    gap.cancel()
    (gap_s,) = await asyncio.gather(gap)
    for connection in [*connections, probe]:
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
        p95_ms=1000 * took_s[int(0.95 * (done - 1))],
        app_cpu_ms=1000 * (after.app - before.app) / done,
        servers_cpu_ms=1000 * (after.servers - before.servers) / done,
        scheduler_cpu_ms=1000 * (after.scheduler - before.scheduler) / done,
        peak_mb=processes.peak_bytes(stack) / 2**20,
        health_gap_ms=1000 * gap_s,
    )


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


async def _longest_gap_s(probe: Connection) -> float:
    """The slowest answer of `/healthz`, until cancelled."""
    longest_s = 0.0
    try:
        while True:
            began = time.perf_counter()
            await probe.get("/healthz")
            longest_s = max(longest_s, time.perf_counter() - began)
            await asyncio.sleep(LAG_S)
    except asyncio.CancelledError:
        return longest_s
