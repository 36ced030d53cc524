"""Rates, locks, breakers and bursts between workers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from headrace.state import actions, locks
from headrace.state.bursts import Window
from headrace.state.models import Breaker, Bucket, Burst, Gathering, Lock, Place
from headrace.state.purge import purge
from headrace.state.types import Shared
from headrace.tenants.clock import database_now
from headrace_sdk.coordination import Rate
from tests.integration.state.conftest import at_once

SLOW = Rate(tokens=2, per_s=60, burst=2)
LAST = Window(60, "last", 100)
FIRST = Window(60, "first", 100)


@pytest.fixture
def shared(asker):
    return Shared.of(asker(), "workflow", "key")


def acquire(run, shared, *, slots=1, lease_s=60, waits=True):
    return actions.acquire(run, shared, slots=slots, lease_s=lease_s, waits=waits)


def release(run, shared):
    return actions.release(run, 0, shared)


# --- rates ---


@pytest.mark.usefixtures("committed")
def test_no_more_tokens_are_given_than_there_are_however_many_ask_at_once(asker, shared):
    turns = at_once(lambda _: actions.take(asker(), 0, shared, 1, SLOW, waits=False))

    assert sum(turn.granted for turn in turns) == 2


@pytest.mark.usefixtures("committed")
def test_those_who_wait_are_spread_by_the_rate(asker, shared):
    now = database_now()

    turns = at_once(lambda _: actions.take(asker(), 0, shared, 1, SLOW, waits=True), 5)

    delays = sorted(round(((turn.at or now) - now).total_seconds() / 30) for turn in turns)
    assert delays == [0, 0, 1, 2, 3]


def test_a_run_that_asks_again_after_a_crash_takes_no_second_token(asker, shared):
    run = asker()

    first = actions.take(run, 0, shared, 1, SLOW, waits=True)
    again = actions.take(run, 0, shared, 1, SLOW, waits=True)

    assert first == again
    assert actions.take(asker(), 0, shared, 9, SLOW, waits=False).granted == 1


# --- locks ---


@pytest.mark.usefixtures("committed", "executions")
def test_a_lock_has_as_many_holders_as_slots_however_many_ask_at_once(asker, shared):
    places = at_once(lambda _: acquire(asker(), shared, slots=3))

    assert sorted(place.state for place in places) == ["held"] * 3 + ["waiting"] * 5
    fences = [place.fence for place in places if place.state == "held"]
    assert len(set(fences)) == 3


def test_a_released_slot_goes_to_the_first_in_line_who_is_woken(asker, shared, executions):
    holder, second, third = asker(), asker(), asker()
    for run in (holder, second, third):
        acquire(run, shared)

    release(holder, shared)

    assert executions.woken == [second.execution_id]
    assert acquire(third, shared).state == "waiting"
    assert acquire(second, shared).state == "held"


def test_nobody_overtakes_the_line(asker, shared, executions):
    holder, waiting, late = asker(), asker(), asker()
    acquire(holder, shared)
    acquire(waiting, shared)
    release(holder, shared)

    assert acquire(late, shared, waits=False).state == "refused"


def test_a_lease_that_ran_out_is_given_to_the_next_with_a_higher_fence(asker, shared, executions):
    first = asker()
    held = acquire(first, shared)
    Place.objects.update(expires_at=database_now() - timedelta(seconds=1))

    taken = acquire(asker(), shared)

    assert (taken.state, taken.fence > held.fence) == ("held", True)
    assert not release(first, shared)


def test_an_execution_that_ended_has_given_up_its_slot(asker, shared, executions):
    holder, waiting = asker(), asker()
    acquire(holder, shared)
    acquire(waiting, shared)
    executions.ended.add(holder.execution_id)

    locks.hand_on_all()

    assert executions.woken == [waiting.execution_id]
    assert acquire(waiting, shared).state == "held"


def test_one_who_ended_in_line_is_passed_over(asker, shared, executions):
    holder, gone, waiting = asker(), asker(), asker()
    for run in (holder, gone, waiting):
        acquire(run, shared)
    executions.ended.add(gone.execution_id)

    release(holder, shared)

    assert executions.woken == [waiting.execution_id]


def test_a_turn_of_a_loop_releases_its_own_slot(asker, shared, executions):
    first = asker(run="0")
    second = asker(first.execution_id, run="1")
    for run in (first, second):
        acquire(run, shared, slots=2)

    release(asker(first.execution_id, run="1", node="release"), shared)

    assert list(Place.objects.values_list("run", flat=True)) == ["0"]


def test_a_run_that_asks_again_after_a_crash_holds_the_same_slot(asker, shared, executions):
    run = asker()

    first, again = acquire(run, shared), acquire(run, shared)

    assert (first.state, first.fence, first.until) == (again.state, again.fence, again.until)


# --- breakers ---


def report(run, shared, *, failed, call=0):
    return actions.report(run, call, shared, failed=failed, threshold=2)


def opened(asker, shared):
    for _ in range(2):
        report(asker(), shared, failed=True)


def passes(run, shared, cool_down_s=60):
    return actions.may_pass(run, 0, shared, cool_down_s)


def test_failures_in_a_row_open_the_breaker(asker, shared):
    report(asker(), shared, failed=True)
    assert passes(asker(), shared)

    report(asker(), shared, failed=True)

    assert not passes(asker(), shared)


def test_a_success_forgets_the_failures_before_it(asker, shared):
    report(asker(), shared, failed=True)
    report(asker(), shared, failed=False)
    report(asker(), shared, failed=True)

    assert passes(asker(), shared)


@pytest.mark.usefixtures("committed")
def test_after_the_cool_down_one_run_alone_may_try(asker, shared):
    opened(asker, shared)
    Breaker.objects.update(opened_at=database_now() - timedelta(seconds=61))

    let_through = at_once(lambda _: passes(asker(), shared))

    assert sorted(let_through) == [False] * 7 + [True]


@pytest.mark.parametrize("failed", [True, False])
def test_how_the_try_went_decides(asker, shared, failed):
    opened(asker, shared)
    Breaker.objects.update(opened_at=database_now() - timedelta(seconds=61))
    passes(asker(), shared)

    is_closed = report(asker(), shared, failed=failed)

    assert is_closed is not failed
    assert passes(asker(), shared) is not failed


def test_a_late_success_does_not_close_an_open_breaker(asker, shared):
    opened(asker, shared)

    assert not report(asker(), shared, failed=False)


def test_a_failure_is_counted_once_for_a_run(asker, shared):
    run = asker()
    report(run, shared, failed=True)
    report(run, shared, failed=True)

    assert passes(asker(), shared)


# --- bursts ---


def gather(run, shared, name, window=LAST, count=1):
    return actions.gather(run, shared, name.encode(), count, window)


def over():
    Gathering.objects.update(due_at=database_now() - timedelta(seconds=1))


@pytest.mark.usefixtures("committed", "executions")
def test_of_a_burst_at_one_moment_exactly_one_leads(asker, shared):
    runs = [asker() for _ in range(8)]
    at_once(lambda place: gather(runs[place], shared, str(place)))

    over()
    stands = [actions.collect(run, shared) for run in runs]

    assert sorted(stand.state for stand in stands) == ["collapsed"] * 7 + ["goes"]
    goes = next(stand for stand in stands if stand.state == "goes")
    assert sorted(goes.blocks) == [str(place).encode() for place in range(8)]


def test_the_one_who_is_replaced_is_woken(asker, shared, executions):
    first, second = asker(), asker()
    gather(first, shared, "a")

    gather(second, shared, "b")

    assert executions.woken == [first.execution_id]
    assert actions.collect(first, shared).state == "collapsed"


def test_the_first_can_lead_and_the_others_leave_at_once(asker, shared, executions):
    first, second = asker(), asker()
    gather(first, shared, "a", FIRST)

    assert gather(second, shared, "b", FIRST).state == "collapsed"
    assert (actions.collect(first, shared).state, executions.woken) == ("leads", [])
    over()
    assert actions.collect(first, shared).blocks == (b"a", b"b")


def test_a_full_burst_goes_at_once(asker, shared, executions):
    gather(asker(), shared, "a", Window(60, "last", 2))

    assert gather(asker(), shared, "b", Window(60, "last", 2)).blocks == (b"a", b"b")


def test_after_a_burst_another_one_begins(asker, shared, executions):
    gather(asker(), shared, "a")
    over()

    assert gather(asker(), shared, "b").state == "leads"
    assert Gathering.objects.count() == 2


def test_a_leader_that_ended_is_followed_by_who_comes_next(asker, shared, executions):
    leader, next_one = asker(), asker()
    gather(leader, shared, "a", FIRST)
    executions.ended.add(leader.execution_id)

    assert gather(next_one, shared, "b", FIRST).state == "leads"
    over()
    assert actions.collect(next_one, shared).blocks == (b"a", b"b")


def test_a_burst_that_was_closed_for_a_leader_that_ended_goes_to_who_comes_next(
    asker, shared, executions
):
    leader, filler, next_one = asker(), asker(), asker()
    gather(leader, shared, "a", Window(60, "first", 2))
    gather(filler, shared, "b", Window(60, "first", 2))
    executions.ended.add(leader.execution_id)

    assert gather(next_one, shared, "c").state == "leads"
    over()
    assert actions.collect(next_one, shared).blocks == (b"a", b"b", b"c")
    assert actions.collect(leader, shared).state == "collapsed"


def test_what_a_leader_was_given_is_given_to_nobody_else(asker, shared, executions):
    leader, next_one = asker(), asker()
    gather(leader, shared, "a")
    over()
    actions.collect(leader, shared)
    executions.ended.add(leader.execution_id)

    gather(next_one, shared, "b")
    over()

    assert actions.collect(next_one, shared).blocks == (b"b",)


def test_the_leader_gets_the_same_items_when_it_asks_again(asker, shared, executions):
    leader = asker()
    gather(leader, shared, "a")
    over()

    assert actions.collect(leader, shared) == actions.collect(leader, shared)


# --- what is left behind ---


def test_rows_that_say_nothing_any_more_are_purged(asker, shared, executions):
    actions.take(asker(), 0, shared, 1, Rate(1000, 1, 1000), waits=False)
    report(asker(), shared, failed=False)
    acquire(asker(), shared)
    gather(asker(), shared, "a")
    Bucket.objects.update(full_at=database_now() - timedelta(seconds=1))

    purge()

    kept = {model.__name__ for model in (Bucket, Breaker, Lock, Burst) if model.objects.exists()}
    assert kept == {"Lock", "Burst"}


def test_a_bucket_that_is_not_full_stays(asker, shared):
    actions.take(asker(), 0, shared, 2, SLOW, waits=False)

    purge()

    assert actions.take(asker(), 0, shared, 1, SLOW, waits=False).granted == 0
