"""Writes of which nobody knows whether they had their effect: P-3, R-002, engine-rules 13 and 21."""

from __future__ import annotations

import pytest

from headrace.audit import queries as audit
from headrace.audit.filters import Filter
from headrace.executions import actions, control, queries
from headrace.executions.errors import AlreadyDecided, AlreadyEnded, StepNotUnknown
from headrace.executions.sweeper import sweep
from headrace_sdk.items import Item
from tests.support.engine import begin, ended, sql, until, working
from tests.support.stub import serving
from tests.support.workflows import MANUAL, document, in_a_row, node, sets

pytestmark = pytest.mark.usefixtures("committed")

SLOW = "/slow?delay_s=0.4"


@pytest.fixture
def stub(settings):
    with serving() as stub:
        settings.HEADRACE_EGRESS_ALLOW = (f"127.0.0.1:{stub.port}",)
        yield stub


def writing(stub, path=SLOW, params=None, settings=None, **more):
    given = {"url": stub.url(path), "method": "POST", **(params or {})}
    call = node("call", "web.http_request", given, settings=settings or {})
    return in_a_row([MANUAL, call, node("after", "data.edit_fields", sets("done", True))]) | more


def lose_worker_during_call(owner, stub, flow, path=SLOW, items=({},)):
    """Begin, and take the execution away from its worker while it calls; nobody wrote the end."""
    execution = begin(owner, flow, *items)
    with working(poll_s=30) as engine:
        until(lambda: stub.count(path) == 1, "the call")
        sql(
            "update run_queue set token = token + 1, state = 'leased', worker = gen_random_uuid() "
            "where execution_id = %s",
            execution,
        )
        until(lambda: execution not in engine.active, "the worker lets go")
    sweep()
    return execution


def asked(execution):
    until(lambda: queries.get(execution).status == "waiting", "the question")
    return next(step for step in queries.history(execution) if step.node == "call")


def test_a_write_cut_off_by_a_crash_waits_for_a_person(in_alpha, owner, stub):
    execution = lose_worker_during_call(owner, stub, writing(stub))
    with working():
        step = asked(execution)

    assert (step.status, step.error["code"]) == ("unknown", "outcome_unknown")
    assert queries.get(execution).waiting_for == "decision"
    assert stub.count(SLOW) == 1


@pytest.mark.parametrize(
    "made",
    [
        {"settings": {"on_crash": "retry"}},
        {"params": {"honours_key": True}},
        {"params": {"method": "PUT"}},
        {"params": {"method": "GET"}},
    ],
    ids=["the node says retry", "the service honours keys", "a PUT", "a GET"],
)
def test_what_may_be_repeated_is_made_again_with_the_same_key(in_alpha, owner, stub, made):
    execution = lose_worker_during_call(owner, stub, writing(stub, **made))
    with working():
        status = ended(execution)

    assert status == "completed"
    assert stub.count(SLOW) == 2
    assert len(stub.keys[SLOW]) == 1


def test_the_workflow_says_what_its_nodes_do_unless_they_say_it_themselves(in_alpha, owner, stub):
    flow = writing(stub)
    flow["settings"] = {"timezone": "UTC", "on_crash": "retry"}
    execution = lose_worker_during_call(owner, stub, flow)
    with working():
        status = ended(execution)

    assert (status, stub.count(SLOW)) == ("completed", 2)


def test_a_keyed_write_waits_for_a_person_where_its_author_wants_that(in_alpha, owner, stub):
    flow = writing(stub, params={"method": "PUT"}, settings={"on_crash": "stop_and_ask"})
    execution = lose_worker_during_call(owner, stub, flow)
    with working():
        step = asked(execution)

    assert step.status == "unknown"


def test_it_happened_goes_on_with_the_items_that_are_given(in_alpha, owner, stub):
    execution = lose_worker_during_call(owner, stub, writing(stub))
    with working():
        asked(execution)
        control.decide(owner, execution, ("call", "0"), "happened", [Item({"id": 7})])
        status = ended(execution)

    assert (status, stub.count(SLOW)) == ("completed", 1)
    assert queries.answer(execution)["items"][0]["json"] == {"id": 7, "done": True}


def test_it_happened_goes_on_with_an_empty_item_where_none_is_given(in_alpha, owner, stub):
    execution = lose_worker_during_call(owner, stub, writing(stub))
    with working():
        asked(execution)
        control.decide(owner, execution, ("call", "0"), "happened")
        status = ended(execution)

    assert status == "completed"
    assert queries.answer(execution)["items"][0]["json"] == {"done": True}


def test_it_did_not_happen_fails_the_step(in_alpha, owner, stub):
    execution = lose_worker_during_call(owner, stub, writing(stub))
    with working():
        asked(execution)
        control.decide(owner, execution, ("call", "0"), "not_happened")
        status = ended(execution)

    assert (status, queries.answer(execution)["error"]["code"]) == ("failed", "did_not_happen")


def test_it_did_not_happen_leaves_by_the_error_port_where_there_is_one(in_alpha, owner, stub):
    flow = writing(stub, settings={"on_error": "error_port"})
    flow["edges"][1]["from"] = ["call", "error"]
    execution = lose_worker_during_call(owner, stub, flow)
    with working():
        asked(execution)
        control.decide(owner, execution, ("call", "0"), "not_happened")
        status = ended(execution)

    assert status == "completed"
    assert queries.answer(execution)["items"][0]["json"]["error"]["code"] == "did_not_happen"


def test_run_again_makes_another_attempt_with_the_same_key(in_alpha, owner, stub):
    execution = lose_worker_during_call(owner, stub, writing(stub))
    with working():
        asked(execution)
        control.decide(owner, execution, ("call", "0"), "run_again")
        status = ended(execution)

    step = next(step for step in queries.history(execution) if step.node == "call")
    assert (status, step.attempt, stub.count(SLOW)) == ("completed", 2, 2)
    assert len(stub.keys[SLOW]) == 1


def test_of_two_who_decide_the_second_is_told(in_alpha, owner, stub):
    execution = lose_worker_during_call(owner, stub, writing(stub))
    with working():
        asked(execution)
    control.decide(owner, execution, ("call", "0"), "happened")

    with pytest.raises(AlreadyDecided):
        control.decide(owner, execution, ("call", "0"), "run_again")


@pytest.mark.parametrize(
    ("decision", "then"),
    [("happened", "completed"), ("not_happened", "failed"), ("run_again", "cancelled")],
)
def test_a_turn_that_fails_beside_an_unknown_step_waits_for_the_decision(
    in_alpha, owner, stub, decision, then
):
    """Nothing is made again there: what is asked for is what happened."""
    read = {"url": stub.url("/bad?status=400&delay_s=0.4"), "method": "GET"}
    flow = document(
        [
            MANUAL,
            node("try", "flow.try"),
            node("call", "web.http_request", {"url": stub.url(SLOW), "method": "POST"}),
            node("bad", "web.http_request", read),
            node("caught", "flow.no_op"),
        ],
        "start -> try",
        "try.loop -> call",
        "try.loop -> bad",
        "try.error -> caught",
    )
    execution = lose_worker_during_call(owner, stub, flow)
    with working():
        asked(execution)
        control.decide(owner, execution, ("call", "0"), decision)
        status = ended(execution)

    steps = {step.node: step.status for step in queries.history(execution)}
    assert (status, steps["call"], steps["caught"]) == ("completed", then, "completed")
    assert stub.count(SLOW) == 1


def test_a_decision_stands_in_the_audit_record_and_in_the_step(in_alpha, owner, stub):
    execution = lose_worker_during_call(owner, stub, writing(stub))
    with working():
        asked(execution)
        control.decide(owner, execution, ("call", "0"), "happened")
        ended(execution)

    entry = Filter(action="execution.decided").entries().get()
    step = next(step for step in queries.history(execution) if step.node == "call")
    assert audit.as_entry(entry).facts["decision"] == "happened"
    assert "it did happen" in step.log[-1]["message"]


def test_only_what_is_unknown_can_be_decided(in_alpha, owner, stub):
    with working():
        execution = begin(owner, writing(stub, settings={"on_crash": "stop_and_ask"}), {})
        until(lambda: stub.count(SLOW) == 1, "the call")
        with pytest.raises(StepNotUnknown):
            control.decide(owner, execution, ("call", "0"), "happened")
        ended(execution)
        with pytest.raises(AlreadyEnded):
            control.decide(owner, execution, ("call", "0"), "happened")


def test_a_cancelled_execution_keeps_the_question_in_its_history(in_alpha, owner, stub):
    execution = lose_worker_during_call(owner, stub, writing(stub))
    with working():
        asked(execution)
        actions.cancel(owner, execution)
        status = ended(execution)

    step = next(step for step in queries.history(execution) if step.node == "call")
    assert (status, step.status) == ("cancelled", "unknown")


LATE = "/late?delay_s=2"


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ({}, "waiting"),
        ({"params": {"method": "GET"}}, "failed"),
        ({"settings": {"on_error": "continue"}}, "completed"),
        ({"settings": {"on_error": "continue", "on_crash": "stop_and_ask"}}, "waiting"),
    ],
    ids=["a POST", "a GET", "an author who handles errors", "an author who wants to be asked"],
)
def test_a_call_that_ran_out_of_time_is_a_question_if_it_wrote(
    in_alpha, owner, stub, made, expected
):
    """Engine-rules 21: `maybe` follows `on_crash`."""
    made = {**made, "params": {"timeout_s": 0.2, **made.get("params", {})}}
    with working():
        execution = begin(owner, writing(stub, LATE, **made), {})
        until(lambda: queries.get(execution).status == expected, expected)

    assert stub.count(LATE) == 1


BAD = "/bad?status=500&times=1"
BUSY = "/busy?status=429&times=1"
TWICE = {"retry": {"max_attempts": 2, "initial_s": 0.01}}


@pytest.mark.parametrize(
    ("path", "params", "expected"),
    [
        (BAD, {}, ("failed", 1)),
        (BAD, {"honours_key": True}, ("completed", 2)),
        (BAD, {"method": "GET"}, ("completed", 2)),
        (BUSY, {}, ("completed", 2)),
    ],
    ids=["unkeyed and answered", "keyed", "a read", "refused"],
)
def test_a_write_is_retried_by_itself_only_where_that_is_safe(
    in_alpha, owner, stub, path, params, expected
):
    with working():
        execution = begin(owner, writing(stub, path, params=params, settings=TWICE), {})
        status = ended(execution)

    assert (status, stub.count(path)) == expected
