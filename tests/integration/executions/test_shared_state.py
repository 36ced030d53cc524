"""Key-value, throttle, lock, breaker and debounce through real workers, two of them at once."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from datetime import timedelta
from itertools import pairwise

import pytest

from headrace.executions import actions, queries
from headrace.executions.runner.shared import Doorway
from headrace.executions.runner.waiting.token import resume_token
from headrace.executions.shared_state import hand_on_locks
from headrace.state.models import Entry, Gathering, Lock, Place
from headrace.tenants.clock import database_now
from headrace.workflows.actions import freeze
from headrace_sdk.items import Item
from tests.support.engine import begin, ended, sql, until, working
from tests.support.workflows import MANUAL, document, in_a_row, node, sets

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def two_workers():
    with ExitStack() as both:
        both.enter_context(working())
        both.enter_context(working())
        yield


def runs_of_one_workflow(owner, flow, items):
    """Executions of one workflow, which share what is its own."""
    version = freeze(owner, flow).ref
    return [
        actions.run_version(owner, version, mode="manual", items=[Item(one)]).id for one in items
    ]


def items_of(execution, step_node, port=None):
    page = queries.step_items(
        execution, step_node, "0", side="output", port=port, offset=0, limit=1000
    )
    return [item.json for item in page.items]


def ports_of(execution, step_node):
    steps = {step.node: step for step in queries.history(execution)}
    return set(steps[step_node].items_out)


def waits(execution):
    return queries.get(execution).status == "waiting"


def keyed(**params):
    return node("keep", "data.key_value", {"key": "k", **params})


# --- key-value ---


def test_runs_that_count_side_by_side_each_get_a_number_of_their_own(
    in_alpha, owner, two_workers, items
):
    flow = in_a_row([MANUAL, keyed(operation="incr")])
    executions = runs_of_one_workflow(owner, flow, items(20))

    numbers = [items_of(one, "keep")[0]["value"] for one in executions if ended(one)]

    assert sorted(numbers) == list(range(1, 21))


def test_what_a_run_sets_another_one_gets(in_alpha, owner, two_workers):
    first = begin(owner, in_a_row([MANUAL, keyed(operation="set", value=[1], scope="tenant")]))
    ended(first)

    second = begin(owner, in_a_row([MANUAL, keyed(scope="tenant")]))
    ended(second)

    assert items_of(second, "keep", "main") == [{"value": [1]}]


def test_a_key_without_a_value_leaves_by_missing(in_alpha, owner, two_workers):
    execution = begin(owner, in_a_row([MANUAL, keyed()]))
    ended(execution)

    assert ports_of(execution, "keep") == {"missing"}


def test_what_a_failed_step_has_set_does_not_hold(in_alpha, owner, two_workers):
    """Engine-rules 15: writes travel with the completion."""
    flow = in_a_row([MANUAL, keyed(operation="set", key={"=": "{{ $json.key }}"}, value=1)])
    execution = begin(owner, flow, {"key": "good"}, {"key": "bad\nkey"})

    assert ended(execution) == "failed"
    assert not Entry.objects.exists()
    assert queries.answer(execution)["error"]["item"] == 1


def test_a_later_step_sees_what_an_earlier_one_has_set(in_alpha, owner, two_workers):
    flow = in_a_row(
        [
            MANUAL,
            node("put", "data.key_value", {"operation": "set", "key": "k", "value": 41}),
            keyed(operation="incr"),
        ]
    )
    execution = begin(owner, flow, {})
    ended(execution)

    assert items_of(execution, "keep") == [{"value": 42}]


def test_a_worker_that_dies_between_operation_and_record_counts_once(in_alpha, owner, monkeypatch):
    """R-007: the next attempt is given the answer of the first one."""
    once, asked = Doorway.once, []

    async def taken_over_after(self, *given, **named):
        answer = await once(self, *given, **named)
        asked.append(answer)
        if len(asked) == 1:
            take_over = "update run_queue set state = 'ready', token = token + 1"
            await asyncio.to_thread(sql, take_over)
        return answer

    monkeypatch.setattr(Doorway, "once", taken_over_after)
    flow = in_a_row([MANUAL, keyed(operation="incr", scope="tenant")])
    with working():
        execution = begin(owner, flow, {})
        ended(execution)

    assert asked == [1, 1]
    assert items_of(execution, "keep") == [{"value": 1}]
    assert bytes(Entry.objects.get().value) == b"1"


# --- throttle ---


def test_what_is_too_much_waits_durably_and_goes_on(in_alpha, owner, two_workers, items):
    flow = in_a_row([MANUAL, node("slow", "flow.throttle", {"count": 2, "per_s": 2})])
    executions = runs_of_one_workflow(owner, flow, items(4))

    assert {ended(one) for one in executions} == {"completed"}
    waited = [one for one in executions if _has_waited(one)]
    assert len(waited) == 2


def test_what_is_rejected_leaves_by_its_own_port(in_alpha, owner, two_workers, items):
    params = {"count": 3, "per_s": 3600, "over": "reject"}
    flow = in_a_row([MANUAL, node("slow", "flow.throttle", params)])
    executions = runs_of_one_workflow(owner, flow, items(8))

    ports = [ports_of(one, "slow").pop() for one in executions if ended(one)]

    assert sorted(ports) == ["main"] * 3 + ["rejected"] * 5


def _has_waited(execution):
    return any(event.type == "workflow.step.waiting" for event in queries.events(execution))


# --- lock ---


def locked(*inside, **params):
    return in_a_row(
        [
            MANUAL,
            node("in", "flow.lock", {"key": "k", **params}),
            *inside,
            node("out", "flow.lock", {"key": "k", "operation": "release"}),
        ]
    )


PAUSE = node("pause", "flow.wait", {"mode": "for", "duration_s": 0.1})


def test_runs_are_inside_one_after_another_in_their_order(in_alpha, owner, two_workers, items):
    executions = runs_of_one_workflow(owner, locked(PAUSE), items(6))

    assert {ended(one) for one in executions} == {"completed"}
    stays = sorted(map(_stay, executions))
    assert all(left <= entered for (_, left), (entered, _) in pairwise(stays))
    fences = [items_of(one, "in")[0]["lock"]["fence"] for one in executions]
    assert sorted(fences) == [1, 2, 3, 4, 5, 6]


def _stay(execution):
    """From when to when the execution was inside, in milliseconds by the database's clock."""
    at = {
        event.node: event.at_ms
        for event in queries.events(execution)
        if event.type == "workflow.step.completed"
    }
    started = [
        event.data["started_at"]
        for event in queries.events(execution)
        if event.node == "out" and event.type == "workflow.step.completed"
    ]
    return at["in"], int(started[0])


def test_who_is_cancelled_inside_lets_the_next_one_in(in_alpha, owner, two_workers):
    call = node("pause", "flow.wait", {"mode": "call"})
    first, second = runs_of_one_workflow(owner, locked(call), [{}, {}])
    until(lambda: Place.objects.filter(fence=None).exists(), "somebody in line")
    until(lambda: waits(first) and waits(second), "both wait")
    inside = Place.objects.exclude(fence=None).get().execution_id

    actions.cancel(owner, inside)
    ended(inside)
    hand_on_locks()

    other = second if inside == first else first
    until(lambda: Place.objects.get(execution_id=other).fence == 2, "the slot")
    until(lambda: "in" in _completed(other), "the next one is inside")


def _completed(execution):
    return {step.node for step in queries.history(execution) if step.status == "completed"}


def test_who_loses_patience_leaves_by_timed_out(in_alpha, owner, two_workers):
    call = node("pause", "flow.wait", {"mode": "call"})
    first = begin(owner, locked(call, scope="tenant"))
    until(lambda: waits(first), "the first is inside")

    second = begin(owner, locked(PAUSE, scope="tenant", timeout_s=0.5))

    assert ended(second) == "completed"
    assert ports_of(second, "in") == {"timeout"}
    assert list(Place.objects.values_list("execution_id", flat=True)) == [first]


def test_a_slot_that_was_lost_is_told_at_its_release(in_alpha, owner, two_workers):
    execution = begin(owner, locked(node("pause", "flow.wait", {"mode": "call"})))
    until(lambda: waits(execution), "it is inside")
    Place.objects.update(expires_at=database_now() - timedelta(seconds=1))
    actions.resume(resume_token(execution, "pause", "0"), None)

    assert ended(execution) == "failed"
    assert queries.answer(execution)["error"]["code"] == "lock_lost"
    assert Lock.objects.get().fence == 1


# --- breaker ---


def test_failures_of_several_runs_open_the_breaker_for_all(in_alpha, owner, two_workers, items):
    flow = document(
        [
            MANUAL,
            node("check", "flow.circuit_breaker", {"key": "shop"}),
            node(
                "shop",
                "data.edit_fields",
                sets("x", "{{ $json.a.b.c }}"),
                settings={"on_error": "error_port"},
            ),
            node("bad", "flow.circuit_breaker", {"key": "shop", "mode": "failed", "threshold": 3}),
        ],
        "start -> check",
        "check.main -> shop",
        "shop.error -> bad",
    )
    for one in runs_of_one_workflow(owner, flow, items(3)):
        assert ended(one) == "completed"

    spared = begin(owner, flow, {})
    ended(spared)

    assert ports_of(spared, "check") == {"open"}


# --- debounce ---


@pytest.mark.parametrize("keep", ["last", "first"])
def test_of_a_burst_one_run_goes_on_with_the_items_of_all(
    in_alpha, owner, two_workers, items, keep
):
    params = {"window_s": 1, "keep": keep}
    flow = in_a_row([MANUAL, node("burst", "flow.debounce", params)])
    executions = runs_of_one_workflow(owner, flow, items(6))

    assert {ended(one) for one in executions} == {"completed"}
    ports = {one: ports_of(one, "burst").pop() for one in executions}
    (going,) = [one for one, port in ports.items() if port == "main"]
    assert sorted(one["n"] for one in items_of(going, "burst", "main")) == list(range(6))
    assert Gathering.objects.count() == 1


@pytest.fixture
def items():
    return lambda count: [{"n": n} for n in range(count)]
