"""Pausing, resuming and retrying executions that began."""

from __future__ import annotations

import pytest

from headrace.audit.filters import Filter
from headrace.executions import actions, control, queries
from headrace.executions.errors import AlreadyEnded, NotRetryable
from tests.support.engine import begin, ended, queue_row, sql, until, working
from tests.support.queue import ask
from tests.support.stub import serving
from tests.support.workflows import MANUAL, document, in_a_row, node, sets

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def stub(settings):
    with serving() as stub:
        settings.HEADRACE_EGRESS_ALLOW = (f"127.0.0.1:{stub.port}",)
        yield stub


def calls(stub, path, node_id="call", **more):
    """A POST to the stub."""
    params = {"url": stub.url(path), "method": "POST"}
    return node(node_id, "web.http_request", params, **more)


def statuses(execution):
    return {step.node: step.status for step in queries.history(execution)}


def test_a_paused_execution_ends_what_runs_and_starts_nothing_new(in_alpha, owner, stub):
    flow = in_a_row([MANUAL, calls(stub, "/a?delay_s=0.5"), calls(stub, "/b", "next")])
    with working() as engine:
        execution = begin(owner, flow, {})
        until(lambda: stub.count("/a?delay_s=0.5") == 1, "the first call")
        control.pause(owner, execution)
        until(lambda: execution not in engine.active, "the worker lets go")

    assert queries.get(execution).status == "paused"
    assert statuses(execution)["call"] == "completed"
    assert stub.count("/b") == 0


def test_after_a_retry_by_hand_the_policy_of_retries_begins_anew(in_alpha, owner, stub):
    busy = "/a?status=503&times=3"
    policy = {"retry": {"max_attempts": 2, "initial_s": 0.01}}
    call = node("call", "web.http_request", {"url": stub.url(busy)}, settings=policy)
    with working():
        execution = begin(owner, in_a_row([MANUAL, call]), {})
        assert ended(execution) == "failed"
        control.retry(owner, execution)
        until(lambda: queries.get(execution).status == "completed", "a second try after the retry")

    assert stub.count(busy) == 4


def test_a_paused_execution_goes_on_where_it_was_in_another_worker(in_alpha, owner, stub):
    flow = in_a_row([MANUAL, calls(stub, "/a?delay_s=0.5"), calls(stub, "/b", "next")])
    with working() as engine:
        execution = begin(owner, flow, {})
        until(lambda: stub.count("/a?delay_s=0.5") == 1, "the first call")
        control.pause(owner, execution)
        until(lambda: execution not in engine.active, "the worker lets go")
    control.unpause(owner, execution)
    with working():
        status = ended(execution)

    assert status == "completed"
    assert (stub.count("/a?delay_s=0.5"), stub.count("/b")) == (1, 1)


def test_an_execution_paused_before_it_began_starts_nothing(in_alpha, owner):
    execution = begin(owner, in_a_row([MANUAL, node("end", "flow.no_op")]), {})
    control.pause(owner, execution)
    with working():
        until(lambda: queries.get(execution).status == "paused", "the pause")

    assert "end" not in statuses(execution)


def test_a_wait_that_ends_during_a_pause_is_not_lost(in_alpha, owner):
    wait = node("wait", "flow.wait", {"mode": "for", "duration_s": 6})
    with working() as engine:
        execution = begin(owner, in_a_row([MANUAL, wait, node("end", "flow.no_op")]), {})
        until(lambda: queries.get(execution).status == "waiting", "the wait")
        control.pause(owner, execution)
        until(lambda: queries.get(execution).status == "paused", "the pause")
        resumed = "workflow.step.resumed"
        until(lambda: resumed in [event.type for event in queries.events(execution)], "its end")
        until(lambda: execution not in engine.active, "the worker lets go")
        paused = statuses(execution)
        control.unpause(owner, execution)
        status = ended(execution)

    assert "end" not in paused
    assert status == "completed"


def test_a_paused_execution_can_be_cancelled(in_alpha, owner):
    execution = begin(owner, in_a_row([MANUAL, node("end", "flow.no_op")]), {})
    control.pause(owner, execution)
    with working():
        until(lambda: queries.get(execution).status == "paused", "the pause")
        actions.cancel(owner, execution)
        status = ended(execution)

    assert status == "cancelled"


def test_an_ended_execution_can_be_neither_paused_nor_resumed(in_alpha, owner):
    execution = begin(owner, in_a_row([MANUAL, node("end", "flow.no_op")]), {})
    with working():
        ended(execution)

    for act in (control.pause, control.unpause):
        with pytest.raises(AlreadyEnded):
            act(owner, execution)


def test_a_retried_execution_repeats_only_what_failed_and_with_the_same_key(in_alpha, owner, stub):
    flow = in_a_row(
        [MANUAL, calls(stub, "/good"), calls(stub, "/bad?status=400&times=1", "bad"), MANUAL_END]
    )
    with working():
        execution = begin(owner, flow, {})
        first = ended(execution)
        control.retry(owner, execution)
        second = ended(execution)

    assert (first, second) == ("failed", "completed")
    assert (stub.count("/good"), stub.count("/bad?status=400&times=1")) == (1, 2)
    assert len(stub.keys["/bad?status=400&times=1"]) == 1
    assert queries.get(execution).error is None


MANUAL_END = node("end", "data.edit_fields", sets("x", 1))


def test_an_execution_is_retried_by_one_of_two_who_wish_it(in_alpha, owner, stub):
    flow = in_a_row([MANUAL, calls(stub, "/bad?status=400")])
    with working():
        execution = begin(owner, flow, {})
        ended(execution)
    control.retry(owner, execution)

    with pytest.raises(NotRetryable):
        control.retry(owner, execution)


def test_an_execution_that_crashed_can_be_retried(in_alpha, owner):
    execution = begin(owner, in_a_row([MANUAL, node("end", "flow.no_op")]), {"a": 1})
    sql("update run_queue set crashes = 6 where execution_id = %s", execution)
    with working():
        first = ended(execution)
        control.retry(owner, execution)
        second = ended(execution)

    assert (first, second) == ("crashed", "completed")


def test_a_retried_execution_counts_towards_the_limits_of_its_workflow(in_alpha, owner, stub):
    """Else a retry of many would run all at once."""
    flow = in_a_row([MANUAL, calls(stub, "/bad?status=400")])
    flow["settings"] = {"max_concurrency": 2, "concurrency_key": {"=": "{{ $json.who }}"}}
    with working():
        execution = begin(owner, flow, {"who": "Ann"})
        ended(execution)
    begin(owner, flow, {"who": "Ann"})

    control.retry(owner, execution)

    limited = ask(
        "select max_concurrency, max_per_key, concurrency_key, workflow_id is null from run_queue"
    )
    assert len(limited) == 2
    assert limited[0][:3] == limited[1][:3] == (2, 1, limited[0][2])


@pytest.mark.parametrize("how", ["completed", "cancelled"])
def test_what_did_not_fail_cannot_be_retried(in_alpha, owner, how):
    execution = begin(owner, in_a_row([MANUAL, node("end", "flow.no_op")]), {})
    if how == "cancelled":
        actions.cancel(owner, execution)
    with working():
        assert ended(execution) == how

    with pytest.raises(NotRetryable):
        control.retry(owner, execution)
    assert queue_row(execution) is None


def test_a_worker_from_before_the_end_cannot_write_into_a_retried_execution(in_alpha, owner, stub):
    """R-007: fencing tokens keep growing when the queue row is made anew."""
    flow = in_a_row([MANUAL, calls(stub, "/bad?status=400")])
    execution = begin(owner, flow, {})
    with working():
        until(lambda: (queue_row(execution) or {"token": 1})["token"] > 0, "a claim")
        ended(execution)
    control.retry(owner, execution)

    assert queue_row(execution)["token"] > 1_000_000


def test_every_act_stands_in_the_audit_record(in_alpha, owner, stub):
    flow = in_a_row([MANUAL, calls(stub, "/bad?status=400")])
    execution = begin(owner, flow, {})
    control.pause(owner, execution)
    control.unpause(owner, execution)
    with working():
        ended(execution)
    control.retry(owner, execution)

    done = [entry.action for entry in Filter(obj=str(execution)).entries()]
    assert {"execution.paused", "execution.resumed", "execution.retried"} <= set(done)


def test_both_ends_of_a_branch_that_failed_are_retried(in_alpha, owner, stub):
    flow = document(
        [
            MANUAL,
            calls(stub, "/bad?status=400&times=1", "bad"),
            calls(stub, "/slow?delay_s=0.3", "slow"),
        ],
        "start -> bad",
        "start -> slow",
    )
    with working():
        execution = begin(owner, flow, {})
        ended(execution)
        control.retry(owner, execution)
        status = ended(execution)

    assert status == "completed"
    assert stub.count("/slow?delay_s=0.3") == 1


def test_the_api_accepts_and_refuses_as_the_actions_do(api, in_alpha, owner, stub):
    flow = in_a_row([MANUAL, calls(stub, "/bad?status=400&times=1")])
    execution = begin(owner, flow, {})
    address = f"executions/{execution}"
    somebody = api()

    paused = somebody.post(f"{address}/pause/")
    too_early = somebody.post(f"{address}/retry/")
    resumed = somebody.post(f"{address}/resume/")
    with working():
        ended(execution)
    too_late = somebody.post(f"{address}/pause/")
    nothing = somebody.post(
        f"{address}/decide/", {"node": "call", "run": "0", "decision": "happened"}
    )
    retried = somebody.post(f"{address}/retry/")

    accepted = {"execution": str(execution)}
    assert [answer.status_code for answer in (paused, resumed, retried)] == [202, 202, 202]
    assert paused.json() == resumed.json() == retried.json() == accepted
    refused = [(answer.status_code, answer.json()["code"]) for answer in (too_early, too_late)]
    assert refused == [(409, "execution_not_retryable"), (409, "execution_ended")]
    assert (nothing.status_code, nothing.json()["code"]) == (409, "execution_ended")


def test_a_decision_that_does_not_exist_is_refused_by_its_name(api, in_alpha, owner):
    execution = begin(owner, in_a_row([MANUAL, node("end", "flow.no_op")]), {})

    answer = api().post(f"executions/{execution}/decide/", {"decision": "perhaps"})

    paths = {fault["path"] for fault in answer.json()["errors"]}
    assert answer.status_code == 400
    assert {"node", "run", "decision"} <= {path.strip("/") for path in paths}
