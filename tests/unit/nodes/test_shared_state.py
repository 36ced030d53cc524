"""Key-Value, Throttle, Lock, Circuit Breaker, Debounce and Human Approval by themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from headrace_sdk import Gathered, Item, NodeError, Place, UserError, Wake
from headrace_sdk.testing import MemoryContext, MemoryCoordination, MemoryState, run_node
from headrace_sdk.testing.context import NOON
from nodes.data.key_value import KeyValue
from nodes.flow.circuit_breaker import CircuitBreaker
from nodes.flow.debounce import Debounce
from nodes.flow.lock import Lock
from nodes.flow.throttle import Throttle
from nodes.human.approval import HumanApproval

LATER = NOON + timedelta(minutes=1)


def with_others(**facts):
    return MemoryContext(coordination=MemoryCoordination(**facts))


def keep(state, *items, **params):
    context = MemoryContext(state=state)
    return run_node(KeyValue, {"key": "k", **params}, items or ({},), context=context)


def test_values_are_kept_between_runs():
    state = MemoryState()
    keep(state, operation="set", value={"a": [1]})

    assert keep(state).json() == [{"value": {"a": [1]}}]


def test_null_is_a_value_and_nothing_is_missing():
    state = MemoryState()
    assert keep(state).json("missing") == [{}]

    keep(state, operation="set", value=None)

    assert keep(state).json() == [{"value": None}]


def test_a_list_grows_and_tells_its_length():
    state = MemoryState()

    result = keep(state, {}, {}, operation="append", value="x")

    assert result.json() == [{"value": 1}, {"value": 2}]
    assert state.values == {("workflow", "k"): b'["x","x"]'}


def test_what_is_deleted_is_missing():
    state = MemoryState()
    keep(state, operation="set", value=1)
    keep(state, operation="delete")

    assert keep(state).json("missing") == [{}]


def test_a_value_can_be_forgotten_after_a_time():
    state = MemoryState()
    keep(state, operation="set", value=1, ttl_s=60, scope="tenant")

    assert state.lives_s == {("tenant", "k"): 60}


def test_without_a_field_the_item_stays_as_it_was():
    assert keep(MemoryState(), {"a": 1}, operation="incr", field="").json() == [{"a": 1}]


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"operation": "set", "value": "x" * 70_000}, "state_value_too_large"),
        ({"key": "x" * 201}, "state_key_invalid"),
        ({"key": ""}, "state_key_invalid"),
    ],
)
def test_what_cannot_be_kept_says_which_item(params, code):
    with pytest.raises(UserError) as caught:
        keep(MemoryState(), {}, **params)

    assert (caught.value.code, caught.value.item) == (code, 0)


def test_only_numbers_can_be_counted():
    state = MemoryState()
    keep(state, operation="set", value="text")

    with pytest.raises(UserError, match="not a number"):
        keep(state, operation="incr")


def test_a_throttle_waits_until_the_time_of_its_turn():
    result = run_node(Throttle, {"count": 1, "per_s": 10}, [{"n": 1}, {"n": 2}])

    assert result.suspension.until == NOON + timedelta(seconds=10)


def test_a_throttle_counts_runs_as_one_each():
    context = with_others(free_tokens=1)
    params = {"counts": "run", "over": "reject"}

    assert len(run_node(Throttle, params, [{}, {}], context=context).json()) == 2


def test_a_run_that_is_too_much_is_rejected_as_a_whole():
    context = with_others(free_tokens=0)
    params = {"counts": "run", "over": "reject"}

    assert len(run_node(Throttle, params, [{}, {}], context=context).json("rejected")) == 2


def test_a_holder_is_told_its_fence():
    result = run_node(Lock, {"key": "k"}, [{"a": 1}])

    until = (NOON + timedelta(minutes=5)).isoformat()
    assert result.json() == [{"a": 1, "lock": {"key": "k", "fence": 1, "until": until}}]


def test_who_waits_asks_again_at_the_end_of_a_lease():
    context = with_others(place=Place("waiting", NOON, until=LATER))

    assert run_node(Lock, {}, context=context).suspension.until == LATER


def test_who_waits_asks_again_at_the_end_of_its_patience():
    context = with_others(place=Place("waiting", NOON, until=LATER))

    result = run_node(Lock, {"timeout_s": 5}, context=context)

    assert result.suspension.until == NOON + timedelta(seconds=5)


def test_who_was_refused_leaves_by_timed_out():
    context = with_others(place=Place("refused", NOON))

    assert run_node(Lock, {"waits": False}, [{"a": 1}], context=context).json("timeout") == [
        {"a": 1}
    ]


def test_a_lost_slot_fails_at_its_release_unless_the_author_does_not_mind():
    context = with_others(is_held=False)
    release = {"operation": "release"}

    with pytest.raises(NodeError) as caught:
        run_node(Lock, release, context=context)

    assert caught.value.code == "lock_lost"
    assert run_node(Lock, {**release, "lost": "go_on"}, context=context).json() == [{}]


def test_an_open_breaker_sends_items_another_way():
    context = with_others(is_closed=False)

    assert run_node(CircuitBreaker, {}, [{"a": 1}], context=context).json("open") == [{"a": 1}]


def test_a_leader_waits_and_goes_on_with_the_items_of_all():
    gathered = Gathered("goes", items=(Item({"n": 1}), Item({"n": 2})))

    assert run_node(Debounce, {"window_s": 60}).suspension.until == LATER
    woken = run_node(Debounce, {}, wake=Wake("time"), context=with_others(gathered=gathered))
    assert woken.json() == [{"n": 1}, {"n": 2}]


def test_who_was_collapsed_leaves_with_its_own_items():
    context = with_others(gathered=Gathered("collapsed"))

    assert run_node(Debounce, {}, [{"n": 1}], context=context).json("collapsed") == [{"n": 1}]


def test_an_approval_asks_with_all_that_people_need():
    suspension = run_node(
        HumanApproval,
        {
            "title": " Pay? ",
            "assignees": ["Anna@x.example", "role:admin"],
            "expires_s": 60,
            "headline": " 9 EUR ",
            "facts": [{"label": "IBAN", "value": "known", "mark": "ok"}],
        },
        [{"n": 1}],
    ).suspension

    assert (suspension.kind, suspension.until) == ("approval", LATER)
    assert suspension.note == {
        "title": "Pay?",
        "message": "",
        "headline": "9 EUR",
        "why": "",
        "facts": [{"label": "IBAN", "value": "known", "mark": "ok"}],
        "node_name": "Node",
        "assignees": ["anna@x.example", "role:admin"],
        "needs_reason": True,
        "is_risky": False,
        "is_bulk_safe": False,
        "documents": [],
        "correctable": [],
    }
    assert [item.json for item in suspension.shown] == [{"n": 1}]


@pytest.mark.parametrize("assignee", ["anna", "role:boss", "a b@c"])
def test_an_assignee_is_an_address_or_a_role(assignee):
    with pytest.raises(UserError):
        run_node(HumanApproval, {"title": "Pay?", "assignees": [assignee]})


def test_an_approval_without_a_title_says_so():
    with pytest.raises(UserError, match="title"):
        run_node(HumanApproval, {"title": " "})
