"""Which loads are driven: every one is bounded in count and in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench import scenarios
from tests.bench.scenarios import Scenario
from tests.support.stub import Stub


@dataclass(frozen=True)
class Load:
    """At most so many executions, and none begun after `limit_s`.

    Where it probes, `/healthz` is asked all the while; that costs the web server CPU of its own.
    """

    scenario: Scenario
    concurrency: int
    at_most: int
    limit_s: float
    probes_health: bool = False


def full(stub: Stub) -> Iterator[Load]:
    """Everything, in less than four minutes."""
    for small in _small():
        for concurrency in (1, 10, 50):
            yield Load(small, concurrency, 500, 4.0)
    yield Load(scenarios.items(1_000), 1, 20, 6.0)
    yield Load(scenarios.items(1_000), 10, 40, 6.0)
    yield from _large(3)
    for turns in (100, 1_000, 10_000):
        yield Load(scenarios.loop(turns), 1, 3, 10.0)
    yield Load(scenarios.loop(1_000, 100), 1, 1, 10.0)
    yield Load(scenarios.parallel(stub), 1, 30, 5.0)
    yield Load(scenarios.parallel(stub), 10, 100, 5.0)


def quick(stub: Stub) -> Iterator[Load]:
    """One load of each, in less than a minute."""
    for small in _small():
        yield Load(small, 10, 150, 2.5)
    yield Load(scenarios.items(1_000), 1, 5, 3.0)
    yield from _large(1)
    yield Load(scenarios.parallel(stub), 1, 10, 2.0)


def _small() -> list[Scenario]:
    return [
        scenarios.plain(),
        scenarios.fields(),
        scenarios.chain(20),
        scenarios.chain(99),
        scenarios.code(per_item=False),
        scenarios.code(per_item=True),
    ]


def _large(times: int) -> Iterator[Load]:
    """One by one, then four at once: does the web server still answer?"""
    yield Load(scenarios.items(10_000), 1, times, 15.0)
    yield Load(scenarios.items(10_000), 4, 4, 15.0, probes_health=True)
