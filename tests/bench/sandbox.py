"""What the sandbox costs by itself: starting, one job, and all expressions over many items.

Processor time is that of the sandbox process and of the one that asks it, together.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, cast

from headrace.expressions import Scope, ask_for_all
from headrace.expressions.beyond.part import Sandboxed, sandboxed
from headrace.expressions.evaluation.builder import Refusal
from headrace.expressions.ports import Crossing
from headrace.expressions.ports import ports as expressions
from headrace.sandbox import code, running
from headrace.sandbox.crossing import read
from headrace.sandbox.expressions import SandboxedExpressions, body_of
from headrace.sandbox.host.building import build
from headrace.sandbox.host.child import Child
from headrace.sandbox.host.engines import CPYTHON, PYERYX, QUICKJS, image_file
from headrace.sandbox.limits import CODE
from headrace.sandbox.ports import ports
from headrace_sdk.code import Language
from headrace_sdk.items import Item, JsonObject

ITEMS: Final = 10_000
MIXED: Final = (
    "$json.name.toUpperCase()",
    "$json.price * $json.count + 1",
    "$json.price > 20 ? 'large' : 'small'",
    "`${$json.n}: ${$json.name}`",
    "$json.tags.filter((tag) => tag !== 'b').length",
)
_NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
BATCH_AIM_S: Final = 0.5
CODE_AIM_MS: Final = 1.0
PAUSES_S: Final[dict[Language, float]] = {"javascript": 0.01, "python": 0.5}
"""In which the next machine or interpreter is made ready."""
PYERYX_PAUSE_S: Final = 0.01
PYTHON_SOURCE: Final = "return {'n': item.json['n'] + 1}"


@dataclass(frozen=True)
class Row:
    """One figure; `aim` is what it should stay below, in the same unit."""

    name: str
    what: str
    value: float
    unit: str
    aim: float | None = None


def measure(*, quick: bool = False) -> list[Row]:
    """Every row, in a few seconds."""
    with tempfile.TemporaryDirectory() as folder:
        ports.folder = Path(folder)
        try:
            return asyncio.run(_rows(20 if quick else 200, 1 if quick else 5))
        finally:
            running.close()


def table(rows: list[Row]) -> str:
    """For people."""
    lines = [f"{'sandbox':<22} {'':<44} {'':>10} {'aim':>8}"]
    for row in rows:
        aim = f"{row.aim:g}" if row.aim is not None else ""
        lines.append(f"{row.name:<22} {row.what:<44} {row.value:>7.2f} {row.unit:<2} {aim:>8}")
    return "\n".join(lines)


def figures(rows: list[Row]) -> dict[str, tuple[float, str]]:
    """For programs."""
    return {f"sandbox.{row.name}": (row.value, row.unit) for row in rows}


async def _rows(jobs: int, batches: int) -> list[Row]:
    cold, cached = _start_s(QUICKJS.name), _start_s(QUICKJS.name)
    python_cold, python_cached = _start_s(CPYTHON.name), _start_s(CPYTHON.name)
    wall, guest = await _code("javascript", "return { n: $json.n + 1 };", jobs)
    python_wall, python_guest = await _code("python", PYTHON_SOURCE, jobs // 10)
    batch = min([await _batch() for _ in range(batches)])
    return [
        Row("start-first", "a process, its engine compiled anew", cold, "s"),
        Row("start", "a process, its engine from the cache", cached, "s"),
        Row("code", "JavaScript of one item, asked to answered", wall, "ms", CODE_AIM_MS),
        Row("code-cpu", "the same, in the fresh machine alone", guest, "ms"),
        Row("python-first", "a process, CPython compiled anew", python_cold, "s"),
        Row("python-start", "a process, CPython from the cache", python_cached, "s"),
        Row("python", "Python of one item, asked to answered", python_wall, "ms"),
        Row("python-cpu", "the same, in the interpreter alone", python_guest, "ms"),
        *(await _pyeryx(jobs)),
        Row("batch", f"{ITEMS:,} items, {len(MIXED)} expressions", batch, "s", BATCH_AIM_S),
    ]


async def _pyeryx(jobs: int) -> list[Row]:
    """Python once more, where there is pyeryx."""
    if image_file(ports.folder) is None:
        return []
    began = time.perf_counter()
    build((PYERYX,), ports.folder)
    first = time.perf_counter() - began
    start = _start_s(PYERYX.name)
    wall, guest = await _code("python", PYTHON_SOURCE, jobs, pause_s=PYERYX_PAUSE_S)
    return [
        Row("pyeryx-first", "pyeryx, its image made", first, "s"),
        Row("pyeryx-start", "a process with this image", start, "s"),
        Row("pyeryx", "Python of one item, asked to answered", wall, "ms"),
        Row("pyeryx-cpu", "the same, in its process", guest, "ms"),
    ]


def _start_s(engine: str) -> float:
    began = time.perf_counter()
    child = Child(engine, ports.folder, ports.memory_bytes)
    took = time.perf_counter() - began
    child.end()
    return took


async def _code(
    language: Language, source: str, count: int, *, pause_s: float | None = None
) -> tuple[float, float]:
    """Medians in milliseconds, with a pause in which the next machine is made ready."""
    took, cost = [], []
    for _ in range(count):
        began = time.perf_counter()
        body = code.body_of(source, [Item({"n": 1})], per_item=True, variables={}, seed=1)
        job = running.Job("bench", CODE, now_ms=0, seed=1, language=language)
        await running.run(job, body)
        took.append(time.perf_counter() - began)
        cost.append(job.cpu_s)
        await asyncio.sleep(PAUSES_S[language] if pause_s is None else pause_s)
    return statistics.median(took) * 1e3, statistics.median(cost) * 1e3


async def _batch() -> float:
    items = [Item(_order(number)) for number in range(ITEMS)]
    unused = Refusal("", "", (0, 0), "")
    parts = [sandboxed(f"{{{{{source}}}}}", 2, unused)[0] for source in MIXED]
    expressions.javascript = visits = _Visits(lambda: "bench")
    began = time.process_time()
    answers = await ask_for_all(cast("list[Sandboxed]", parts), Scope(json={}, now=_NOW), items)
    assert len(answers.rows) == ITEMS
    assert not answers.faults
    return time.process_time() - began + visits.cpu_s


class _Visits(SandboxedExpressions):
    """Knows what the jobs cost."""

    cpu_s = 0.0

    async def await_visit(self, crossing: Crossing) -> JsonObject:
        job = self.job(crossing)
        answer = read(await running.run(job, body_of(crossing)))
        self.cpu_s += job.cpu_s
        return answer


def _order(number: int) -> dict[str, object]:
    return {
        "n": number,
        "name": f"Customer {number}",
        "price": number % 37 + 0.5,
        "count": number % 11 + 1,
        "tags": ["a", "b"],
    }
