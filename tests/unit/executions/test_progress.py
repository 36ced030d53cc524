"""What counts as progress of an execution whose workers die."""

from __future__ import annotations

from typing import Any

import pytest

from headrace.executions import log
from headrace.executions.runner.facts import is_progress


def event(kind: str, node: str | None = "call", **data: Any) -> log.Event:
    """An event of a step, or of the execution where there is no node."""
    return log.Event(kind, 0, node, "0" if node else None, None, None, data)


@pytest.mark.parametrize(
    ("happened", "expected"),
    [
        (event("workflow.step.started"), False),
        (event("workflow.waiting", None), False),
        (event("workflow.step.items", begun=[0], results=[]), False),
        (event("workflow.step.items", begun=[], results=[[0, {}]]), True),
        (event("workflow.step.completed"), True),
        (event("workflow.step.failed"), True),
    ],
    ids=["a start", "the execution", "an item begun", "an item done", "an end", "a failure"],
)
def test_only_what_has_ended_is_progress(happened: log.Event, expected: bool) -> None:
    """R-005: a call that kills its worker each time is announced each time, and never ends."""
    assert is_progress(happened) is expected
