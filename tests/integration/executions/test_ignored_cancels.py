"""A cancel that the holder of an execution ignores: others end it after a while."""

from __future__ import annotations

import pytest

from headrace.executions import actions, queries
from headrace.executions.sweeper import CANCEL_AFTER_S, sweep
from tests.support.engine import begin, ended, queue_row, sql, working
from tests.support.workflows import MANUAL, in_a_row, node

pytestmark = pytest.mark.usefixtures("committed")

FLOW = in_a_row([MANUAL, node("end", "flow.no_op")])
DAY_S = 86_400


@pytest.fixture
def held(in_alpha, owner):
    """An execution whose live worker does nothing with it, and a cancel, `ago_s` seconds old."""

    def make(ago_s):
        execution = begin(owner, FLOW)
        sql(
            "insert into run_worker (id, host, pid, version, lease_until) "
            "values (gen_random_uuid(), 'elsewhere', 1, '1', now() + interval '1 day')"
        )
        sql(
            "update run_queue set state = 'leased', token = token + 1, "
            "worker = (select id from run_worker) where execution_id = %s",
            execution,
        )
        actions.cancel(owner, execution)
        sql(
            "update run_queue set cancel_at = now() - make_interval(secs => %s) "
            "where execution_id = %s",
            ago_s,
            execution,
        )
        return execution

    return make


def test_a_holder_that_ignores_a_cancel_for_ten_seconds_loses_the_execution(held):
    execution = held(CANCEL_AFTER_S + 1)
    before = queue_row(execution)

    sweep()

    after = queue_row(execution)
    assert (after["state"], after["worker"]) == ("ready", None)
    assert after["token"] == before["token"] + 1
    assert after["crashes"] == before["crashes"]


def test_another_worker_ends_it_as_cancelled_without_starting_a_step(held):
    execution = held(CANCEL_AFTER_S + 1)
    sweep()

    with working():
        status = ended(execution)

    assert status == "cancelled"
    assert "end" not in {step.node for step in queries.history(execution)}


def test_until_then_its_holder_may_end_it(held):
    # The cancel lies in the future, so however slow this machine is it is not old enough.
    execution = held(-DAY_S)

    sweep()

    assert queue_row(execution)["state"] == "leased"
