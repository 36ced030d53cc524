"""A write that is made again is the same call, whatever changed meanwhile (engine-rules 13)."""

from __future__ import annotations

import pytest

from headrace.executions import control, log, queries
from headrace.executions.models import LogSegment, Payload
from headrace.executions.runner import attempts
from headrace.executions.sweeper import sweep
from tests.support.engine import begin, ended, sql, until, working
from tests.support.stub import serving
from tests.support.workflows import MANUAL, document, node

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def stub(settings):
    with serving() as stub:
        settings.HEADRACE_EGRESS_ALLOW = (f"127.0.0.1:{stub.port}",)
        yield stub


@pytest.fixture
def place(monkeypatch):
    """Where the tenant is reached, which expressions can see and an operator can change."""
    place = ["http://old"]
    monkeypatch.setattr(attempts, "origin_of", lambda _tenant: place[0])
    return place


WHERE = '{{ $execution.resumeUrls["Nap"].slice(7, 10) }}'


def calling(stub, *, method="PUT", query="delay_s=0.4", settings=None, **params):
    """A call of an address with the tenant's own in it."""
    url = {"=": stub.url(f"/{{{{ $json.id }}}}-{WHERE}?{query}")}
    given = {"url": url, "method": method, **params}
    nodes = [
        MANUAL,
        node("call", "web.http_request", given, settings=settings or {}),
        node("which", "flow.if", {"conditions": {"all": [{"left": 1, "right": 1}]}}),
        node("nap", "flow.wait", {"mode": "call"}),
    ]
    return document(nodes, "start -> call", "call -> which", "which.false -> nap")


def called(stub):
    return {path.split("?")[0]: number for path, number in stub.calls.items()}


def lose_worker_during_call(execution, stub, times=1):
    with working(poll_s=30) as engine:
        until(lambda: sum(stub.calls.values()) == times, "the call")
        sql(
            "update run_queue set token = token + 1, state = 'leased', worker = gen_random_uuid() "
            "where execution_id = %s",
            execution,
        )
        until(lambda: execution not in engine.active, "the worker lets go")
    sweep()


def prepared(execution):
    segments = LogSegment.objects.filter(execution_id=execution).order_by("first_seq")
    events = [e for one in segments for e in log.decode_segment(one.body, one.first_seq)]
    return [event for event in events if event.type == log.PREPARED]


def test_the_call_after_a_crash_is_the_one_that_was_begun(in_alpha, owner, stub, place):
    execution = begin(owner, calling(stub), {"id": 1})
    lose_worker_during_call(execution, stub)
    place[0] = "http://new"
    with working():
        status = ended(execution)

    assert status == "completed"
    assert called(stub) == {"/1-old": 2}


def test_each_item_has_its_own_call_again(in_alpha, owner, stub, place):
    execution = begin(owner, calling(stub, parallel=1), {"id": 1}, {"id": 2})
    lose_worker_during_call(execution, stub)
    place[0] = "http://new"
    with working():
        ended(execution)

    assert called(stub) == {"/1-old": 2, "/2-old": 1}


def test_a_retry_by_hand_makes_the_call_that_failed(in_alpha, owner, stub, place):
    flow = calling(stub, query="status=400&times=1")
    execution = begin(owner, flow, {"id": 1})
    with working():
        assert ended(execution) == "failed"
        place[0] = "http://new"
        control.retry(owner, execution)
        until(lambda: queries.get(execution).status == "completed", "the end")

    assert called(stub) == {"/1-old": 2}


def test_a_read_is_made_with_what_holds_now(in_alpha, owner, stub, place):
    execution = begin(owner, calling(stub, method="GET"), {"id": 1})
    lose_worker_during_call(execution, stub)
    place[0] = "http://new"
    with working():
        ended(execution)

    assert called(stub) == {"/1-old": 1, "/1-new": 1}
    assert prepared(execution) == []


def test_the_log_keeps_only_what_expressions_came_to(in_alpha, owner, stub, place):
    flow = calling(stub, query="", headers=[{"name": "x-fixed", "value": "literal"}])
    execution = begin(owner, flow, {"id": 1})
    with working():
        ended(execution)

    (event,) = prepared(execution)
    (page,) = event.outputs["parameters"]
    (kept,) = log.decode_block(page.block)
    assert kept.json == {"results": [stub.url("/1-old?")]}


def test_where_nothing_varies_nothing_is_kept(in_alpha, owner, stub):
    call = node("call", "web.http_request", {"url": stub.url("/1"), "method": "PUT"})
    execution = begin(owner, document([MANUAL, call], "start -> call"))
    with working():
        ended(execution)

    assert prepared(execution) == []


def test_large_parameters_lie_beside_the_log_and_are_found_again(in_alpha, owner, stub, place):
    body = {"=": "{{ $json.text }}"}
    flow = calling(stub, body="raw", body_text=body)
    execution = begin(owner, flow, {"id": 1, "text": "x" * 200_000})
    lose_worker_during_call(execution, stub)
    place[0] = "http://new"
    (event,) = prepared(execution)
    (page,) = event.outputs["parameters"]
    assert Payload.objects.filter(pk=page.block).exists()
    with working():
        ended(execution)

    assert called(stub) == {"/1-old": 2}
