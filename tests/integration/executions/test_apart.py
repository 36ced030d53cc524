"""Steps of nodes with a process of their own, on the real engine."""

from __future__ import annotations

import pytest

from headrace.catalog.queries import catalog
from headrace.executions import actions, queries
from tests.support.apart import Apart
from tests.support.engine import begin, ended, until, working
from tests.support.workflows import MANUAL, in_a_row, node

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture(autouse=True)
def installed(monkeypatch):
    monkeypatch.setitem(catalog()._nodes, "flow.no_op", Apart)


def acting(act, **settings):
    return in_a_row([MANUAL, node("apart", "flow.no_op", {"act": act}, settings=settings)])


def step_of(execution):
    return next(step for step in queries.history(execution) if step.node == "apart")


def is_running(execution):
    steps = queries.history(execution)
    return any((step.node, step.status) == ("apart", "running") for step in steps)


def test_what_a_node_prints_stands_in_the_log_of_its_step(in_alpha, owner):
    with working():
        execution = begin(owner, acting("answer"), {}, {})
        assert ended(execution) == "completed"

    said = {line["message"]: line["level"] for line in step_of(execution).log}
    assert said == {"printed by the node": "info", "said by the node": "warning"}
    assert queries.answer(execution)["items"][0]["json"]["given"] == 2


@pytest.mark.parametrize(
    ("act", "settings", "code"),
    [
        ("die", {}, "process_died"),
        ("hang", {"timeout_s": 0.5}, "timeout"),
        ("grow", {}, "resource_limit"),
    ],
)
def test_a_node_that_dies_or_hangs_fails_alone_and_the_worker_goes_on(
    in_alpha, owner, act, settings, code
):
    """R-004."""
    with working():
        execution = begin(owner, acting(act, **settings), {})
        assert ended(execution) == "failed"
        after = begin(owner, acting("answer"), {})
        assert ended(after) == "completed"

    assert step_of(execution).error["code"] == code


def test_a_cancel_ends_a_node_that_never_would(in_alpha, owner):
    with working():
        execution = begin(owner, acting("hang"), {})
        until(lambda: is_running(execution), "the step")
        actions.cancel(owner, execution)

        assert ended(execution) == "cancelled"
