"""Forks: what is taken over, what runs again, and that the original stays as it is."""

from __future__ import annotations

import hashlib

import pytest

from headrace.executions import queries
from headrace.executions.actions import resume
from headrace.executions.derivation.errors import NoSuchNode, NoSuchRun
from headrace.executions.derivation.fork import Point, Wish, fork
from headrace.executions.models import Execution, LogSegment, Payload
from headrace.executions.runner import snapshots
from headrace.executions.runner.waiting.token import resume_token
from headrace.workflows import actions as workflows
from headrace.workflows.queries import draft
from headrace_sdk.items import Item
from tests.support.engine import begin, ended, until, working
from tests.support.stub import serving
from tests.support.workflows import MANUAL, document, in_a_row, node, sets

pytestmark = pytest.mark.usefixtures("committed")

ROW = in_a_row(
    [
        MANUAL,
        node("a", "data.edit_fields", sets("a", "{{ $json.n + 1 }}")),
        node("b", "data.edit_fields", sets("b", "{{ $json.a * 10 }}")),
        node("c", "data.edit_fields", sets("c", '{{ $("A").item.json.a + $json.b }}')),
    ]
)


@pytest.fixture
def at_work():
    with working() as engine:
        yield engine


def out(execution, step_node, run="0", side="output"):
    page = queries.step_items(execution, step_node, run, side=side, port=None, offset=0, limit=1000)
    return [item.json for item in page.items]


def statuses(execution):
    return {(one.node, one.run): one.status for one in queries.history(execution)}


def forked(owner, execution, *points, **wish):
    found = fork(owner, execution, Wish([Point(*point) for point in points], **wish))
    ended(found.ref.id)
    return found


def digest(execution):
    rows = [
        *LogSegment.objects.filter(execution_id=execution).order_by("first_seq").values_list(),
        *Payload.objects.filter(execution_id=execution).order_by("id").values_list(),
        *Execution.objects.filter(pk=execution).values_list(),
    ]
    return hashlib.sha256(
        repr([[bytes(v) if isinstance(v, memoryview) else v for v in r] for r in rows]).encode()
    ).digest()


def test_steps_before_the_fork_point_are_taken_over_and_the_rest_runs(in_alpha, owner, at_work):
    source = begin(owner, ROW, {"n": 1})
    ended(source)

    found = forked(owner, source, ("b",))

    assert statuses(found.ref.id) == {
        ("start", "0"): "completed",
        ("a", "0"): "cached",
        ("b", "0"): "completed",
        ("c", "0"): "completed",
    }
    assert out(found.ref.id, "c") == [{"n": 1, "a": 2, "b": 20, "c": 22}]


def test_edited_items_replace_the_input_of_the_fork_point(in_alpha, owner, at_work):
    source = begin(owner, ROW, {"n": 1})
    ended(source)

    found = forked(owner, source, ("b",), items=[Item({"a": 5})])

    assert out(found.ref.id, "b") == [{"a": 5, "b": 50}]
    assert out(found.ref.id, "b", side="input") == [{"a": 5}]
    assert out(found.ref.id, "c") == [{"a": 5, "b": 50, "c": 52}]


def test_a_fork_at_the_trigger_begins_with_other_items(in_alpha, owner, at_work):
    source = begin(owner, ROW, {"n": 1})
    ended(source)

    found = forked(owner, source, ("start",), items=[Item({"n": 7})])

    assert found.reused == []
    assert out(found.ref.id, "b") == [{"n": 7, "a": 8, "b": 80}]


def test_the_original_is_not_touched(in_alpha, owner, at_work):
    source = begin(owner, ROW, {"n": 1, "text": "x" * 70_000})
    ended(source)
    before = digest(source)

    forked(owner, source, ("b",), items=[Item({"a": 5})])

    assert digest(source) == before


def test_a_fork_outlives_its_original(in_alpha, owner, at_work):
    source = begin(owner, ROW, {"n": 1, "text": "x" * 70_000})
    ended(source)
    found = forked(owner, source, ("c",))

    for rows in (LogSegment, Payload):
        rows.objects.filter(execution_id=source).delete()

    assert out(found.ref.id, "b")[0]["b"] == 20


def test_the_answer_says_what_is_reused_and_why_the_rest_is_not(in_alpha, owner, at_work):
    source = begin(owner, ROW, {"n": 1})
    ended(source)

    found = forked(owner, source, ("b",))

    assert found.reused == [("a", "0")]
    assert found.again == {("b", "0"): "fork_point", ("c", "0"): "after"}


def test_writes_that_are_taken_over_are_not_repeated(in_alpha, owner, at_work, settings):
    with serving() as stub:
        settings.HEADRACE_EGRESS_ALLOW = [f"127.0.0.1:{stub.port}"]
        flow = in_a_row(
            [
                MANUAL,
                node("pay", "web.http_request", {"method": "POST", "url": stub.url("/pay")}),
                node("after", "flow.no_op"),
            ]
        )
        with working():
            source = begin(owner, flow, {"n": 1})
            assert ended(source) == "completed"
            found = forked(owner, source, ("after",))

        assert queries.get(found.ref.id).status == "completed"
        assert stub.count("/pay") == 1


def test_a_fork_of_a_fork_takes_over_what_both_did(in_alpha, owner, at_work):
    source = begin(owner, ROW, {"n": 1})
    ended(source)
    first = forked(owner, source, ("b",), items=[Item({"a": 5})])

    second = forked(owner, first.ref.id, ("c",))

    assert second.reused == [("a", "0"), ("b", "0")]
    assert out(second.ref.id, "c") == [{"a": 5, "b": 50, "c": 52}]


def test_forking_again_at_the_same_step_keeps_its_edited_input(in_alpha, owner, at_work):
    source = begin(owner, ROW, {"n": 1})
    ended(source)
    first = forked(owner, source, ("b",), items=[Item({"a": 5})])

    second = forked(owner, first.ref.id, ("b",))

    assert out(second.ref.id, "b") == [{"a": 5, "b": 50}]


def test_a_half_filled_join_comes_back(in_alpha, owner, at_work):
    flow = document(
        [
            MANUAL,
            node("left", "data.edit_fields", sets("side", "left")),
            node("right", "data.edit_fields", sets("side", "right")),
            node("join", "flow.merge", {"mode": "append"}),
        ],
        "start -> left",
        "start -> right",
        "left -> join.1",
        "right -> join.2",
    )
    source = begin(owner, flow, {})
    ended(source)

    found = forked(owner, source, ("right",), items=[Item({"edited": True})])

    assert found.reused == [("left", "0")]
    assert out(found.ref.id, "join") == [{"side": "left"}, {"edited": True, "side": "right"}]


def test_a_fork_after_an_event_reuses_what_had_ended_by_then(in_alpha, owner, at_work):
    source = begin(owner, ROW, {"n": 1})
    ended(source)
    seq = next(one.seq for one in queries.events(source) if one.node == "a")

    found = fork(owner, source, Wish(seq=seq))
    ended(found.ref.id)

    assert found.reused == [("a", "0")]


def test_waits_are_issued_anew(in_alpha, owner, at_work):
    flow = in_a_row([MANUAL, node("a", "flow.no_op"), node("hold", "flow.wait", {"mode": "call"})])
    source = begin(owner, flow, {})
    until(lambda: queries.get(source).status == "waiting", "the wait")
    found = fork(owner, source, Wish([Point("hold")]))
    until(lambda: queries.get(found.ref.id).status == "waiting", "the fork's own wait")

    tokens = [
        [e.data["resume_url"] for e in queries.events(one) if e.type == "workflow.step.waiting"]
        for one in (source, found.ref.id)
    ]
    assert tokens[0] != tokens[1]


def test_another_version_reuses_what_did_not_change(in_alpha, owner, at_work):
    source = begin(owner, ROW, {"n": 1})
    ended(source)
    row = queries.get(source)
    changed = {
        **ROW,
        "nodes": [
            *ROW["nodes"][:2],
            node("b", "data.edit_fields", sets("b", 3), position=[560, 0]),
            ROW["nodes"][3],
        ],
    }
    workflows.save(owner, row.workflow_id, changed, revision=draft(row.workflow_id).row.revision)

    found = forked(owner, source, ("c",), version="draft")

    assert found.reused == [("a", "0")]
    assert found.again == {("b", "0"): "node_changed", ("c", "0"): "fork_point"}
    assert out(found.ref.id, "c") == [{"n": 1, "a": 2, "b": 3, "c": 5}]


@pytest.mark.parametrize(("point", "error"), [(("x",), NoSuchNode), (("b", "9"), NoSuchRun)])
def test_a_fork_point_must_exist(in_alpha, owner, at_work, point, error):
    source = begin(owner, ROW, {"n": 1})
    ended(source)

    with pytest.raises(error):
        fork(owner, source, Wish([Point(*point)]))


def test_edited_items_survive_a_wait_and_a_snapshot(in_alpha, owner, at_work, monkeypatch):
    monkeypatch.setattr(snapshots, "AT_RELEASE_AFTER", 1)
    hold = node("hold", "flow.wait", {"mode": "for", "duration_s": 0.1})
    flow = in_a_row([MANUAL, hold, node("b", "data.edit_fields", sets("b", "{{ $json.n * 2 }}"))])
    source = begin(owner, flow, {"n": 1})
    assert ended(source) == "completed"
    call = node("hold", "flow.wait", {"mode": "call"}, position=[280, 0])
    row = queries.get(source)
    changed = {**flow, "nodes": [flow["nodes"][0], call, flow["nodes"][2]]}
    workflows.save(owner, row.workflow_id, changed, revision=draft(row.workflow_id).row.revision)

    points = [Point("hold"), Point("b")]
    found = fork(owner, source, Wish(points, items=[Item({"n": 21})], version="draft"))
    until(lambda: queries.get(found.ref.id).status == "waiting", "the wait")
    resume(resume_token(found.ref.id, "hold", "0"), None)

    assert ended(found.ref.id) == "completed"
    assert out(found.ref.id, "b")[0]["b"] == 42
