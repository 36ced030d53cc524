"""Events, keys and snapshots as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from headrace.engine import (
    EVENT_TYPES,
    CancelRequested,
    Failure,
    NodeShape,
    RunId,
    RunKey,
    Source,
    State,
    StepCancelled,
    StepCompleted,
    StepFailed,
    StepQueued,
    StepResumed,
    StepRetrying,
    StepReused,
    StepSkipped,
    StepStarted,
    StepUnknown,
    StepWaiting,
    UnknownEvent,
    UnreadableSnapshot,
    WorkflowCancelled,
    WorkflowCompensating,
    WorkflowCompleted,
    WorkflowFailed,
    WorkflowForked,
    WorkflowPaused,
    WorkflowResumed,
    WorkflowRetried,
    WorkflowStarted,
    WorkflowWaiting,
    event_from_json,
    event_to_json,
    state_from_json,
    state_to_json,
)
from headrace.engine.run_key import Frame, order_key
from tests.unit.engine.drawing import ANY, draw
from tests.unit.engine.shell import Shell

NOON = datetime(2030, 1, 1, 12, 30, 0, 123456, tzinfo=UTC)
STEP = ("a", "2.3~1", 2)
SOURCES = (Source("t", "0", "main", 3), Source("loop", "0", "loop", 2, 7))

EVENTS = [
    WorkflowStarted("t", {"main": 2}, frozenset({"b", "a"})),
    CancelRequested("deadline"),
    WorkflowPaused(),
    WorkflowWaiting(),
    WorkflowResumed(),
    WorkflowRetried((RunId("a", "2.3~1"),)),
    WorkflowForked(),
    WorkflowCompensating(),
    WorkflowCompleted(),
    WorkflowFailed(Failure("broken", "It broke.", "a", 3, "/params/x")),
    WorkflowCancelled("parent"),
    StepQueued(*STEP),
    StepStarted(*STEP, (("left", SOURCES), ("right", SOURCES[:1])), "w1"),
    StepCompleted(*STEP, {"main": 2, "error": 0}, 50),
    StepReused(*STEP, {"main": 2}),
    StepFailed(*STEP, Failure("broken", "It broke."), True, NOON),
    StepFailed(*STEP, Failure("broken", "It broke."), outputs={"error": 1}),
    StepRetrying(*STEP),
    StepWaiting(*STEP, "approval", "w1", NOON),
    StepResumed(*STEP, "w1", "token"),
    StepUnknown(*STEP),
    StepCancelled(*STEP),
    StepSkipped(*STEP),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.type)
def test_an_event_survives_json(event):
    data = json.loads(json.dumps(event_to_json(event)))

    assert event_from_json(event.type, data) == event


def test_every_type_of_event_is_tried_above():
    assert {event.type for event in EVENTS} == set(EVENT_TYPES)


def test_an_event_keeps_the_words_of_the_log():
    started = event_to_json(EVENTS[12])
    waiting = event_to_json(EVENTS[18])

    assert started["inputs"][0] == {"port": "left", "from": ["t", "0", "main"], "items": 3}
    assert started["inputs"][1]["batch"] == 7
    assert (waiting["for"], waiting["until"]) == ("approval", NOON.isoformat())
    assert event_to_json(EVENTS[13])["outputs"]["main"] == {"items": 2}


def test_facts_that_the_shell_adds_are_left_aside():
    data = {
        **event_to_json(EVENTS[13]),
        "run_index": 4,
        "outputs": {"main": {"items": 2, "bytes": 80}, "error": {"items": 0, "bytes": 0}},
    }

    assert event_from_json("workflow.step.completed", data, NOON) == StepCompleted(
        *STEP, {"main": 2, "error": 0}, 50, at=NOON
    )


def test_the_words_of_a_newer_error_are_left_aside():
    data = {"error": {"code": "x", "message": "y", "hint": "z"}}

    assert event_from_json("workflow.failed", data) == WorkflowFailed(Failure("x", "y"))


def test_an_event_of_a_newer_version_is_refused():
    with pytest.raises(UnknownEvent, match="agent"):
        event_from_json("agent.started", {})


def test_an_event_knows_its_run():
    assert EVENTS[11].id == RunId("a", "2.3~1")


def test_a_snapshot_keeps_what_joins_and_reads_and_limits_need():
    timed = NodeShape(("left", "right"), ("main",), join="all", join_timeout_s=60)
    wires = ("t > a", "t > b", "a > any.left", "b > any.right", "b > timed.left", "c > timed.right")
    drawing = draw(*wires, "t > c", "t > n", shapes={"any": ANY, "timed": timed})
    shell = Shell(drawing.reading(n="c").graph()).start()
    shell.report(StepCompleted("b", "0", 1, {"main": 1}, at=NOON))
    root = shell.state.scopes[()]
    assert all((root.fired, root.held, root.parked, shell.state.deadlines))

    copy = state_from_json(json.loads(json.dumps(state_to_json(shell.state))))

    assert copy == shell.state


def test_a_snapshot_of_another_format_is_refused():
    data = {**state_to_json(State("t")), "format": 99}

    with pytest.raises(UnreadableSnapshot):
        state_from_json(data)


@pytest.mark.parametrize(
    ("tag", "via", "text"),
    [
        ((), (), "0"),
        ((), (0,), "0"),
        ((), (1,), "0~1"),
        ((), (2, 0, 1), "0~2.0.1"),
        ((Frame("l", (), 3),), (), "3"),
        ((Frame("l", (), 2), Frame("m", (), 3)), (0, 0), "2.3"),
        ((Frame("l", (1,), 0),), (), "0~1"),
        ((Frame("l", (1,), 2),), (4,), "2~1.4"),
    ],
)
def test_a_run_key_is_printed_as_iterations_and_way(tag, via, text):
    assert RunKey("n", tag, via).text == text


def test_a_long_run_key_is_printed_as_a_digest():
    near, far = RunKey("n", (), (1,) * 39), RunKey("n", (), (1,) * 40)

    assert len(near.text) <= 80
    assert far.text.startswith("h")
    assert len(far.text) == 41
    assert far.text != RunKey("n", (), (1,) * 41).text


def test_an_order_key_puts_the_edge_first_then_turns_left_behind_then_the_sender():
    assert order_key(2, (), (7,)) == (2, 7)
    assert order_key(2, (Frame("l", (5,), 3),), (7,)) == (2, 5, 3, 7)
