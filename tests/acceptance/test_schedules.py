"""Schedules over real processes: several schedulers, each planned time once."""

from __future__ import annotations

from headrace_bootstrap.stack import Stack
from tests.support.running import Client, beside, until
from tests.support.workflows import document, node


def test_two_schedulers_start_each_planned_time_once(stack: Stack, client: Client) -> None:
    """R-036: a run for every second, and none twice."""
    rule = {"unit": "seconds", "every": 1}
    schedule = node("clock", "triggers.schedule", {"rules": [rule], "misfire": "all"})
    flow = document([schedule, node("end", "flow.no_op")], "clock -> end")

    with beside(stack, "manage.py", "scheduler"), beside(stack, "manage.py", "scheduler"):
        workflow = client.create(flow, publish=True)
        until(lambda: len(client.executions(workflow)) >= 8, "eight planned times have come")
        client.post(f"workflows/{workflow}/deactivate/")

    executions = client.executions(workflow)
    for row in executions:
        assert client.ended(row["id"])["status"] == "completed"
    planned = [client.items(row["id"], "clock")[0]["planned_at"] for row in executions]
    assert len(set(planned)) == len(planned)
    assert {row["mode"] for row in executions} == {"schedule"}
