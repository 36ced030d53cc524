"""What was done is undone backwards, once each, when a later step fails."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from headrace.executions import actions, queries
from tests.support.engine import begin, ended, sql, until, working
from tests.support.saga import calls, counts, trip
from tests.support.stub import Stub, serving
from tests.support.workflows import MANUAL, document, node, sets

pytestmark = pytest.mark.usefixtures("committed")

BACKWARDS = ["book-hotel", "book-car", "book-flight", "undo-car", "undo-hotel"]


@pytest.fixture
def stub(settings) -> Iterator[Stub]:
    with serving() as stub:
        settings.HEADRACE_EGRESS_ALLOW = (f"127.0.0.1:{stub.port}",)
        yield stub


def test_bookings_are_undone_backwards_when_the_third_fails(in_alpha, owner, stub):
    with working():
        execution = begin(owner, trip(stub, "trip"), {"who": "Ann"})
        status = ended(execution)

    assert (status, queries.answer(execution)["error"]["node"]) == ("failed", "book-flight")
    assert calls(stub, "trip") == BACKWARDS
    assert counts(stub, "trip") == {1}


def test_undoing_goes_on_where_a_dead_worker_left_it(in_alpha, owner, stub):
    """Taken over in the middle: nothing is undone twice, and nothing is left out."""
    with working() as first:
        execution = begin(owner, trip(stub, "slow", delay_s=0.3))
        until(lambda: stub.count("/slow/undo-car?delay_s=0.3&") == 1, "the first undo")
        until(lambda: execution in first.active, "the claim")
        sql("update run_queue set token = token + 1, state = 'ready', worker = null")
        status = ended(execution)

    assert status == "failed"
    assert calls(stub, "slow") == BACKWARDS
    assert counts(stub, "slow") <= {1, 2}, "only the call that was under way is repeated"
    keys = [keys for path, keys in stub.keys.items() if path.startswith("/slow/")]
    assert {len(one) for one in keys} == {1}, "a call that was met is repeated with its key"


def test_an_undo_gets_what_arrived_and_what_was_done(in_alpha, owner):
    flow = document(
        [
            MANUAL,
            node("book", "data.edit_fields", sets("booking", "{{ $json.n * 10 }}")),
            node("saga", "flow.compensate"),
            node("undo", "data.edit_fields", sets("was", '{{ $("Book").item.json.booking }}')),
            node("fail", "flow.stop", {"message": "no"}),
        ],
        "start -> book",
        "book -> saga",
        "saga.undo -> undo",
        "saga -> fail",
    )
    with working():
        execution = begin(owner, flow, {"n": 1}, {"n": 2})
        ended(execution)

    steps = {step.node: step for step in queries.history(execution)}
    page = queries.step_items(
        execution, "undo", steps["undo"].run, side="output", port=None, offset=0, limit=10
    )
    assert [item.json["was"] for item in page.items] == [10, 20]


@pytest.mark.parametrize("on_cancel", [False, True])
def test_a_cancel_undoes_only_where_the_author_says_so(in_alpha, owner, on_cancel):
    flow = document(
        [
            MANUAL,
            node("saga", "flow.compensate", {"on_cancel": on_cancel}),
            node("undo", "flow.no_op"),
            node("wait", "flow.wait", {"mode": "call"}),
        ],
        "start -> saga",
        "saga.undo -> undo",
        "saga -> wait",
    )
    with working():
        execution = begin(owner, flow, {})
        until(lambda: queries.get(execution).status == "waiting", "the wait")
        actions.cancel(owner, execution)
        status = ended(execution)

    nodes = {step.node for step in queries.history(execution)}
    assert (status, "undo" in nodes) == ("cancelled", on_cancel)


def test_what_a_try_catches_is_undone_first_and_the_run_goes_on(in_alpha, owner):
    flow = document(
        [
            MANUAL,
            node("try", "flow.try"),
            node("saga", "flow.compensate"),
            node("undo", "flow.no_op"),
            node("fail", "flow.stop", {"message": "no"}),
            node("caught", "flow.no_op"),
        ],
        "start -> try",
        "try.loop -> saga",
        "saga.undo -> undo",
        "saga -> fail",
        "try.error -> caught",
    )
    with working():
        execution = begin(owner, flow, {})
        status = ended(execution)

    nodes = [step.node for step in queries.history(execution)]
    assert status == "completed", queries.answer(execution)
    assert nodes.index("undo") < nodes.index("caught")


def test_without_a_failure_nothing_is_undone(in_alpha, owner):
    flow = document(
        [
            MANUAL,
            node("saga", "flow.compensate"),
            node("undo", "flow.no_op"),
            node("end", "flow.no_op"),
        ],
        "start -> saga",
        "saga.undo -> undo",
        "saga -> end",
    )
    with working():
        execution = begin(owner, flow, {})
        status = ended(execution)

    assert (status, "undo" in {step.node for step in queries.history(execution)}) == (
        "completed",
        False,
    )


def test_what_undoes_after_a_cancel_may_call_others(in_alpha, owner, stub):
    """A cancel forbids everything else to begin."""
    call = {"method": "POST", "url": stub.url("/cancelled/undo")}
    flow = document(
        [
            MANUAL,
            node("saga", "flow.compensate", {"on_cancel": True}),
            node("undo", "web.http_request", call),
            node("wait", "flow.wait", {"mode": "call"}),
        ],
        "start -> saga",
        "saga.undo -> undo",
        "saga -> wait",
    )
    with working():
        execution = begin(owner, flow, {})
        until(lambda: queries.get(execution).status == "waiting", "the wait")
        actions.cancel(owner, execution)
        status = ended(execution)

    assert status == "cancelled"
    assert stub.count("/cancelled/undo") == 1
