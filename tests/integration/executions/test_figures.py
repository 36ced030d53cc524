"""The figures of the home page: counted by end, compared with the time before, by indexes alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.db import connection
from django.db.models.functions import Now

from headrace.executions import figures
from headrace.executions.models import Execution
from headrace.executions.quantiles import quantile
from headrace.tenants.clock import database_now
from headrace.tenants.context import TenantRef, tenant
from headrace.tenants.ids import new_id
from headrace.workflows import actions as workflows
from tests.support.clients import Api, actor

Clients = Callable[..., Api]


@pytest.fixture
def workflow(in_alpha: TenantRef) -> Any:
    nodes = [{"id": "t", "name": "Start", "type": "triggers.manual", "version": 1}]
    return workflows.create(actor(in_alpha), name="Orders", document={"nodes": nodes}).row


def ended(
    workflow_id: Any,
    ago: timedelta,
    status: str = "completed",
    took_ms: int = 100,
    message: str = "",
    mode: str = "trigger",
) -> Execution:
    """One execution that ended so long ago."""
    error = orjson.dumps({"code": "node_failed", "node": "a", "message": message})
    return Execution.objects.create(
        number=Execution.objects.count() + 1,
        workflow_id=workflow_id,
        workflow_name="Orders",
        version_id=new_id(),
        mode=mode,
        trigger_node="t",
        trigger_type="triggers.manual",
        status=status,
        error=error if message else None,
        started_at=Now() - ago - timedelta(milliseconds=took_ms),
        ended_at=Now() - ago,
    )


def shown(api: Clients, period: str = "24h") -> dict[str, Any]:
    return dict(api("viewer").get("dashboard/", period=period).json())


def test_runs_are_counted_and_compared_with_the_time_before(api: Clients, workflow: Any) -> None:
    for hours in (1, 2, 3):
        ended(workflow.id, timedelta(hours=hours))
    ended(workflow.id, timedelta(hours=4), "failed", message="No")
    ended(workflow.id, timedelta(hours=30))
    ended(workflow.id, timedelta(days=20))

    found = shown(api)

    assert found["figures"]["runs"] == 4
    assert found["figures"]["success_rate"] == pytest.approx(0.75)
    assert found["before"]["runs"] == 1
    assert found["before"]["success_rate"] == 1
    assert sum(part["runs"] for part in found["parts"]) == 4
    assert shown(api, "30d")["figures"]["runs"] == 6


def test_a_part_that_nothing_ended_in_says_so(api: Clients, workflow: Any) -> None:
    ended(workflow.id, timedelta(minutes=30))

    parts = shown(api)["parts"]

    assert len(parts) == 24
    assert parts[-1]["runs"] == 1
    assert parts[0] == {**parts[0], "runs": 0, "success_rate": None, "p95_ms": None}


def test_durations_are_those_of_what_completed(api: Clients, workflow: Any) -> None:
    for took_ms in (100, 100, 100, 1_000):
        ended(workflow.id, timedelta(hours=1), took_ms=took_ms)
    ended(workflow.id, timedelta(hours=1), "failed", took_ms=90_000)

    found = shown(api)["figures"]

    assert found["p50_ms"] == pytest.approx(100, rel=0.05)
    assert found["p95_ms"] == pytest.approx(1_000, rel=0.05)


def test_tests_of_workflows_are_left_out(api: Clients, workflow: Any) -> None:
    ended(workflow.id, timedelta(hours=1), "failed", message="No", mode="test_run")

    found = shown(api)

    assert (found["figures"]["runs"], found["errors"]) == (0, [])


def test_errors_that_differ_in_numbers_are_one(api: Clients, workflow: Any) -> None:
    ended(workflow.id, timedelta(hours=2), "failed", message="Order 17 is not known")
    newest = ended(workflow.id, timedelta(hours=1), "crashed", message="Order 18 is not known")
    ended(workflow.id, timedelta(hours=3), "failed", message="Refused")

    first, second = shown(api)["errors"]

    assert (first["count"], second["count"]) == (2, 1)
    assert first["message"] == "Order 18 is not known"
    assert first["newest"] == str(newest.pk)
    assert first["workflows"] == [{"id": str(workflow.id), "name": "Orders"}]


def test_a_workflow_needs_attention_until_it_succeeds_again(api: Clients, workflow: Any) -> None:
    ended(workflow.id, timedelta(hours=5))
    ended(workflow.id, timedelta(hours=3), "failed", message="No")
    newest = ended(workflow.id, timedelta(hours=2), "failed", message="No")

    (failing,) = shown(api)["failing"]
    ended(workflow.id, timedelta(hours=1))

    assert (failing["count"], failing["execution"]) == (2, str(newest.pk))
    assert shown(api)["failing"] == []


def test_the_slowest_workflow_comes_first(api: Clients, workflow: Any, in_alpha: TenantRef) -> None:
    other = workflows.create(actor(in_alpha), name="Slow").row
    ended(workflow.id, timedelta(hours=1), took_ms=10)
    ended(other.id, timedelta(hours=1), took_ms=5_000)

    assert [row["workflow"]["name"] for row in shown(api)["slowest"]] == ["Slow", "Orders"]


def test_another_tenant_sees_none_of_it(api: Clients, workflow: Any, beta: TenantRef) -> None:
    ended(workflow.id, timedelta(hours=1))

    assert api("owner", beta).get("dashboard/").json()["figures"]["runs"] == 0


def test_an_unknown_period_is_refused_with_its_path(api: Clients) -> None:
    answer = api().get("dashboard/", period="1y")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == "/period"


def test_no_row_of_the_table_is_scanned(in_alpha: TenantRef, workflow: Any) -> None:
    """Twenty thousand executions of sixty days, as the planner sees them after an analyze."""
    with tenant(in_alpha), connection.cursor() as cursor:
        cursor.execute(
            """
            insert into executions_execution (id, tenant_id, number, workflow_id, workflow_name, version_id,
                mode, trigger_node, trigger_type, status, waiting_for, started_by, last_seq,
                queued_at, started_at, ended_at)
            select gen_random_uuid(), %s, n, %s, 'Orders', gen_random_uuid(), 'trigger', 't', 't',
                case when n %% 50 = 0 then 'failed' else 'completed' end, '', '', 9, at, at,
                at + interval '1 second'
            from generate_series(1, 20000) n, lateral (
                select now() - n * interval '259 seconds' as at) as t
            """,
            [in_alpha.id, workflow.id],
        )
        cursor.execute("analyze executions_execution")
        end = database_now()
        facts = {"begin": end - timedelta(days=2), "end": end, "width": 3600, "tests": "test_run"}
        plans = []
        for statement in (figures._COUNT, figures._BY_WORKFLOW):
            cursor.execute(f"explain {statement}", facts)
            plans.append("\n".join(line for (line,) in cursor.fetchall()))
        failures = Execution.objects.filter(
            status__in=figures.FAILED, ended_at__gte=end - timedelta(days=2)
        ).order_by("-ended_at")
        plans.append(failures.explain())

    assert not [plan for plan in plans if "Seq Scan" in plan]
    assert "execution_endings" in plans[0]
    assert "execution_failures" in plans[2]


@pytest.mark.parametrize(
    ("bins", "share", "ms"),
    [
        ({}, 0.5, None),
        ({0: 1}, 0.5, 0.025),
        ({0: 95, 138: 5}, 0.95, 0.025),
        ({138: 1}, 0.95, 1_017),
    ],
)
def test_a_quantile_is_the_middle_of_its_bin(
    bins: dict[int, int], share: float, ms: float | None
) -> None:
    found = quantile(bins, share)

    assert found == (None if ms is None else pytest.approx(ms, rel=0.02))
