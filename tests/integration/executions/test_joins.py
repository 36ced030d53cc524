"""A Merge that does not wait for everything, on the real engine."""

from __future__ import annotations

from typing import Any

import pytest

from headrace.accounts.types import Role
from headrace.executions import queries
from tests.support.engine import begin, ended, working
from tests.support.workflows import MANUAL, document, edge, node, sets

pytestmark = pytest.mark.usefixtures("committed")


def race(**params: Any) -> dict[str, Any]:
    """One branch comes at once, the other waits for an hour; both lead to a Merge."""
    return document(
        [
            MANUAL,
            node("quick", "data.edit_fields", sets("from", "quick")),
            node("slow", "flow.wait", {"duration_s": 3600}),
            node("merge", "flow.merge", {"inputs": ["1", "2"], **params}),
            node("end", "flow.no_op"),
        ],
        "start -> quick",
        "start -> slow",
        "quick -> merge.1",
        "slow -> merge.2",
        "merge -> end",
    )


def test_what_a_step_was_given_is_told_by_who_gave_it(in_alpha, owner, api):
    flow = document(
        [
            MANUAL,
            node("one", "data.edit_fields", sets("n", 1)),
            node("two", "data.edit_fields", sets("n", 2)),
            node("merge", "flow.merge", {"inputs": ["1", "2"]}),
        ],
        "start -> one",
        "start -> two",
        "one -> merge.1",
        "two -> merge.1",
        "one -> merge.2",
    )
    with working():
        execution = begin(owner, flow, {})
        ended(execution)
    path = f"executions/{execution}/steps/merge/0/"

    def given(**query: str) -> list[Any]:
        page = api(Role.VIEWER).get(path, side="input", port="1", **query).json()
        return [item["json"]["n"] for item in page["items"]]

    assert given() == [1]
    assert given(from_node="one", from_port="main") == [1]
    assert given(from_node="one", from_port="other") == []
    assert given(from_node="two", from_port="main") == [], "that is another round"


def run(owner: Any, flow: dict[str, Any]) -> tuple[str, dict[str, str]]:
    with working():
        execution = begin(owner, flow, {})
        status = ended(execution)
    return status, {step.node: step.status for step in queries.history(execution)}


def test_what_only_a_merge_was_waiting_for_is_stopped_when_the_first_branch_is_there(
    in_alpha, owner
):
    status, steps = run(owner, race(wait_for="first", cancel_rest=True))

    assert status == "completed"
    assert steps["end"] == "completed"
    assert steps["slow"] in {"skipped", "cancelled"}, "never begun, or stopped"


def test_a_step_that_nobody_needs_any_more_is_shown_as_skipped(in_alpha, owner):
    flow = race(wait_for="first", cancel_rest=True)
    flow["settings"] |= {"order": "sequential"}

    status, steps = run(owner, flow)

    assert (status, steps["slow"]) == ("completed", "skipped")


def test_the_steps_behind_what_was_stopped_are_shown_as_skipped(in_alpha, owner):
    flow = race(wait_for="first", cancel_rest=True)
    flow["nodes"].append(node("behind", "flow.no_op"))
    flow["edges"].remove(edge("slow -> merge.2"))
    flow["edges"] += [edge("slow -> behind"), edge("behind -> merge.2")]

    status, steps = run(owner, flow)

    assert (status, steps["behind"]) == ("completed", "skipped")


def test_what_comes_too_late_for_a_merge_stands_in_the_log_and_is_no_step(in_alpha, owner):
    flow = race(wait_for="first")
    slow = next(one for one in flow["nodes"] if one["id"] == "slow")
    slow["params"] = {"duration_s": 0.2}
    with working():
        execution = begin(owner, flow, {})
        status = ended(execution)

    late = [e for e in queries.events(execution) if e.type == "workflow.step.skipped"]
    merges = [step for step in queries.history(execution) if step.node == "merge"]
    assert [(e.node, e.data["inputs"][0]["from"][0]) for e in late] == [("merge", "slow")]
    assert (status, [step.status for step in merges]) == ("completed", ["completed"])


def test_a_merge_whose_time_is_up_takes_what_it_has_and_stops_the_rest(in_alpha, owner):
    params = {"wait_for": "some", "branches": 2, "timeout_s": 0.2, "cancel_rest": True}

    status, steps = run(owner, race(**params))

    assert status == "completed"
    assert (steps["slow"], steps["end"]) == ("cancelled", "completed")
