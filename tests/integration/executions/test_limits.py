"""Limits of a workflow's settings, seen in the times of its runs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from headrace.executions import actions, queries
from headrace.executions.actions import run_version
from headrace.executions.models import Execution
from headrace.workflows.actions import freeze
from headrace.workflows.validation import problems
from headrace_sdk.items import Item
from tests.support.engine import begin, ended, queue_row, until, working
from tests.support.queue import ask
from tests.support.workflows import MANUAL, document, node

pytestmark = pytest.mark.usefixtures("committed")


def pausing(seconds=0.3, **settings):
    """A run that keeps its slot for a moment."""
    wait = node("wait", "flow.wait", {"mode": "for", "duration_s": seconds})
    return document([MANUAL, wait], "start -> wait", settings={"timezone": "UTC", **settings})


def most_at_once(executions):
    """How many of them were running at one time, at most."""
    rows = Execution.objects.filter(pk__in=executions)
    moments = [(row.started_at, 1) for row in rows]
    # A row's end is noted within the transaction that makes room for the next one.
    moments += [(row.ended_at - timedelta(milliseconds=5), -1) for row in rows]
    running, most = 0, 0
    for _, change in sorted(moments):
        running += change
        most = max(most, running)
    return most


def run_all(owner, flow, inputs):
    version = freeze(owner, flow)
    executions = [
        run_version(owner, version.ref, mode="manual", items=[Item(one)]).id for one in inputs
    ]
    # Nothing is found by polling here: an end makes room for the next one at once.
    with working(poll_s=5), working(poll_s=5):
        for execution in executions:
            assert ended(execution) == "completed"
    return executions


def test_runs_of_a_workflow_with_a_limit_go_one_after_the_other(in_alpha, owner):
    executions = run_all(owner, pausing(max_concurrency=1), [{}] * 5)

    assert most_at_once(executions) == 1


def test_runs_of_one_key_go_one_after_the_other_and_those_of_others_beside_them(in_alpha, owner):
    flow = pausing(concurrency_key={"=": "{{ $json.customer }}"})

    executions = run_all(owner, flow, [{"customer": n % 2} for n in range(6)])

    keys = dict(enumerate(executions))
    even = [execution for n, execution in keys.items() if n % 2 == 0]
    assert most_at_once(even) == 1
    assert most_at_once(executions) == 2


def test_without_a_limit_runs_go_side_by_side(in_alpha, owner):
    executions = run_all(owner, pausing(), [{}] * 5)

    assert most_at_once(executions) > 2


def test_a_run_that_waits_for_long_leaves_its_slot_to_another(in_alpha, owner):
    flow = pausing(600, max_concurrency=1)
    with working():
        first, second = begin(owner, flow), begin(owner, flow)
        until(lambda: queries.get(first).status == "waiting", "the first waits")
        until(lambda: queries.get(second).status == "waiting", "the second waits, too")


def test_an_execution_held_back_by_a_limit_can_be_cancelled(in_alpha, owner):
    flow = pausing(4, max_concurrency=1)
    with working():
        first, second = begin(owner, flow), begin(owner, flow)
        until(lambda: queue_row(second)["state"] == "held", "the second is held back")
        actions.cancel(owner, second)
        status = ended(second)
        is_first_open = queue_row(first) is not None

    assert status == "cancelled"
    assert is_first_open


def test_the_priority_of_a_workflow_is_that_of_its_executions(in_alpha, owner):
    for priority in ("low", "high", "default"):
        begin(owner, pausing(priority=priority))

    assert ask("select priority from run_queue order by number") == [(18,), (12,), (15,)]


def test_a_key_whose_expression_fails_counts_as_one_key(in_alpha, owner):
    flow = pausing(concurrency_key={"=": "{{ $json.a.b.c.d }}"})
    begin(owner, flow, {"x": 1})
    begin(owner, flow, {"x": 2})

    keys = {key for (key,) in ask("select concurrency_key from run_queue")}
    assert len(keys) == 1
    assert None not in keys


@pytest.mark.parametrize(
    ("setting", "path"),
    [
        ({"max_concurrency": 0}, "/settings/max_concurrency"),
        ({"max_per_key": "many"}, "/settings/max_per_key"),
        ({"priority": "urgent"}, "/settings/priority"),
        ({"concurrency_key": {"=": "{{ $json. }}"}}, "/settings/concurrency_key"),
        ({"concurrency_key": 7}, "/settings/concurrency_key"),
    ],
)
def test_a_limit_that_makes_no_sense_is_named(setting, path):
    found = problems(pausing(**setting))

    assert [problem.path for problem in found if problem.severity == "error"] == [path]
