"""Schedules that are due: fired once, whatever overlaps, however many there are."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from headrace.executions.models import Execution
from headrace.tenants.clock import database_now
from headrace.tenants.context import public
from headrace.triggers.firing import fire_due
from headrace.triggers.models import Schedule
from headrace.workflows import actions as workflows
from tests.support.queue import ask
from tests.support.workflows import document, node

pytestmark = pytest.mark.usefixtures("committed")


def publish(owner, *, rules=None, **params):
    """A workflow with a schedule; the schedule's row."""
    rules = rules or [{"unit": "cron", "cron": "* * * * *"}]
    trigger = node("tick", "triggers.schedule", {"rules": rules, **params})
    flow = document([trigger, node("end", "flow.no_op")], "tick -> end")
    draft = workflows.create(owner, document=flow)
    workflows.publish(owner, draft.row.id)
    with public():
        return Schedule.objects.get(workflow_id=draft.row.id)


def make_due(schedule, *, late_s=0.0):
    """It was planned so long ago."""
    now = database_now()
    planned = now.replace(second=0, microsecond=0) - timedelta(seconds=late_s)
    with public():
        Schedule.objects.filter(pk=schedule.pk).update(next_at=planned, look_at=planned)
    return planned


def fire_first(schedule):
    """One run, whose planned time may come again in this test."""
    make_due(schedule)
    fire_due()
    ask("update t_alpha.executions_execution set dedupe_key = null")


def fired():
    return Execution.objects.filter(mode="schedule").count()


def end_all():
    ask("update t_alpha.executions_execution set status = 'completed'")


def test_a_due_schedule_fires_and_is_planned_anew(in_alpha, owner):
    schedule = publish(owner)
    planned = make_due(schedule)

    fire_due()

    with public():
        schedule.refresh_from_db()
    assert fired() == 1
    assert schedule.last_planned_at == planned
    assert schedule.next_at > planned


def test_three_schedulers_at_once_fire_a_planned_time_once(in_alpha, owner):
    """R-036."""
    for _ in range(5):
        make_due(publish(owner))

    def one(_number):
        try:
            return fire_due()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        started = sum(pool.map(one, range(3)))

    assert started == fired() == 5


@pytest.mark.parametrize(
    ("overlap", "runs", "cancelled"),
    [("allow", 2, 0), ("skip", 1, 0), ("queue", 1, 0), ("cancel", 2, 1)],
)
def test_a_time_that_comes_while_the_last_run_goes_follows_the_overlap_rule(
    in_alpha, owner, overlap, runs, cancelled
):
    schedule = publish(owner, overlap=overlap)
    fire_first(schedule)
    make_due(schedule)
    fire_due()

    dying = ask("select count(*) from run_queue where cancel_at is not null")
    assert (fired(), dying) == (runs, [(cancelled,)])


def test_a_queued_time_fires_when_the_last_run_has_ended(in_alpha, owner):
    schedule = publish(owner, overlap="queue")
    fire_first(schedule)
    planned = make_due(schedule)
    fire_due()
    end_all()
    with public():
        Schedule.objects.update(look_at=planned)

    fire_due()

    assert fired() == 2


def test_a_skipped_time_does_not_come_later(in_alpha, owner):
    schedule = publish(owner, overlap="skip")
    fire_first(schedule)
    make_due(schedule)
    fire_due()
    end_all()

    fire_due()

    assert fired() == 1


@pytest.mark.parametrize(("misfire", "runs"), [("skip", 0), ("once", 1), ("all", 4)])
def test_what_was_missed_while_no_scheduler_ran_follows_the_misfire_rule(
    in_alpha, owner, misfire, runs
):
    """R-035: three hours."""
    schedule = publish(owner, rules=[{"unit": "hours", "every": 1}], misfire=misfire)
    hour = database_now().replace(minute=0, second=0, microsecond=0)
    planned = hour - timedelta(hours=3)
    if misfire == "skip" and database_now() - hour < timedelta(minutes=1):
        runs = 1  # the full hour has just struck, so the last time is on time
    with public():
        Schedule.objects.filter(pk=schedule.pk).update(next_at=planned, look_at=planned)

    fire_due()

    assert fired() == runs


def test_a_schedule_that_waits_for_its_last_run_does_not_keep_others_from_firing(
    in_alpha, owner, monkeypatch
):
    monkeypatch.setattr("headrace.triggers.firing.BATCH", 2)
    for _ in range(3):
        schedule = publish(owner, overlap="queue")
        fire_first(schedule)
        make_due(schedule, late_s=60)
    free = publish(owner)
    make_due(free)

    fire_due()

    assert Execution.objects.filter(workflow_id=free.workflow_id).count() == 1


def test_a_workflow_that_is_no_longer_published_fires_nothing(in_alpha, owner):
    schedule = publish(owner)
    make_due(schedule)
    ask("update t_alpha.workflows_workflow set published_id = null")

    fire_due()

    assert fired() == 0


def test_planned_runs_come_after_those_that_somebody_asked_for(in_alpha, owner):
    """R-037: webhooks are not starved by what is planned for the full hour."""
    make_due(publish(owner))
    fire_due()

    assert ask("select priority from run_queue") == [(16,)]


def test_jitter_puts_the_first_time_off(in_alpha, owner):
    schedule = publish(owner, jitter_s=3_000)

    put_off = (schedule.look_at - schedule.next_at).total_seconds()

    assert 0 < put_off <= 3_000


def test_a_thousand_schedules_of_one_minute_are_fired_by_few_statements_each(in_alpha, owner):
    """R-037: how long it takes is a matter of statements. Once a year, so that none is due twice."""
    schedule = publish(owner, rules=[{"unit": "cron", "cron": "0 0 1 1 *"}])
    planned = make_due(schedule)
    with public():
        Schedule.objects.bulk_create(
            Schedule(
                tenant_id=schedule.tenant_id,
                workflow_id=schedule.workflow_id,
                version_id=schedule.version_id,
                node=schedule.node,
                node_type=schedule.node_type,
                rule=schedule.rule,
                next_at=planned,
                look_at=planned,
            )
            for _ in range(999)
        )

    with CaptureQueriesContext(connection) as asked:
        started = fire_due()

    assert started == 1_000
    assert len(asked) < 7_000
