"""Run to here, from here, one node: only what is needed runs, and what holds is reused."""

from __future__ import annotations

import pytest

from headrace.executions import queries
from headrace.executions.derivation.errors import NoInput, NoSuchNode
from headrace.executions.derivation.fork import Point, Wish, fork
from headrace.executions.derivation.partial import Part, run_part
from headrace.executions.derivation.stale import stale
from headrace.workflows import actions as workflows
from headrace.workflows.queries import draft
from headrace_sdk.items import Item
from tests.support.engine import ended, working
from tests.support.workflows import MANUAL, document, node, sets

pytestmark = pytest.mark.usefixtures("committed")

FLOW = document(
    [
        MANUAL,
        node("a", "data.edit_fields", sets("a", "{{ $json.n + 1 }}")),
        node("b", "data.edit_fields", sets("b", "{{ $json.a * 10 }}")),
        node("c", "data.edit_fields", sets("c", "{{ $json.b }}")),
        node("aside", "flow.no_op"),
    ],
    "start -> a",
    "a -> b",
    "b -> c",
    "start -> aside",
)


@pytest.fixture(autouse=True)
def at_work(in_alpha):
    with working() as engine:
        yield engine


@pytest.fixture
def workflow(in_alpha, owner):
    return workflows.create(owner, document=FLOW).row.id


def part(owner, workflow, **wish):
    if "items" in wish:
        wish["items"] = [Item(one) for one in wish["items"]]
    execution = run_part(owner, workflow, Part(**wish), mode="manual").id
    ended(execution)
    return execution


def change(owner, workflow, **params):
    """Give nodes other parameters by their ids."""
    content = draft(workflow).document
    nodes = [{**one, "params": params.get(one["id"], one["params"])} for one in content["nodes"]]
    revision = draft(workflow).row.revision
    workflows.save(owner, workflow, {**content, "nodes": nodes}, revision=revision)


def pin(owner, workflow, **pins):
    content = {
        **draft(workflow).document,
        "pins": {k: [{"json": i} for i in v] for k, v in pins.items()},
    }
    workflows.save(owner, workflow, content, revision=draft(workflow).row.revision)


def statuses(execution):
    return {one.node: one.status for one in queries.history(execution)}


def out(execution, step_node, run="0"):
    page = queries.step_items(
        execution, step_node, run, side="output", port=None, offset=0, limit=1000
    )
    return [item.json for item in page.items]


def test_run_to_here_runs_what_the_node_needs_and_nothing_beyond(owner, workflow):
    execution = part(owner, workflow, to="b", items=[{"n": 1}])

    assert statuses(execution) == {"start": "completed", "a": "completed", "b": "completed"}
    assert queries.get(execution).status == "completed"


def test_what_holds_is_reused_and_what_changed_runs(owner, workflow):
    first = part(owner, workflow, to="c", items=[{"n": 1}])
    change(owner, workflow, b=sets("b", "{{ $json.a * 100 }}"))

    second = part(owner, workflow, to="c", execution=first)

    assert statuses(second) == {
        "start": "completed",
        "a": "cached",
        "b": "completed",
        "c": "completed",
    }
    assert out(second, "c") == [{"n": 1, "a": 2, "b": 200, "c": 200}]


def test_other_items_make_everything_stale(owner, workflow):
    first = part(owner, workflow, to="b", items=[{"n": 1}])

    second = part(owner, workflow, to="b", execution=first, items=[{"n": 2}])

    assert statuses(second)["a"] == "completed"
    assert out(second, "b") == [{"n": 2, "a": 3, "b": 30}]


def test_a_pin_with_the_same_items_leaves_what_follows_fresh(owner, workflow):
    first = part(owner, workflow, to="c", items=[{"n": 1}])
    pin(owner, workflow, a=[{"n": 1, "a": 2}])

    second = part(owner, workflow, to="c", execution=first)

    assert statuses(second)["b"] == "cached"


def test_a_pin_with_other_items_makes_what_follows_stale(owner, workflow):
    first = part(owner, workflow, to="c", items=[{"n": 1}])
    pin(owner, workflow, a=[{"a": 7}])

    second = part(owner, workflow, to="c", execution=first)

    assert out(second, "b") == [{"a": 7, "b": 70}]


def test_run_from_here_runs_the_node_and_what_follows(owner, workflow):
    first = part(owner, workflow, to="c", items=[{"n": 1}])

    second = part(owner, workflow, start="b", execution=first)

    assert statuses(second) == {
        "start": "completed",
        "a": "cached",
        "b": "completed",
        "c": "completed",
    }


def test_one_node_runs_alone_on_its_last_input(owner, workflow):
    first = part(owner, workflow, to="c", items=[{"n": 1}])
    change(owner, workflow, a=sets("a", 0), b=sets("b", "{{ $json.a * 3 }}"))

    second = part(owner, workflow, only="b", execution=first)

    assert statuses(second) == {"start": "completed", "a": "cached", "b": "completed"}
    assert out(second, "b") == [{"n": 1, "a": 2, "b": 6}]


def test_one_node_runs_alone_on_what_is_pinned_before_it(owner, workflow):
    pin(owner, workflow, a=[{"a": 4}])

    execution = part(owner, workflow, only="b")

    assert out(execution, "b") == [{"a": 4, "b": 40}]


def test_what_has_no_result_before_one_node_runs_with_it(owner, workflow):
    first = part(owner, workflow, only="a", items=[{"n": 1}])

    second = part(owner, workflow, only="c", execution=first)

    assert statuses(first) == {"start": "completed", "a": "completed"}
    assert statuses(second) == {
        "start": "completed",
        "a": "cached",
        "b": "completed",
        "c": "completed",
    }


def test_one_node_that_the_data_did_not_come_to_is_refused(owner):
    rule = {"conditions": {"all": [{"left": "{{ $json.n }}", "op": "gt", "right": 5}]}}
    flow = document(
        [MANUAL, node("large", "flow.if", rule), node("end", "flow.no_op")],
        "start -> large",
        "large.true -> end",
    )
    made = workflows.create(owner, document=flow).row.id
    first = part(owner, made, to="end", items=[{"n": 1}])

    with pytest.raises(NoInput):
        run_part(owner, made, Part(only="end", execution=first), mode="manual")


def test_a_node_that_is_not_there_is_refused(owner, workflow):
    with pytest.raises(NoSuchNode):
        run_part(owner, workflow, Part(to="x"), mode="manual")


def test_stale_names_the_runs_that_would_run_again(owner, workflow):
    first = part(owner, workflow, to="c", items=[{"n": 1}])
    change(owner, workflow, b=sets("b", 1))

    found = {one.id.node: (one.is_stale, one.reason) for one in stale(workflow, first)}

    assert found == {
        "start": (False, ""),
        "a": (False, ""),
        "b": (True, "node_changed"),
        "c": (True, "after"),
    }


def test_items_that_failed_and_went_another_way_are_not_stale_by_that(owner):
    fails = node("a", "web.http_request", {"url": "http://127.0.0.1:9/"})
    fails["settings"] = {"on_error": "error_port"}
    flow = document([MANUAL, fails, node("end", "flow.no_op")], "start -> a", "a.error -> end")
    made = workflows.create(owner, document=flow).row.id
    first = part(owner, made, to="end", items=[{"n": 1}])

    found = stale(made, first)

    assert [(one.id.node, one.is_stale) for one in found] == [
        ("start", False),
        ("a", False),
        ("end", False),
    ]


def test_a_run_that_failed_is_told_apart_from_one_whose_node_was_changed(owner):
    flow = document([MANUAL, node("halt", "flow.stop", {"message": "No"})], "start -> halt")
    made = workflows.create(owner, document=flow).row.id
    failed = part(owner, made, to="halt", items=[{"n": 1}])
    before = stale(made, failed)[-1]

    change(owner, made, halt={"message": "Not today"})

    assert (before.id.node, before.reason) == ("halt", "not_ended")
    assert stale(made, failed)[-1].reason == "node_changed"


def test_a_fork_of_a_partial_run_goes_no_further_than_it(owner, workflow):
    first = part(owner, workflow, to="b", items=[{"n": 1}])

    found = fork(owner, first, Wish([Point("a")], items=[Item({"n": 5})]))

    assert ended(found.ref.id) == "completed"
    assert statuses(found.ref.id) == {"start": "completed", "a": "completed", "b": "completed"}
