"""Agents in the middle of their loop: a lost worker, a person who is asked, a tool that waits."""

from __future__ import annotations

import pytest

from headrace.approvals import actions as approvals
from headrace.approvals.models import Approval
from headrace.executions import actions, control, queries
from headrace.executions.sweeper import sweep
from headrace.llm.models import Call
from tests.support.agents import agent, told_of, tool, wants, with_tools
from tests.support.approvals import waiting
from tests.support.called import published
from tests.support.engine import begin, ended, sql, until, working
from tests.support.model_servers import Scripted
from tests.support.stub import serving
from tests.support.workflows import document, node

pytestmark = pytest.mark.usefixtures("committed")

SLOW = "/slow?delay_s=0.4"


@pytest.fixture
def stub(settings, server, model):
    model()
    with serving() as stub:
        settings.HEADRACE_EGRESS_ALLOW = (server.place, f"127.0.0.1:{stub.port}")
        yield stub


def lose_worker(owner, stub, flow, path=SLOW):
    """Begin, and take the execution away from its worker while it calls this."""
    execution = begin(owner, flow, {"id": 1})
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


def looks(stub, *paths):
    return wants(*(("look", {"url": stub.url(path)}) for path in paths))


def test_after_a_lost_worker_no_finished_call_is_made_again(owner, in_alpha, server, stub):
    server.script = [looks(stub, "/first"), looks(stub, SLOW)]
    execution = lose_worker(owner, stub, with_tools(agent(), tool("look")))

    with working():
        status = ended(execution)

    assert status == "completed"
    assert (stub.count("/first"), stub.count(SLOW)) == (1, 2)
    assert len(server.received) == Call.objects.count() == 3


def test_a_write_in_flight_waits_for_a_person_and_the_loop_goes_on(owner, in_alpha, server, stub):
    server.script = [looks(stub, "/first", SLOW)]
    flow = with_tools(agent(), tool("look", "POST"))
    execution = lose_worker(owner, stub, flow)

    with working():
        until(lambda: queries.get(execution).status == "waiting", "the question")
        step = queries.history(execution)[-1]
        asked = (step.node, step.status, step.error["code"])
        control.decide(owner, execution, ("agent", step.run), "happened")
        status = ended(execution)

    assert (asked, status) == (("agent", "unknown", "outcome_unknown"), "completed")
    assert (stub.count("/first"), stub.count(SLOW)) == (1, 1)
    assert len(server.received) == 2


def test_a_write_in_flight_that_may_be_repeated_is_with_the_same_key(owner, in_alpha, server, stub):
    server.script = [looks(stub, SLOW)]
    flow = with_tools(agent(), tool("look", "POST", on_crash="retry"))
    execution = lose_worker(owner, stub, flow)

    with working():
        status = ended(execution)

    assert (status, stub.count(SLOW), len(stub.keys[SLOW])) == ("completed", 2, 1)


@pytest.mark.parametrize(("decision", "calls"), [("approved", 1), ("rejected", 0)])
def test_a_person_decides_about_a_tool_and_a_refusal_is_told_to_the_model(
    owner, in_alpha, server, stub, decision, calls
):
    server.script = [looks(stub, "/pay")]
    flow = with_tools(agent(ask="writes"), tool("look", "POST"))
    with working():
        execution = begin(owner, flow, {"id": 1})
        asked = waiting(execution)
        approvals.decide(owner, asked.id, decision, reason="Too dear.")
        status = ended(execution)

    assert (status, stub.count("/pay"), len(server.received)) == ("completed", calls, 2)
    fact = {"label": "url", "value": stub.url("/pay"), "mark": "none"}
    assert (asked.card["facts"], asked.message, asked.node_name) == ([fact], "", "Agent")
    assert ("Too dear." in told_of(server.received[1])[0]) is (decision == "rejected")


def test_a_workflow_as_a_tool_is_waited_for_without_a_worker(owner, in_alpha, server, stub):
    child = published(
        document([node("in", "triggers.workflow_input"), node("out", "flow.no_op")], "in -> out"),
        "Child",
    )
    params = {
        "workflow": str(child),
        "inputs": [{"name": "n", "type": "number", "value": {"=": {"model": {}}}}],
    }
    call = node("call", "flow.run_workflow", params)
    server.script = [wants(("call", {"n": 4}), ("call", {"n": 5}))]
    with working():
        execution = begin(owner, with_tools(agent(), call), {"id": 1})
        status = ended(execution)

    assert status == "completed", queries.answer(execution)
    assert ['"n": 4' in one or '"n": 5' in one for one in told_of(server.received[1])] == [
        True,
        True,
    ]


def test_a_retry_of_what_failed_repeats_no_tool(owner, in_alpha, server, stub):
    server.script = [looks(stub, "/once"), Scripted(status=400, kind="invalid_request_error")]
    with working():
        execution = begin(owner, with_tools(agent(), tool("look", "POST")), {"id": 1})
        before = ended(execution)
        control.retry(owner, execution)
        until(lambda: queries.get(execution).status == "completed", "the second end")

    assert (before, stub.count("/once"), len(server.received)) == ("failed", 1, 3)


def test_a_cancel_takes_back_what_was_asked(owner, in_alpha, server, stub):
    server.script = [looks(stub, "/pay")]
    with working():
        execution = begin(owner, with_tools(agent(ask="always"), tool("look")), {"id": 1})
        asked = waiting(execution)
        actions.cancel(owner, execution)
        status = ended(execution)
        asked.refresh_from_db()

    assert (status, asked.state, stub.calls) == ("cancelled", "withdrawn", {})


def test_several_items_wait_one_after_the_other(owner, in_alpha, server, stub):
    server.script = [
        looks(stub, "/a"),
        Scripted("One."),
        looks(stub, "/b"),
        Scripted("Two."),
    ]
    with working():
        execution = begin(owner, with_tools(agent(ask="always"), tool("look")), {}, {})
        for _ in range(2):
            until(lambda: Approval.objects.filter(state="open").exists(), "the question")
            approvals.decide(owner, Approval.objects.get(state="open").id, "approved")
        status = ended(execution)

    answers = [one["json"]["answer"] for one in queries.answer(execution)["items"]]
    assert (status, answers) == ("completed", ["One.", "Two."])
    assert (stub.count("/a"), stub.count("/b"), len(server.received)) == (1, 1, 4)
