"""Nodes that act item by item: no call is repeated, and no item takes another with it."""

from __future__ import annotations

import pytest

from headrace.executions import control, queries, serializers
from headrace.executions.models import LogSegment, Payload
from headrace.executions.sweeper import sweep
from headrace_sdk.items import Item
from tests.support.engine import begin, ended, sql, until, working
from tests.support.stub import serving
from tests.support.workflows import MANUAL, document, node

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def stub(settings):
    with serving() as stub:
        settings.HEADRACE_EGRESS_ALLOW = (f"127.0.0.1:{stub.port}",)
        yield stub


def paths(stub, *given):
    return [{"url": stub.url(path)} for path in given]


def calling(settings=None, **params):
    """One call for each item, to the address that the item names."""
    given = {"url": {"=": "{{ $json.url }}"}, "method": "POST", "parallel": 1, **params}
    given_settings = settings or {}
    call = node("call", "web.http_request", given, settings=given_settings)
    nodes = [MANUAL, call, node("good", "flow.no_op")]
    if given_settings.get("on_error") != "error_port":
        return document(nodes, "start -> call", "call -> good")
    nodes.append(node("bad", "flow.no_op"))
    return document(nodes, "start -> call", "call -> good", "call.error -> bad")


def json_of(execution, step, port=None):
    page = queries.step_items(execution, step, "0", side="output", port=port, offset=0, limit=1_000)
    return [item.json for item in page.items]


def shown(execution):
    """The step of the call as the API has it."""
    steps = queries.history(execution)
    return next(serializers.step(step) for step in steps if step.node == "call")


FAILS = "/2?status=400"


def test_the_error_port_gets_exactly_the_items_that_failed(in_alpha, owner, stub):
    flow = calling({"on_error": "error_port"})
    with working():
        execution = begin(owner, flow, *paths(stub, "/1", FAILS, "/3"))
        status = ended(execution)

    assert status == "completed"
    assert [item["path"] for item in json_of(execution, "good")] == ["/1", "/3"]
    assert [item["url"] for item in json_of(execution, "bad")] == [stub.url(FAILS)]
    assert shown(execution)["failed_items"] == 1


def test_under_continue_the_errors_stand_among_the_results_in_order(in_alpha, owner, stub):
    flow = calling({"on_error": "continue"})
    with working():
        execution = begin(owner, flow, *paths(stub, "/1", FAILS, "/3"))
        ended(execution)

    kinds = ["error" if "error" in item else item["path"] for item in json_of(execution, "good")]
    assert kinds == ["/1", "error", "/3"]


def test_a_retry_repeats_only_the_item_that_failed(in_alpha, owner, stub):
    busy = "/2?status=429&times=1"
    flow = calling({"retry": {"max_attempts": 3, "initial_s": 0.01}})
    with working():
        execution = begin(owner, flow, *paths(stub, "/1", busy, "/3"))
        status = ended(execution)

    assert status == "completed"
    assert [stub.count(path) for path in ("/1", busy, "/3")] == [1, 2, 1]
    assert [item["path"] for item in json_of(execution, "good")] == ["/1", "/2", "/3"]


def test_a_retry_of_reads_repeats_only_what_failed_in_another_worker_too(in_alpha, owner, stub):
    busy = "/2?status=503&times=1"
    retry = {"max_attempts": 2, "initial_s": 6, "jitter": False}
    flow = calling({"retry": retry}, method="GET")
    with working() as engine:
        execution = begin(owner, flow, *paths(stub, "/1", busy, "/3"))
        until(lambda: queries.get(execution).status == "waiting", "the pause")
        until(lambda: execution not in engine.active, "the worker lets go")
    with working():
        status = ended(execution)

    assert status == "completed"
    assert [stub.count(path) for path in ("/1", busy, "/3")] == [1, 2, 1]


def test_nothing_new_is_begun_after_a_failure_that_stops_the_run(in_alpha, owner, stub):
    with working():
        execution = begin(owner, calling(), *paths(stub, "/1", FAILS, "/3"))
        status = ended(execution)

    assert (status, stub.count("/3")) == ("failed", 0)
    assert queries.answer(execution)["error"]["item"] == 1


def test_a_call_begins_when_those_before_it_are_durable(in_alpha, owner, stub):
    """Engine-rules 10: n calls, one after the other, are n + 1 flushes and no more."""
    with working(flush_every_s=30):
        execution = begin(owner, calling(), *paths(stub, "/1", "/2", "/3", "/4"))
        ended(execution)

    segments = LogSegment.objects.filter(execution_id=execution).count()
    # The start and the end of the execution are two more at most.
    assert 5 <= segments <= 7


def test_several_items_a_flush_are_in_doubt_together(in_alpha, owner, stub):
    with working(flush_every_s=30):
        flow = calling({"batch_flush": 10})
        execution = begin(owner, flow, *paths(stub, "/1", "/2", "/3", "/4"))
        ended(execution)

    assert LogSegment.objects.filter(execution_id=execution).count() <= 4


SLOW = "/2?delay_s=0.5"


def lose_worker_at_second_call(owner, stub, flow):
    execution = begin(owner, flow, *paths(stub, "/1", SLOW, "/3"))
    lose_worker_at(execution, stub)
    return execution


def lose_worker_at(execution, stub):
    """Take the execution away from its worker during the slow call."""
    with working(poll_s=30) as engine:
        until(lambda: stub.count(SLOW) == 1, "the second call")
        sql(
            "update run_queue set token = token + 1, state = 'leased', worker = gen_random_uuid() "
            "where execution_id = %s",
            execution,
        )
        until(lambda: execution not in engine.active, "the worker lets go")
    sweep()


def counts(stub):
    return [stub.count(path) for path in ("/1", SLOW, "/3")]


def test_after_a_crash_only_the_call_that_was_under_way_is_repeated(in_alpha, owner, stub):
    execution = lose_worker_at_second_call(owner, stub, calling(honours_key=True))
    with working():
        status = ended(execution)

    assert (status, counts(stub)) == ("completed", [1, 2, 1])
    assert len(stub.keys[SLOW]) == 1
    assert [item["path"] for item in json_of(execution, "good")] == ["/1", "/2", "/3"]


def test_large_results_of_items_lie_beside_the_log_and_are_found_by_another_worker(
    in_alpha, owner, stub
):
    large = "/1?bytes=200000"
    execution = begin(owner, calling(honours_key=True), *paths(stub, large, SLOW, "/3"))
    lose_worker_at(execution, stub)
    assert Payload.objects.filter(execution_id=execution).count() == 1
    with working():
        status = ended(execution)

    assert (status, stub.count(large)) == ("completed", 1)
    assert [len(item.get("text", "")) for item in json_of(execution, "good")] == [200_000, 0, 0]


@pytest.mark.parametrize(
    ("decision", "expected", "called"),
    [
        ("happened", [{"path": "/1", "call": 1}, {"id": 7}, {"path": "/3", "call": 1}], [1, 1, 1]),
        (
            "run_again",
            [{"path": "/1", "call": 1}, {"path": "/2", "call": 2}, {"path": "/3", "call": 1}],
            [1, 2, 1],
        ),
    ],
)
def test_a_person_decides_about_the_one_item_in_doubt_and_the_rest_goes_on(
    in_alpha, owner, stub, decision, expected, called
):
    execution = lose_worker_at_second_call(owner, stub, calling())
    with working():
        until(lambda: queries.get(execution).status == "waiting", "the question")
        asked = shown(execution)
        control.decide(owner, execution, ("call", "0"), decision, [Item({"id": 7})])
        status = ended(execution)

    assert (asked["status"], status) == ("unknown", "completed")
    assert asked["in_doubt"] == {"items": [1], "count": 1, "done": 1}
    assert shown(execution)["in_doubt"] is None
    assert (json_of(execution, "good"), counts(stub)) == (expected, called)


def test_an_item_that_did_not_happen_fails_alone(in_alpha, owner, stub):
    flow = calling({"on_error": "error_port", "on_crash": "stop_and_ask"})
    execution = lose_worker_at_second_call(owner, stub, flow)
    with working():
        until(lambda: queries.get(execution).status == "waiting", "the question")
        control.decide(owner, execution, ("call", "0"), "not_happened")
        status = ended(execution)

    assert (status, counts(stub)) == ("completed", [1, 1, 1])
    assert [item["error"]["code"] for item in json_of(execution, "bad")] == ["did_not_happen"]


def test_readers_of_the_log_are_told_no_items(in_alpha, owner, stub):
    with working():
        execution = begin(owner, calling(), *paths(stub, "/1", "/2", "/3"))
        ended(execution)

    facts = [queries.as_fact(event) for event in queries.events(execution)]
    recorded = [fact for fact in facts if fact["type"] == "workflow.step.items"]
    assert recorded
    assert all("results" not in fact["data"] for fact in recorded)
