"""Events from nodes and programs reach triggers and waiting steps, once each and in order."""

from __future__ import annotations

import pytest

from headrace.bus import delivering, starting
from headrace.bus.models import Event, EventWait
from headrace.engine import InvalidGraph
from headrace.executions import actions
from headrace.executions.models import Execution
from headrace.workflows import actions as workflows
from tests.support.called import published, relayed, results_of, runs_of, settled, waits
from tests.support.engine import begin, ended, until, working
from tests.support.workflows import MANUAL, in_a_row, node

pytestmark = pytest.mark.usefixtures("committed")

EMITS = in_a_row([MANUAL, node("emit", "flow.emit_event", {"event": "order.paid"})])


def listening(pattern="order.*", **params):
    return in_a_row(
        [node("on", "triggers.event", {"pattern": pattern, **params}), node("end", "flow.no_op")]
    )


def waiting(order, timeout_s=0):
    params = {
        "mode": "event",
        "pattern": "order.paid",
        "match_field": "order_id",
        "match_value": order,
        "timeout_s": timeout_s,
    }
    return in_a_row([MANUAL, node("wait", "flow.wait", params)])


def test_an_event_starts_the_workflows_that_listen(in_alpha, owner):
    listener = published(listening(), "Listener")
    other = published(listening("invoice.*"), "Other")

    with working():
        ended(begin(owner, EMITS, {"order_id": 7}))
        settled()

    run = runs_of(listener)[0]
    assert results_of(run.pk)[0]["data"] == {"order_id": 7}
    assert (run.mode, run.started_by) == ("event", "event")
    assert runs_of(other) == []


def test_one_event_leaves_for_each_item(in_alpha, owner):
    listener = published(listening(), "Listener")

    with working():
        ended(begin(owner, EMITS, {"order_id": 1}, {"order_id": 2}))
        settled()

    assert [results_of(run.pk)[0]["data"]["order_id"] for run in runs_of(listener)] == [1, 2]


def test_an_event_delivered_twice_starts_one_run(in_alpha, owner):
    listener = published(listening(), "Listener")

    with working():
        ended(begin(owner, EMITS, {"order_id": 1}))
        relayed()
        Event.objects.update(started=None)
        delivering.deliver(Event.objects.get().id)

    assert len(runs_of(listener)) == 1


def test_an_event_that_the_filter_refuses_starts_nothing(in_alpha, owner, api):
    filters = [{"field": "total", "op": "gt", "value": 100}]
    listener = published(listening(filters=filters), "Listener")

    answers = [
        api().post("events/", {"type": "order.paid", "data": {"total": total}})
        for total in (20, 120)
    ]

    assert [answer.json()["subscribers"] for answer in answers] == [0, 1]
    assert len(runs_of(listener)) == 1


def test_a_workflow_that_is_not_active_hears_nothing(in_alpha, owner, api):
    listener = published(listening(), "Listener")
    workflows.deactivate(owner, listener)

    answer = api().post("events/", {"type": "order.paid"})

    assert answer.json()["subscribers"] == 0


def test_events_of_one_key_are_handled_one_after_the_other(in_alpha, owner, api):
    content = in_a_row(
        [
            node("on", "triggers.event", {"pattern": "order.*", "in_order": True}),
            node("wait", "flow.wait", {"mode": "event", "pattern": "go.*"}),
        ]
    )
    listener = published(content, "Listener")
    emit = api().post

    with working():
        for number in (1, 2):
            body = {"type": "order.paid", "ordering_key": "a", "data": {"n": number}}
            emit("events/", body)
        emit("events/", {"type": "order.paid", "ordering_key": "b", "data": {"n": 3}})
        started = [run.pk for run in runs_of(listener)]
        for run in started:
            waits(run)
        emit("events/", {"type": "go.on"})
        for run in started:
            ended(run)
        relayed()
        until(lambda: len(runs_of(listener)) == 3, "the second of its key starts")

    assert len(started) == 2
    assert [run.origin["key"] for run in runs_of(listener)] == ["a", "b", "a"]


def test_events_of_one_step_keep_their_order(in_alpha, owner):
    """Whatever order their messages leave the outbox in."""
    listener = published(listening(in_order=True), "Listener")
    emit = node("emit", "flow.emit_event", {"event": "order.paid", "ordering_key": "a"})

    with working():
        ended(begin(owner, in_a_row([MANUAL, emit]), *({"n": n} for n in range(6))))
        last = Event.objects.order_by("-position").first()
        delivering.deliver(last.id)
        settled()

    handled = [results_of(run.pk)[0]["data"]["n"] for run in runs_of(listener)]
    assert handled == [0, 1, 2, 3, 4, 5]


def test_what_stood_in_line_goes_on_when_the_workflow_is_active_again(in_alpha, owner, api):
    listener = published(listening(in_order=True), "Listener")
    body = {"type": "order.paid", "ordering_key": "a"}

    for _ in range(2):
        api().post("events/", body)
    workflows.deactivate(owner, listener)
    with working():
        settled()
        before = len(runs_of(listener))
        workflows.publish(owner, listener)
        settled()

    assert (before, len(runs_of(listener))) == (1, 2)


def test_a_workflow_that_cannot_start_does_not_keep_an_event_from_others(
    in_alpha, api, monkeypatch
):
    broken, listener = (published(listening(), name) for name in ("Broken", "Listener"))
    compiled = starting.compiled

    def refuse(version_id):
        found = compiled(version_id)
        if found.record.ref.workflow_id == broken:
            raise InvalidGraph([])
        return found

    monkeypatch.setattr(starting, "compiled", refuse)

    answer = api().post("events/", {"type": "order.paid"})

    assert answer.json()["subscribers"] == 1
    assert len(runs_of(listener)) == 1


def test_a_step_waits_for_the_event_with_its_value(in_alpha, owner, api):
    with working():
        mine = begin(owner, waiting("7"), {"id": 1})
        other = begin(owner, {**waiting("8"), "name": "Other"}, {"id": 2})
        waits(mine)
        waits(other)
        body = {"type": "order.paid", "data": {"order_id": 7}}
        told = api().post("events/", body).json()
        ended(mine)

    assert told["subscribers"] == 1
    assert results_of(mine)[0]["resumed_with"]["data"] == {"order_id": 7}
    assert Execution.objects.get(pk=other).status == "waiting"


def test_a_step_that_no_event_reaches_in_time_goes_on_by_the_other_port(in_alpha, owner, api):
    content = in_a_row([*waiting("7", timeout_s=0.2)["nodes"], node("late", "flow.no_op")])
    content["edges"][1]["from"] = ["wait", "timeout"]

    with working():
        execution = begin(owner, content, {"id": 1})
        ended(execution)
        told = api().post("events/", {"type": "order.paid", "data": {"order_id": 7}})

    assert results_of(execution) == [{"id": 1}]
    assert told.json()["subscribers"] == 0


def test_a_cancelled_wait_is_closed(in_alpha, owner):
    with working():
        execution = begin(owner, waiting("7"), {"id": 1})
        waits(execution)
        actions.cancel(owner, execution)
        ended(execution)

    assert [row.state for row in EventWait.objects.all()] == ["closed"]


def test_a_circle_of_events_ends(in_alpha, owner):
    content = in_a_row(
        [
            node("on", "triggers.event", {"pattern": "ping.*"}),
            node("emit", "flow.emit_event", {"event": "ping.again", "payload": {}}),
        ]
    )
    echo = published(content, "Echo")
    first = in_a_row([MANUAL, node("emit", "flow.emit_event", {"event": "ping.first"})])

    with working():
        ended(begin(owner, first, {"a": 1}))
        settled()

    assert len(runs_of(echo)) == 20
    assert "20 events led" in Event.objects.order_by("position").last().problem


def test_an_event_of_a_failed_attempt_does_not_leave(in_alpha, owner):
    """What a step emits leaves with its outcome, so the second item's fault keeps both back."""
    content = in_a_row(
        [
            MANUAL,
            node(
                "emit",
                "flow.emit_event",
                {"event": "order.paid", "payload": {"=": "{{ $json.data }}"}},
            ),
        ]
    )

    with working():
        execution = begin(owner, content, {"data": {}}, {"data": 7})
        status = ended(execution)

    assert (status, Event.objects.count()) == ("failed", 0)
