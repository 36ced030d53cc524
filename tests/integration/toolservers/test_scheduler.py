"""The Scheduler server: schedules of active workflows, by the rights of whom it works for."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async

from headrace.accounts.types import Role
from headrace.audit.models import Entry
from headrace.executions.models import Execution
from headrace.tenants.clock import database_now
from headrace.tenants.context import public, tenant
from headrace.triggers import scheduling
from headrace.triggers.errors import InvalidSchedule, NoSchedule
from headrace.triggers.firing import fire_due
from headrace.triggers.models import Schedule
from headrace.triggers.wished_times import Times
from headrace.workflows import actions as workflows
from headrace.workflows.queries import published
from tests.support.clients import actor
from tests.support.tooled import using
from tests.support.workflows import document, node

pytestmark = pytest.mark.usefixtures("committed", "in_alpha")

HOURLY = Times(every=timedelta(hours=1))
REQUIRED = {"inputs": [{"name": "order", "type": "text", "required": True}]}


def active(owner, kind="triggers.manual", params=None):
    """An active workflow; its id."""
    flow = document([node("begin", kind, params), node("end", "flow.no_op")], "begin -> end")
    draft = workflows.create(owner, name="Report", document=flow)
    workflows.publish(owner, draft.row.id)
    return draft.row.id


def make_due(schedule_id):
    now = database_now()
    with public():
        Schedule.objects.filter(pk=schedule_id).update(next_at=now, look_at=now)


def started():
    return Execution.objects.filter(mode="schedule").count()


@sync_to_async
def noted():
    entries = Entry.objects.filter(action__startswith="schedule.").order_by("seq")
    return [one.action.partition(".")[2] for one in entries]


async def test_a_schedule_is_created_paused_resumed_and_deleted(owner):
    workflow = await sync_to_async(active)(owner)
    async with using("scheduler", owner) as tools:
        (known,) = (await tools.gives("list_workflows"))["workflows"]
        made = await tools.gives(
            "create_schedule",
            workflow_id=known["id"],
            name="Weekly",
            cron="0 9 * * 1",
            timezone="Europe/Berlin",
        )
        paused = await tools.gives("pause_schedule", schedule_id=made["id"])
        resumed = await tools.gives("resume_schedule", schedule_id=made["id"])
        listed = await tools.gives("list_schedules")
        await tools.gives("delete_schedule", schedule_id=made["id"])
        left = await tools.gives("list_schedules")

    assert known == {"id": str(workflow), "name": "Report"}
    assert (paused["is_paused"], paused["next_at"]) == (True, None)
    assert resumed == made
    assert listed["schedules"] == [made]
    assert left == {"schedules": []}
    assert await noted() == ["added", "paused", "unpaused", "deleted"]


def test_an_added_schedule_starts_the_workflow_and_is_planned_anew(owner):
    added = scheduling.add(owner, active(owner), "often", HOURLY)
    make_due(added.id)

    fire_due()

    (row,) = scheduling.schedules(owner)
    assert started() == 1
    assert row.next_at > row.last_planned_at


def test_a_single_time_comes_once(owner):
    at = Times(at=database_now() + timedelta(hours=1))
    added = scheduling.add(owner, active(owner), "once", at)
    make_due(added.id)

    for _ in range(2):
        fire_due()

    (row,) = scheduling.schedules(owner)
    assert (started(), row.next_at) == (1, None)


def test_a_paused_schedule_starts_nothing_even_after_publishing_again(owner):
    rules = {"rules": [{"unit": "cron", "cron": "* * * * *"}]}
    workflow = active(owner, "triggers.schedule", rules)
    (own,) = scheduling.schedules(owner)
    scheduling.set_paused(owner, own.id, is_paused=True)

    workflows.publish(owner, workflow)

    (again,) = scheduling.schedules(owner)
    with public():
        (row,) = Schedule.objects.all()
    assert (again.is_paused, row.look_at) == (True, None)


def test_an_added_schedule_outlives_versions_and_rests_while_the_workflow_does(owner):
    workflow = active(owner)
    added = scheduling.add(owner, workflow, "often", HOURLY)

    workflows.deactivate(owner, workflow)
    with public():
        resting = Schedule.objects.get(pk=added.id).look_at
    workflows.publish(owner, workflow)
    make_due(added.id)
    fire_due()

    assert resting is None
    assert started() == 1


@pytest.mark.parametrize(
    "times",
    [
        Times(),
        Times(cron="* * * * *", every=timedelta(hours=1)),
        Times(every=timedelta(seconds=1)),
        Times(cron="* * * * * *"),
        Times(cron="0 0 31 2 *"),
        Times(cron="0 9 * * *", timezone="Mars/Olympus"),
    ],
)
def test_a_schedule_that_makes_no_sense_is_refused(owner, times):
    with pytest.raises(InvalidSchedule):
        scheduling.add(owner, active(owner), "never", times)


def test_a_time_that_has_passed_is_refused(owner):
    with pytest.raises(InvalidSchedule):
        scheduling.add(owner, active(owner), "late", Times(at=database_now() - timedelta(1)))


def test_a_workflow_that_needs_more_than_a_time_cannot_be_scheduled(owner):
    with pytest.raises(InvalidSchedule, match="cannot start by itself"):
        scheduling.add(owner, active(owner, params=REQUIRED), "often", HOURLY)


def test_a_trigger_that_comes_to_refuse_keeps_no_other_schedule_from_its_time(owner):
    refusing, fine = active(owner), active(owner)
    first = scheduling.add(owner, refusing, "first", HOURLY)
    second = scheduling.add(owner, fine, "second", HOURLY)
    draft = workflows.create(owner, document=document([node("begin", "triggers.manual", REQUIRED)]))
    workflows.publish(owner, draft.row.id)
    _swap(first.id, draft.row.id)
    make_due(first.id)
    make_due(second.id)

    fire_due()

    assert started() == 1


def _swap(schedule_id, workflow_id):
    """The schedule starts that workflow's version, as after a change of its trigger."""

    ref = published(workflow_id)
    changed = {"version_id": ref.id, "workflow_id": workflow_id}
    with public():
        Schedule.objects.filter(pk=schedule_id).update(**changed)


def test_there_can_be_so_many(owner, monkeypatch):
    monkeypatch.setattr(scheduling, "MOST_ADDED", 1)
    workflow = active(owner)
    scheduling.add(owner, workflow, "one", HOURLY)

    with pytest.raises(InvalidSchedule, match="Delete one"):
        scheduling.add(owner, workflow, "two", HOURLY)


def test_those_of_a_deleted_workflow_stand_in_nobodys_way(owner, monkeypatch):
    monkeypatch.setattr(scheduling, "MOST_ADDED", 1)
    gone = active(owner)
    scheduling.add(owner, gone, "one", HOURLY)
    workflows.delete(owner, gone)

    added = scheduling.add(owner, active(owner), "two", HOURLY)

    assert [row.id for row in scheduling.schedules(owner)] == [added.id]


async def test_a_viewer_sees_schedules_and_changes_none(owner, alpha):
    workflow = await sync_to_async(active)(owner)
    added = await sync_to_async(scheduling.add)(owner, workflow, "often", HOURLY)
    viewer = await sync_to_async(actor)(alpha, Role.VIEWER)
    wanted = {"schedule_id": str(added.id)}
    async with using("scheduler", viewer) as tools:
        listed = await tools.gives("list_schedules")
        said = [
            await tools.refuses(
                "create_schedule", workflow_id=str(workflow), name="x", every_minutes=5
            ),
            await tools.refuses("pause_schedule", **wanted),
            await tools.refuses("resume_schedule", **wanted),
            await tools.refuses("delete_schedule", **wanted),
        ]

    assert len(listed["schedules"]) == 1
    assert all("workflow.publish" in one for one in said)


def test_schedules_of_another_workspace_are_not_there(owner, beta):
    added = scheduling.add(owner, active(owner), "often", HOURLY)

    with tenant(beta):
        stranger = actor(beta)
        assert scheduling.schedules(stranger) == []
        with pytest.raises(NoSchedule):
            scheduling.remove(stranger, added.id)
        with pytest.raises(NoSchedule):
            scheduling.set_paused(stranger, uuid4(), is_paused=True)


async def test_a_workflows_own_trigger_cannot_be_deleted_and_nonsense_is_refused(owner):
    rules = {"rules": [{"unit": "cron", "cron": "0 9 * * *"}]}
    await sync_to_async(active)(owner, "triggers.schedule", rules)
    (own,) = await sync_to_async(scheduling.schedules)(owner)
    async with using("scheduler", owner) as tools:
        said = [
            await tools.refuses("delete_schedule", schedule_id=str(own.id)),
            await tools.refuses("delete_schedule", schedule_id="'; drop table schedules"),
            await tools.refuses("create_schedule", workflow_id=str(uuid4()), name="x", at="soon"),
            await tools.refuses("create_schedule", name="x"),
        ]

    assert ["trigger" in said[0], "no id" in said[1], "no time" in said[2]] == [True] * 3
    assert said[3].startswith("workflow_id")
