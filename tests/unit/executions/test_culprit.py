"""Who is to blame when a worker died."""

from __future__ import annotations

import pytest

from headrace.executions import log
from headrace.executions.runner.culprit import Culprit


def told(*events):
    culprit = Culprit(is_poison=True)
    for kind, data in events:
        culprit.replay(log.Event(f"workflow.step.{kind}", 0, node="a", run="0", data=data))
    return culprit


@pytest.mark.parametrize("then", [("prepared", {}), ("items", {"begun": [0], "results": []})])
def test_a_step_that_only_began_is_to_blame_whatever_was_noted_of_its_beginning(then):
    assert told(("started", {}), then).is_known


@pytest.mark.parametrize("then", [("completed", {}), ("items", {"results": [[0, {}]]})])
def test_a_step_that_came_further_is_not(then):
    assert not told(("started", {}), then).is_known
