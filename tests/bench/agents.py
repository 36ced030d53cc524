"""The board of agents over a million runs and as many calls of models in seven days."""

from __future__ import annotations

import statistics
import time
from typing import Final

import httpx
import psycopg

from headrace_bootstrap.stack import Stack
from tests.bench import dashboard
from tests.bench.dashboard import SCHEMA
from tests.support.running import Client, until
from tests.support.workflows import document, node

RUNS: Final = 1_000_000
DAYS: Final = 7
AGENTS: Final = 20
ASKED: Final = 10

_CALLS: Final = """
insert into llm_call (id, tenant_id, key, attempt, state, model_name, provider, provider_model,
    account, tier, complexity, reason, features, workflow_id, node, run, item, input_tokens,
    output_tokens, cached_tokens, cache_write_tokens, reserved_tokens, reserved_micro, cost_micro,
    priced_at, is_estimate, is_cached, error_code, started_at, ended_at, deadline)
select gen_random_uuid(), tenant_id, gen_random_uuid(), 1, 'done', 'm', 'offline', 'm', '', '', 1,
    '', '{}', workflow_id, 'agent', '', 0, 900, 100, 0, 0, 0, 0, 250, '', false, false, '',
    started_at, ended_at, ended_at
from executions_execution
"""


def measure() -> dict[str, tuple[float, str]]:
    """The first answer of all, the first of a new web process, and some after it."""
    found: dict[str, tuple[float, str]] = {}
    with Stack.temporary() as stack:
        assert stack.owner is not None
        assert stack.owner.password is not None
        client = Client.sign_in(stack.url, stack.owner.email, stack.owner.password)
        ids = [_agent(client, f"Agent {number}") for number in range(AGENTS)]
        found["agents.load"] = (_load(stack.environment["DATABASE_URL"], ids), "s")
        found["agents.uncounted"] = (_uncounted_ms(client, stack), "ms")
        stack.kill("web")
        until(lambda: _is_ready(stack), "the web server's next process")
        found["agents.first"] = (_asked_ms(client), "ms")
        took = [_asked_ms(client) for _ in range(ASKED)]
        found["agents.median"] = (statistics.median(took), "ms")
        found["agents.worst"] = (max(took), "ms")
    return found


def table(found: dict[str, tuple[float, str]]) -> str:
    """For people."""
    head = f"{RUNS:,} runs of {AGENTS} agents, {RUNS:,} calls of models, {DAYS} days"
    return dashboard.listed(head, found)


def _agent(client: Client, name: str) -> str:
    flow = document([node("in", "triggers.workflow_input")])
    workflow: str = client.post("workflows/", {"name": name, "document": flow})["id"]
    client.post("agents/", {"workflow": workflow, "name": name})
    return workflow


def _load(url: str, agents: list[str]) -> float:
    began = time.perf_counter()
    dashboard.load(url, agents, RUNS, DAYS)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"set search_path to {SCHEMA}")
        connection.execute(_CALLS)
        connection.execute("vacuum analyze llm_call")
    return time.perf_counter() - began


def _uncounted_ms(client: Client, stack: Stack) -> float:
    """What nobody has counted so far: only after an upgrade, since the scheduler counts each hour."""
    with psycopg.connect(stack.environment["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"delete from {SCHEMA}.hours_closedhour")
    return _asked_ms(client)


def _asked_ms(client: Client) -> float:
    began = time.perf_counter()
    client.get("agents/")
    return (time.perf_counter() - began) * 1000


def _is_ready(stack: Stack) -> bool:
    try:
        return httpx.get(f"{stack.url}/readyz").status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False
