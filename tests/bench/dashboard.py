"""The home page over a million steps: loaded by COPY, asked for over HTTP."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import orjson
import psycopg

from headrace_bootstrap.stack import Stack
from tests.support.running import Client
from tests.support.workflows import MANUAL, document

EXECUTIONS: Final = 250_000
STEPS_EACH: Final = 4
DAYS: Final = 60
WORKFLOWS: Final = 20
ASKED: Final = 10
SCHEMA: Final = "t_demo"
_COLUMNS: Final = (
    "id, tenant_id, number, workflow_id, workflow_name, version_id, mode, trigger_node, trigger_type, status,"
    " error, waiting_for, started_by, last_seq, queued_at, started_at, ended_at"
)


def measure() -> dict[str, tuple[float, str]]:
    """Milliseconds of the slowest and the middle of some answers, for each period."""
    found: dict[str, tuple[float, str]] = {}
    with Stack.temporary() as stack:
        assert stack.owner is not None
        assert stack.owner.password is not None
        client = Client.sign_in(stack.url, stack.owner.email, stack.owner.password)
        ids = [
            client.post("workflows/", {"name": f"Flow {n}", "document": document([MANUAL])})["id"]
            for n in range(WORKFLOWS)
        ]
        loaded = load(stack.environment["DATABASE_URL"], ids, EXECUTIONS, DAYS)
        found["dashboard.load"] = (loaded, "s")
        for period in ("24h", "7d", "30d"):
            took = [_asked_ms(client, period) for _ in range(ASKED)]
            found[f"dashboard.{period}.median"] = (statistics.median(took), "ms")
            found[f"dashboard.{period}.worst"] = (max(took), "ms")
    return found


def table(found: dict[str, tuple[float, str]]) -> str:
    """For people."""
    head = f"{EXECUTIONS:,} executions, {EXECUTIONS * STEPS_EACH:,} steps, {DAYS} days"
    return listed(head, found)


def listed(head: str, found: dict[str, tuple[float, str]]) -> str:
    """A line for each figure, below a head."""
    rows = (f"{name:<24} {value:>8.1f} {unit}" for name, (value, unit) in found.items())
    return "\n".join([head, *rows])


def _asked_ms(client: Client, period: str) -> float:
    began = time.perf_counter()
    client.get(f"dashboard/?period={period}")
    return (time.perf_counter() - began) * 1000


def load(url: str, workflows: list[str], count: int, days: int) -> float:
    """Executions and as much log as their steps would write; the seconds that it took."""
    began = time.perf_counter()
    body = random.Random(7).randbytes(150 * STEPS_EACH)
    with psycopg.connect(url, autocommit=True) as connection, connection.cursor() as cursor:
        cursor.execute(f"set search_path to {SCHEMA}")
        cursor.execute("select id from public.tenants_tenant where slug = 'demo'")
        (tenant,) = cursor.fetchone() or (None,)
        keys = [uuid4() for _ in range(count)]
        with cursor.copy(f"copy executions_execution ({_COLUMNS}) from stdin") as copy:
            for row in _rows(keys, workflows, days):
                copy.write_row((row[0], tenant, *row[1:]))
        segments = "executions_logsegment (execution_id, first_seq, last_seq, format, body)"
        with cursor.copy(f"copy {segments} from stdin") as copy:
            for key in keys:
                copy.write_row((key, 1, 2 * STEPS_EACH + 2, 1, body))
        cursor.execute("vacuum analyze executions_execution")
    return time.perf_counter() - began


def _rows(keys: list[Any], workflows: list[str], days: int) -> Iterator[tuple[Any, ...]]:
    chance = random.Random(7)
    now = datetime.now(UTC)
    for number, key in enumerate(keys, 1_000_000):
        began = now - timedelta(seconds=chance.uniform(60, days * 86_400))
        ended = began + timedelta(milliseconds=chance.lognormvariate(7, 1))
        is_bad = chance.random() < 0.03
        message = f"The server answered 503 to order {number}."
        error = orjson.dumps({"code": "http_status", "node": "call", "message": message})
        yield (
            key, number, chance.choice(workflows), "Flow", uuid4(), "trigger", "t",
            "triggers.webhook", "failed" if is_bad else "completed", error if is_bad else None,
            "", "", 2 * STEPS_EACH + 2, began, began, ended,
        )  # fmt: skip
