"""The time of a wait runs out: once, whatever dies between closing the wait and its log."""

from __future__ import annotations

from uuid import UUID

import pytest

from headrace.bus.models import EventWait
from headrace.executions import actions, queries
from headrace.executions.models import WaitToken
from headrace.executions.runner.waiting.token import resume_token
from tests.support.engine import begin, ended, until, working
from tests.support.workflows import MANUAL, document, node

pytestmark = pytest.mark.usefixtures("committed")

TIMEOUT_S = 1.5


def awaiting(**params):
    """A workflow that waits for a while and leaves by `timeout`."""
    wait = node("wait", "flow.wait", {"timeout_s": TIMEOUT_S, **params})
    nodes = [MANUAL, wait, node("came", "flow.no_op"), node("late", "flow.no_op")]
    return document(nodes, "start -> wait", "wait.main -> came", "wait.timeout -> late")


def came_by(execution):
    """The last node of the run."""
    return queries.history(execution)[-1].node


@pytest.mark.parametrize(
    ("params", "rows", "closed"),
    [
        ({"mode": "call"}, WaitToken, "expired"),
        ({"mode": "event", "pattern": "order.paid"}, EventWait, "closed"),
    ],
    ids=["an address", "an event"],
)
def test_an_expiry_that_was_not_recorded_counts_after_the_crash(
    in_alpha, owner, params, rows, closed
):
    """The worker died between closing the row and its log: the step must not wait for ever."""
    with working():
        execution = begin(owner, awaiting(**params))
        until(lambda: rows.objects.filter(execution_id=execution).exists(), "the wait")
        rows.objects.update(state=closed)
        status = ended(execution)

    assert (status, came_by(execution)) == ("completed", "late")


def test_who_called_in_time_is_heard_although_the_time_is_up_when_a_worker_looks(in_alpha, owner):
    """R-042: the row decides, not who reads it first."""
    with working():
        execution = begin(owner, awaiting(mode="call"))
        until(WaitToken.objects.exists, "the wait")
    actions.resume(resume_token(execution, "wait", "0"), {"by": "phone"})
    WaitToken.objects.update(until="2020-01-01T00:00:00Z")

    with working():
        ended(execution)

    assert came_by(execution) == "came"


def test_each_wait_of_a_run_has_an_address_of_its_own():
    """S-071: who answered the first one can not answer the next by it."""
    first, again = (resume_token(UUID(int=1), "wait", "0", name) for name in ("1", "1.1"))

    assert first != again
