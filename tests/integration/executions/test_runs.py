"""Runs through the real engine, database and log."""

from __future__ import annotations

import pytest

from headrace.executions import queries
from headrace.executions.models import LogSegment, Payload
from headrace.workflows.errors import InvalidWorkflow
from tests.support.engine import begin, ended, queue_row, working
from tests.support.workflows import MANUAL, document, node, sets, when

pytestmark = pytest.mark.usefixtures("committed")

BRANCHES = document(
    [
        MANUAL,
        node("edit", "data.edit_fields", sets("total", "{{ $json.price * 2 }}")),
        node("big", "flow.if", when("{{ $json.total }}", "gt", 10)),
        node("yes", "flow.no_op"),
        node("no", "flow.no_op"),
    ],
    "start -> edit",
    "edit -> big",
    "big.true -> yes",
    "big.false -> no",
)


def items_of(execution, step_node, run="0", port=None, side="output"):
    page = queries.step_items(execution, step_node, run, side=side, port=port, offset=0, limit=1000)
    return [item.json for item in page.items]


def test_a_run_ends_with_the_items_of_its_last_node(in_alpha, owner):
    with working():
        execution = begin(owner, BRANCHES, {"price": 21})
        status = ended(execution)

    assert status == "completed"
    assert queries.answer(execution)["items"][0]["json"] == {"price": 21, "total": 42}


def test_the_branch_that_is_not_taken_has_no_step(in_alpha, owner):
    with working():
        execution = begin(owner, BRANCHES, {"price": 1})
        ended(execution)

    assert [step.node for step in queries.history(execution)] == ["start", "edit", "big", "no"]


def test_the_log_is_numbered_from_one_without_a_gap(in_alpha, owner):
    with working():
        execution = begin(owner, BRANCHES, {"price": 21})
        ended(execution)

    seqs = [event.seq for event in queries.events(execution)]
    assert seqs == list(range(1, len(seqs) + 1))
    assert queries.last_seq(execution) == len(seqs)


def test_a_short_run_is_one_segment_of_the_log(in_alpha, owner):
    """Engine-rules 32: claim, one flush that also finishes."""
    with working(flush_every_s=10):
        execution = begin(owner, BRANCHES, {"price": 21})
        ended(execution)

    assert LogSegment.objects.filter(execution_id=execution).count() == 1
    assert queue_row(execution) is None


def test_expressions_read_earlier_nodes_by_lineage(in_alpha, owner):
    flow = document(
        [
            MANUAL,
            node("split", "data.split_out", {"field": "list"}),
            node("keep", "data.filter", when("{{ $json.n }}", "gt", 1)),
            node("edit", "data.edit_fields", sets("was", '{{ $("Split").item.json.n * 10 }}')),
        ],
        "start -> split",
        "split -> keep",
        "keep.kept -> edit",
    )
    with working():
        execution = begin(owner, flow, {"list": [{"n": 1}, {"n": 2}, {"n": 3}]})
        ended(execution)

    assert [item["was"] for item in items_of(execution, "edit")] == [20, 30]


def test_a_merge_behind_an_if_runs_with_the_side_that_came(in_alpha, owner):
    flow = document(
        [*BRANCHES["nodes"], node("join", "flow.merge", {"mode": "append"})],
        "start -> edit",
        "edit -> big",
        "big.true -> yes",
        "big.false -> no",
        "yes -> join.1",
        "no -> join.2",
    )
    with working():
        execution = begin(owner, flow, {"price": 21})
        status = ended(execution)

    assert status == "completed"
    assert items_of(execution, "join") == [{"price": 21, "total": 42}]


def test_large_outputs_lie_beside_the_log_and_read_back_the_same(in_alpha, owner):
    long = {"text": "ä" * 70_000}
    with working():
        execution = begin(
            owner, document([MANUAL, node("end", "flow.no_op")], "start -> end"), long
        )
        ended(execution)

    assert Payload.objects.filter(execution_id=execution).exists()
    assert items_of(execution, "end") == [long]


@pytest.mark.parametrize(
    "text", ["nul \0 byte", "emoji 😀", "\u202e right to left", "", "{{ 7 * 191 }}", "={{7*191}}"]
)
def test_any_text_comes_through_unchanged(in_alpha, owner, text):
    """R-051, S-002: characters survive, and data is never taken for an expression."""
    flow = document(
        [MANUAL, node("edit", "data.edit_fields", sets("copy", "{{ $json.text }}"))],
        "start -> edit",
    )
    with working():
        execution = begin(owner, flow, {"text": text})
        ended(execution)

    assert items_of(execution, "edit") == [{"text": text, "copy": text}]


def test_a_failing_step_fails_the_run_and_names_the_node(in_alpha, owner):
    flow = document(
        [MANUAL, node("edit", "data.edit_fields", sets("x", "{{ $json.a.b.c }}"))], "start -> edit"
    )
    with working():
        execution = begin(owner, flow, {"a": {}})
        status = ended(execution)

    error = queries.answer(execution)["error"]
    assert status == "failed"
    assert (error["node"], "undefined" in error["message"]) == ("edit", True)


@pytest.mark.parametrize(("on_error", "port"), [("continue", "main"), ("error_port", "error")])
def test_an_error_can_leave_by_a_port_instead(in_alpha, owner, on_error, port):
    flow = document(
        [
            MANUAL,
            node(
                "edit",
                "data.edit_fields",
                sets("x", "{{ $json.a.b.c }}"),
                settings={"on_error": on_error},
            ),
            node("after", "flow.no_op"),
        ],
        "start -> edit",
        f"edit.{port} -> after",
    )
    with working():
        execution = begin(owner, flow, {"a": {}})
        status = ended(execution)

    assert status == "completed"
    assert items_of(execution, "after")[0]["error"]["node"] == "Edit"


def test_pinned_items_replace_a_node_in_test_runs(in_alpha, owner):
    flow = document(
        BRANCHES["nodes"],
        "start -> edit",
        "edit -> big",
        "big.true -> yes",
        pins={"edit": [{"json": {"total": 99}}]},
    )
    with working():
        execution = begin(owner, flow, {"price": 1})
        ended(execution)

    assert items_of(execution, "yes") == [{"total": 99}]


def test_a_missing_node_type_fails_with_what_to_do(in_alpha, owner):

    with pytest.raises(InvalidWorkflow) as caught:
        begin(owner, document([MANUAL, node("x", "acme.gone")], "start -> x"))

    assert any(problem.node == "x" for problem in caught.value.problems)
