"""What a test is told instead of asking: by run, by input, of called workflows and of people."""

from __future__ import annotations

import pytest

from headrace.approvals import actions as approvals
from headrace.approvals.models import Approval
from headrace.executions import queries as executions
from headrace.executions.models import Execution
from headrace.workflows import actions as workflows
from headrace.workflows.queries import draft
from tests.support.approvals import asking, waiting
from tests.support.called import published
from tests.support.engine import begin, ended, until, working
from tests.support.stub import serving
from tests.support.workflows import MANUAL, document, in_a_row, node, sets

pytestmark = pytest.mark.usefixtures("committed")

DOUBLE = in_a_row(
    [
        node("in", "triggers.workflow_input"),
        node("twice", "data.edit_fields", sets("n", "{{ $json.n * 2 }}")),
    ]
)
BROKEN = in_a_row(
    [
        node("in", "triggers.workflow_input"),
        node("stop", "flow.stop", {"message": "No room left."}),
    ]
)


@pytest.fixture
def stub(settings):
    with serving() as found:
        settings.HEADRACE_EGRESS_ALLOW = [f"127.0.0.1:{found.port}"]
        yield found


@pytest.fixture
def tested(api, owner, in_alpha):
    """`tested(execution, document)`: save it as a test, change the draft, and run the test."""

    def run(execution, changed=None):
        workflow = executions.get(execution).workflow_id
        saved = api().post(f"workflows/{workflow}/tests/", {"execution": str(execution)})
        assert saved.status_code == 201, saved.json()
        if changed is not None:
            revision = draft(workflow).row.revision
            workflows.save(owner, workflow, changed, revision=revision)
        started = api().post(f"workflows/{workflow}/tests/run/", {}).json()
        address = f"workflows/{workflow}/test-runs/{started['run']}/"
        until(lambda: api().get(address).json()["status"] == "done", "the end of the tests")
        (result,) = api().get(address).json()["results"]
        return result

    return run


def caller(workflow, *more, **params):
    call = node("call", "flow.run_workflow", {"workflow": str(workflow), **params})
    return in_a_row([MANUAL, call, *more])


def test_a_called_workflow_is_not_called_and_its_recorded_result_is_used(owner, tested):
    double = published(DOUBLE, "Double")
    add = node("add", "data.edit_fields", sets("n", "{{ $json.n + 1 }}"))
    with working():
        execution = begin(owner, caller(double, add), {"n": 4}, {"n": 5})
        assert ended(execution) == "completed"
        result = tested(execution)

    assert (result["status"], result["differences"]) == ("passed", [])
    assert executions.answer(result["execution"])["items"][1]["json"] == {"n": 11}
    assert not Execution.objects.filter(parent_id=result["execution"]).exists()


def test_one_call_with_all_items_is_replayed(owner, tested):
    double = published(DOUBLE, "Double")
    with working():
        execution = begin(owner, caller(double, each="all"), {"n": 4}, {"n": 5})
        assert ended(execution) == "completed"
        result = tested(execution)

    assert (result["status"], result["unrecorded"]) == ("passed", [])


def test_a_call_without_waiting_is_replayed_with_the_run_that_it_began(owner, tested):
    double = published(DOUBLE, "Double")
    with working():
        execution = begin(owner, caller(double, wait=False), {"n": 4})
        assert ended(execution) == "completed"
        result = tested(execution)

    assert result["status"] == "passed"
    assert not Execution.objects.filter(parent_id=result["execution"]).exists()


def test_a_called_workflow_that_failed_fails_in_the_test_as_well(owner, tested):
    broken = published(BROKEN, "Broken")
    with working():
        execution = begin(owner, caller(broken), {"n": 4})
        assert ended(execution) == "failed"
        result = tested(execution)

    assert (result["status"], result["differences"]) == ("passed", [])
    assert not Execution.objects.filter(parent_id=result["execution"]).exists()


@pytest.mark.parametrize("decision", ["approved", "rejected"])
def test_a_recorded_decision_holds_in_the_test_and_nobody_is_asked(owner, tested, decision):
    with working():
        execution = begin(owner, asking(), {"amount": 3})
        approvals.decide(owner, waiting(execution).pk, decision, "because")
        assert ended(execution) == "completed"
        result = tested(execution)

    assert (result["status"], result["differences"]) == ("passed", [])
    assert not Approval.objects.filter(execution_id=result["execution"]).exists()


def test_an_approval_that_expired_expires_in_the_test_at_once(owner, tested):
    with working():
        execution = begin(owner, asking(expires_s=0.2), {"amount": 3})
        assert ended(execution) == "completed"
        result = tested(execution)

    assert (result["status"], result["differences"]) == ("passed", [])


def test_what_follows_a_decision_is_compared(owner, tested):
    flow = asking()
    with working():
        execution = begin(owner, flow, {"amount": 3})
        approvals.decide(owner, waiting(execution).pk, "approved", "")
        ended(execution)
        flow["nodes"][2] = node("yes", "data.edit_fields", sets("amount", 4))
        result = tested(execution, flow)

    assert result["status"] == "failed"
    (first, *_) = [one for one in result["differences"] if one["path"] == "amount"]
    assert (first["node"], first["expected"], first["actual"]) == ("yes", 3, 4)


def test_people_asked_in_a_loop_are_each_answered_with_their_own_decision(owner, tested):
    flow = document(
        [
            MANUAL,
            node("each", "flow.for_each"),
            node("ask", "human.approval", {"title": "Pay?"}),
            node("end", "flow.no_op"),
        ],
        "start -> each",
        "each.loop -> ask",
        "ask.approved -> each",
        "ask.rejected -> each",
        "each.done -> end",
    )
    with working():
        # Both turns are given the same, so only the run tells their decisions apart.
        execution = begin(owner, flow, {"amount": 3}, {"amount": 3})
        approvals.decide(owner, waiting(execution).pk, "approved", "first")
        until(lambda: Approval.objects.filter(state="open").exists(), "the second question")
        approvals.decide(owner, Approval.objects.get(state="open").pk, "rejected", "second")
        assert ended(execution) == "completed"
        result = tested(execution)

    assert (result["status"], result["differences"], result["unrecorded"]) == ("passed", [], [])


def posting(stub, value):
    return in_a_row(
        [
            MANUAL,
            node("make", "data.edit_fields", sets("value", value)),
            node("pay", "web.http_request", {"method": "POST", "url": stub.url("/pay")}),
        ]
    )


def test_a_call_that_is_given_something_else_is_told_its_own_answer_and_named(owner, tested, stub):
    with working():
        execution = begin(owner, posting(stub, 1), {})
        assert ended(execution) == "completed"
        result = tested(execution, posting(stub, 2))

    assert [one["node"] for one in result["differences"]] == ["make"]
    (call,) = result["unrecorded"]
    assert (call["node"], call["run"], call["reason"]) == ("pay", "0", "other_input")
    assert stub.count("/pay") == 1


def test_a_call_that_moved_into_another_run_is_found_by_what_it_was_given(owner, tested, stub):
    pay = node("pay", "web.http_request", {"method": "POST", "url": stub.url("/pay")})
    looping = document(
        [MANUAL, node("each", "flow.for_each"), pay, node("end", "flow.no_op")],
        "start -> each",
        "each.loop -> pay",
        "pay -> each",
        "each.done -> end",
    )
    with working():
        execution = begin(owner, looping, {"n": 1}, {"n": 2})
        assert ended(execution) == "completed"
        flow = document([MANUAL, node("limit", "data.limit", {"count": 1}), pay])
        flow["edges"] = in_a_row(flow["nodes"])["edges"]
        result = tested(execution, flow)

    steps = {one.node: one for one in executions.history(result["execution"])}
    assert (steps["pay"].status, result["unrecorded"]) == ("completed", [])
    assert stub.count("/pay") == 2


def test_a_call_without_a_recording_is_named_with_what_was_done(owner, tested, stub):
    flow = in_a_row([MANUAL, node("more", "web.http_request", {"url": stub.url("/more")})])
    with working():
        execution = begin(owner, in_a_row([MANUAL, node("end", "flow.no_op")]), {})
        assert ended(execution) == "completed"
        result = tested(execution, flow)

    (call,) = result["unrecorded"]
    assert (call["node"], call["reason"]) == ("more", "missing")
    assert "not made" in call["message"]
    assert stub.count("/more") == 0
