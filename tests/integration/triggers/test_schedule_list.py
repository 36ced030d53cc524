"""The schedules of a workflow as its page shows them: triggers, what was added, what will come."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from headrace.audit.models import Entry
from headrace.executions.models import Execution
from headrace.tenants.clock import database_now
from headrace.tenants.context import public
from headrace.triggers import scheduling
from headrace.triggers.firing import fire_due
from headrace.triggers.models import Schedule
from headrace.triggers.wished_times import Times
from headrace.workflows import actions as workflows
from tests.support.workflows import document, node

pytestmark = pytest.mark.usefixtures("committed", "in_alpha")

DAILY = {"rules": [{"unit": "cron", "cron": "0 9 * * *"}], "timezone": "Europe/Berlin"}
WEEKLY = {"rules": [{"unit": "cron", "cron": "0 9 * * 1"}]}
HOURLY = Times(every=timedelta(hours=1))


def flow(params=None):
    trigger = node("begin", "triggers.schedule", params or DAILY)
    return document([trigger, node("end", "flow.no_op")], "begin -> end")


@pytest.fixture
def workflow(owner):
    """An active one that starts each day; its id."""
    made = workflows.create(owner, name="Report", document=flow())
    workflows.publish(owner, made.row.id)
    return made.row.id


def listed(api, workflow, role="viewer"):
    answer = api(role).get(f"workflows/{workflow}/schedules/")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def noted():
    entries = Entry.objects.filter(action__startswith="schedule.").order_by("seq")
    return [(one.action, one.actor_label) for one in entries]


def test_the_list_tells_of_triggers_and_of_what_was_added(api, owner, workflow):
    run = uuid4()
    added = scheduling.add(owner, workflow, "often", HOURLY, execution_id=run)

    often, daily = listed(api, workflow)

    assert (daily["cron"], daily["timezone"]) == (["0 9 * * *"], "Europe/Berlin")
    assert (daily["status"], daily["added_by"], daily["added_in"]) == ("waiting", None, None)
    assert (often["id"], often["name"], often["every_s"]) == (str(added.id), "often", 3600)
    assert (often["added_by"], often["added_in"]) == (owner.label, str(run))
    assert often["next_at"] <= daily["next_at"]


def test_what_the_draft_would_bring_stands_behind_what_is_live(api, owner, workflow):
    workflows.save(owner, workflow, document=flow(WEEKLY), revision=1)

    live, coming = listed(api, workflow)

    assert (live["status"], live["cron"]) == ("waiting", ["0 9 * * *"])
    assert (coming["id"], coming["status"], coming["cron"]) == (None, "draft", ["0 9 * * 1"])
    assert coming["next_at"] is not None


def test_a_draft_whose_times_make_no_sense_has_no_next_time(api, owner):
    wrong = {"rules": [{"unit": "cron", "cron": "0 0 31 2 *"}]}
    made = workflows.create(owner, document=flow(wrong))

    assert listed(api, made.row.id) == []


def test_a_member_pauses_resumes_and_deletes_and_the_record_says_so(api, owner, workflow):
    added = scheduling.add(owner, workflow, "often", HOURLY)
    place = f"workflows/{workflow}/schedules/{added.id}/"
    member = api("member")

    paused = member.patch(place, {"is_paused": True})
    resumed = member.patch(place, {"is_paused": False})
    deleted = member.delete(place)

    assert (paused.json()["status"], paused.json()["next_at"]) == ("paused", None)
    assert resumed.json()["status"] == "waiting"
    assert (deleted.status_code, len(listed(api, workflow))) == (204, 1)
    changes = [action for action, _ in noted()]
    assert changes == [f"schedule.{one}" for one in ("added", "paused", "unpaused", "deleted")]


def test_whoever_may_not_publish_changes_no_schedule(api, owner, workflow):
    added = scheduling.add(owner, workflow, "often", HOURLY)
    place = f"workflows/{workflow}/schedules/{added.id}/"
    viewer = api("viewer")

    answers = [viewer.patch(place, {"is_paused": True}), viewer.delete(place)]

    assert [one.status_code for one in answers] == [403, 403]
    assert {one["status"] for one in listed(api, workflow)} == {"waiting"}


def test_a_trigger_is_paused_but_not_deleted(api, workflow):
    (daily,) = listed(api, workflow)
    place = f"workflows/{workflow}/schedules/{daily['id']}/"

    refused = api().delete(place)
    paused = api().patch(place, {"is_paused": True})

    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_schedule")
    assert (paused.status_code, listed(api, workflow)[0]["status"]) == (200, "paused")


def test_a_schedule_is_found_at_its_own_workflow_only(api, owner, workflow):
    added = scheduling.add(owner, workflow, "often", HOURLY)
    other = workflows.create(owner, document=flow()).row.id
    place = f"workflows/{other}/schedules/{added.id}/"

    answers = [api().patch(place, {"is_paused": True}), api().delete(place)]

    assert [one.json()["code"] for one in answers] == ["schedule_not_found"] * 2


def test_what_was_added_rests_with_its_workflow_also_when_it_is_resumed(api, owner, workflow):
    added = scheduling.add(owner, workflow, "often", HOURLY)
    workflows.deactivate(owner, workflow)
    place = f"workflows/{workflow}/schedules/{added.id}/"

    api().patch(place, {"is_paused": True})
    resumed = api().patch(place, {"is_paused": False})
    with public():
        Schedule.objects.filter(pk=added.id).update(next_at=database_now())
    fire_due()

    assert (resumed.json()["status"], resumed.json()["next_at"]) == ("resting", None)
    assert Execution.objects.count() == 0
