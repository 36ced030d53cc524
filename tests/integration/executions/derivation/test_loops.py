"""Forks and partial runs of workflows with loops: earlier turns are taken over."""

from __future__ import annotations

import pytest

from headrace.executions import queries
from headrace.executions.derivation.fork import Point, Wish, fork
from headrace.executions.derivation.partial import Part, run_part
from headrace.executions.derivation.stale import stale
from headrace_sdk.items import Item
from tests.support.engine import begin, ended, working
from tests.support.workflows import MANUAL, document, node, sets

pytestmark = pytest.mark.usefixtures("committed")

FLOW = document(
    [
        MANUAL,
        node("split", "data.split_out", {"field": "list"}),
        node("each", "flow.for_each"),
        node("a", "data.edit_fields", sets("a", "{{ $json.n * 10 }}")),
        node("b", "data.edit_fields", sets("b", "{{ $json.a + 1 }}")),
        node("end", "flow.no_op"),
    ],
    "start -> split",
    "split -> each",
    "each.loop -> a",
    "a -> b",
    "b -> each",
    "each.done -> end",
)


@pytest.fixture(autouse=True)
def at_work(in_alpha):
    with working() as engine:
        yield engine


@pytest.fixture
def source(in_alpha, owner):
    execution = begin(owner, FLOW, {"list": [{"n": 1}, {"n": 2}, {"n": 3}]})
    assert ended(execution) == "completed"
    return execution


def out(execution, step_node, run="0"):
    page = queries.step_items(
        execution, step_node, run, side="output", port=None, offset=0, limit=1000
    )
    return [item.json for item in page.items]


def statuses(execution, step_node):
    return {one.run: one.status for one in queries.history(execution) if one.node == step_node}


def forked(owner, execution, *points, **wish):
    found = fork(owner, execution, Wish([Point(*point) for point in points], **wish))
    assert ended(found.ref.id) == "completed"
    return found


def test_the_source_is_what_the_tests_think(source):
    assert out(source, "end") == [{"n": n, "a": n * 10, "b": n * 10 + 1} for n in (1, 2, 3)]


def test_a_fork_inside_a_loop_reuses_earlier_turns(owner, source):
    found = forked(owner, source, ("b", "1"), items=[Item({"n": 2, "a": 5})])

    assert statuses(found.ref.id, "b") == {"0": "cached", "1": "completed", "2": "completed"}
    assert statuses(found.ref.id, "a") == {"0": "cached", "1": "cached", "2": "completed"}
    assert [item["b"] for item in out(found.ref.id, "end")] == [11, 6, 31]


def test_a_fork_takes_the_last_turn_without_a_name(owner, source):
    found = forked(owner, source, ("b",))

    assert statuses(found.ref.id, "b") == {"0": "cached", "1": "cached", "2": "completed"}


def test_a_fork_behind_a_loop_reuses_all_of_it(owner, source):
    found = forked(owner, source, ("end",))

    assert set(statuses(found.ref.id, "b").values()) == {"cached"}
    assert out(found.ref.id, "end") == out(source, "end")


def test_a_fork_of_a_fork_inside_a_loop(owner, source):
    first = forked(owner, source, ("b", "1"), items=[Item({"n": 2, "a": 5})])

    second = forked(owner, first.ref.id, ("b", "2"))

    assert statuses(second.ref.id, "b") == {"0": "cached", "1": "cached", "2": "completed"}
    assert [item["b"] for item in out(second.ref.id, "end")] == [11, 6, 31]


def test_one_node_in_a_loop_runs_its_last_turn_alone(owner, source):
    workflow = queries.get(source).workflow_id

    execution = run_part(owner, workflow, Part(only="b", execution=source), mode="manual").id

    assert ended(execution) == "completed"
    assert statuses(execution, "b") == {"0": "cached", "1": "cached", "2": "completed"}
    assert out(execution, "b", "2") == [{"n": 3, "a": 30, "b": 31}]
    assert statuses(execution, "end") == {}


def test_run_to_a_node_in_a_loop_leaves_out_what_comes_after_it(owner, source):
    workflow = queries.get(source).workflow_id

    execution = run_part(
        owner,
        workflow,
        Part(to="a", items=[Item({"list": [{"n": 7}, {"n": 8}]})]),
        mode="manual",
    ).id

    assert ended(execution) == "completed"
    assert statuses(execution, "a") == {"0": "completed", "1": "completed"}
    assert statuses(execution, "b") == {}


def test_nothing_of_an_unchanged_loop_is_stale(source):
    workflow = queries.get(source).workflow_id

    assert [one for one in stale(workflow, source) if one.is_stale] == []


def test_a_fork_is_folded_again_from_its_own_log(owner, source, at_work):
    """What a loop collected stands in the fork's log, not in the memory of a worker."""
    found = forked(owner, source, ("end",))

    page = queries.step_items(
        found.ref.id, "each", "0", side="output", port="done", offset=0, limit=10
    )

    assert [item.json["b"] for item in page.items] == [11, 21, 31]
