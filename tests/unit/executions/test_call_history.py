"""What agents called, folded as the pages of the editor fold it: both read the same file."""

from __future__ import annotations

import json
from typing import Any

from headrace.executions import serializers
from headrace.executions.call_history import CallHistory
from headrace.executions.log import Event
from headrace_bootstrap.project import ROOT

FILE = ROOT / "frontend" / "src" / "features" / "runs" / "model" / "logs" / "calls.json"


def test_a_snapshot_says_of_calls_what_their_events_say() -> None:
    recorded: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    events = [Event(**event) for event in recorded["events"]]
    calls = CallHistory()

    passed = [*calls.hearing(events)]

    assert passed == events
    assert [serializers.step(one) for one in calls.shown(500)] == recorded["snapshot"]["calls"]
    assert calls.costs == recorded["snapshot"]["costs"]


def test_of_many_calls_of_a_node_the_newest_are_listed_under_their_own_numbers() -> None:
    calls = CallHistory()
    data = [
        {"call": f"0.{number}.0", "kind": "tool", "name": "look", "node": "look"}
        for number in range(5)
    ]
    [*calls.hearing(Event("workflow.step.call.started", 1, "agent", "0", data=one) for one in data)]

    assert [one.run_index for one in calls.shown(2)] == [3, 4]
