"""Failures after which no retry could go on: it is refused, with the reason and a way out."""

from __future__ import annotations

import pytest

from headrace.executions import control, queries
from headrace.executions.errors import ForkInstead
from tests.support.engine import begin, ended, queue_row, working
from tests.support.saga import trip
from tests.support.stub import serving
from tests.support.workflows import MANUAL, in_a_row, node

pytestmark = pytest.mark.usefixtures("committed")


def failed(owner, flow):
    with working():
        execution = begin(owner, flow, {})
        assert ended(execution) == "failed"
    return execution


def over_budget():
    flow = in_a_row([MANUAL, node("a", "flow.no_op"), node("b", "flow.no_op")])
    flow["settings"] |= {"max_runs": 1}
    return flow


def test_an_execution_over_its_budget_of_runs_is_to_be_forked(api, in_alpha, owner):
    execution = failed(owner, over_budget())

    answer = api().post(f"executions/{execution}/retry/")

    assert (answer.status_code, answer.json()["code"]) == (409, "fork_instead")
    assert "Fork it" in answer.json()["detail"]
    assert queries.get(execution).status == "failed"
    assert queue_row(execution) is None


def test_an_execution_that_was_undone_is_to_be_forked(in_alpha, owner, settings):
    with serving() as stub:
        settings.HEADRACE_EGRESS_ALLOW = (f"127.0.0.1:{stub.port}",)
        execution = failed(owner, trip(stub, "trip"))

        with pytest.raises(ForkInstead, match="undone"):
            control.retry(owner, execution)


def test_the_error_says_so_to_whoever_looks_and_in_the_log(api, in_alpha, owner):
    execution = failed(owner, over_budget())
    somebody = api()

    shown = somebody.get(f"executions/{execution}/").json()["error"]
    events = somebody.get(f"executions/{execution}/events/").json()

    logged = next(one for one in events["results"] if one["type"] == "workflow.failed")
    assert shown["code"] == "run_budget"
    assert shown["final"] == logged["data"]["error"]["final"] == "bound"
