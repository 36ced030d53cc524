"""The figures as a table for people and as JSON lines for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from tests.bench import reference
from tests.bench.load import Measured
from tests.bench.reference import Reference

UNITS = {"ms": "ms", "s": "1/s", "mb": "MB"}
HEADS = (
    "scenario",
    "conc",
    "n",
    "wrong",
    "per s",
    "p50 ms",
    "p95 ms",
    "app cpu ms",
    "db cpu ms",
    "peak MB",
    "health ms",
)


@dataclass(frozen=True)
class Standing:
    """One row of the comparison; smaller is better."""

    name: str
    what: str
    ours: float
    n8n: Reference
    aim: float

    def line(self) -> str:
        """For the table."""
        verdict = "reached" if self.ours <= self.aim else f"{self.ours / self.aim:.1f} x the aim"
        n8n = f"{self.n8n.default:g} / {self.n8n.best:g}"
        return f"{self.name:<12} {self.what:<22} {self.ours:>9.1f} {n8n:>15} {self.aim:>9.1f}  {verdict}"


def standings(measured: list[Measured], boot_warm_s: float, idle_mb: float) -> list[Standing]:
    """Every row of the aim that was measured."""
    rows = []
    for one in measured:
        cpu, took = reference.CPU_MS.get(one.scenario), reference.TOOK_MS.get(one.scenario)
        if cpu and one.concurrency == 10:
            rows.append(Standing(one.scenario, "app cpu ms at 10", one.app_cpu_ms, cpu, cpu.aim))
        if took and one.concurrency == 1:
            rows.append(Standing(one.scenario, "p50 ms at 1", one.p50_ms, took, took.aim))
    boot, idle = reference.BOOT_S, reference.IDLE_MB
    rows.append(Standing("boot", "warm, s to ready", boot_warm_s, boot, reference.BOOT_AIM_S))
    rows.append(Standing("idle", "memory MB", idle_mb, idle, reference.IDLE_AIM_MB))
    return rows


def table(measured: list[Measured], standing: list[Standing]) -> str:
    """Both tables."""
    lines = ["{:<12} {:>4} {:>5} {:>5} {:>7} {:>8} {:>8} {:>10} {:>9} {:>8} {:>9}".format(*HEADS)]
    lines += [
        f"{one.scenario:<12} {one.concurrency:>4} {one.executions:>5} {one.wrong:>5} {one.per_s:>7.1f}"
        f" {one.p50_ms:>8.1f} {one.p95_ms:>8.1f} {one.app_cpu_ms:>10.2f}"
        f" {one.servers_cpu_ms:>9.2f} {one.peak_mb:>8.0f}"
        + (f" {one.health_ms:>9.0f}" if one.health_ms is not None else "")
        for one in measured
    ]
    head = f"{'':<12} {'':<22} {'Headrace':>9} {'n8n def. / best':>15} {'aim':>9}"
    return "\n".join([*lines, "", head, *(row.line() for row in standing)])


def json_lines(
    measured: list[Measured], more: dict[str, tuple[float, str]], machine: dict[str, Any]
) -> Iterator[str]:
    """One figure a line; every line tells the machine's revision, the first one all its facts."""
    yield json.dumps({"name": "machine", "value": machine["cores"], "unit": "cores", **machine})
    for name, (value, unit) in more.items():
        yield _line(name, value, unit, {"revision": machine["revision"]})
    for one in measured:
        labels = {"concurrency": one.concurrency, "revision": machine["revision"]}
        for name, value in asdict(one).items():
            if name in {"scenario", "concurrency"} or value is None:
                continue
            unit = UNITS.get(name.rpartition("_")[2], "1")
            yield _line(f"{one.scenario}.{name}", value, unit, labels)


def _line(name: str, value: float, unit: str, labels: dict[str, Any]) -> str:
    return json.dumps({"name": name, "value": round(value, 3), "unit": unit, **labels})
