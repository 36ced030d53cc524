"""The API of events: what it takes, what it shows, to whom."""

from __future__ import annotations

from datetime import timedelta

import pytest

from headrace.audit.models import Entry
from headrace.bus import actions
from headrace.bus.models import BusSettings, Event
from headrace.workflows import actions as workflows
from tests.support.clients import actor
from tests.support.workflows import MANUAL, in_a_row


def test_events_are_listed_newest_first_with_what_they_set_going(api):
    for number in (1, 2):
        body = {"type": "order.paid", "data": {"n": number}, "ordering_key": "a"}
        assert api().post("events/", body).status_code == 202

    first, second = api("viewer").get("events/").json()["results"]

    assert (first["data"], second["data"]) == ({"n": 2}, {"n": 1})
    assert first["source"] == {"kind": "person", "label": "Owner"}
    assert (first["subscribers"], first["ordering_key"], first["problem"]) == (0, "a", None)


def test_the_list_can_be_narrowed_to_a_type(api):
    for kind in ("order.paid", "order.sent"):
        api().post("events/", {"type": kind})

    found = api().get("events/", type="order.sent").json()["results"]

    assert [one["type"] for one in found] == ["order.sent"]


@pytest.mark.parametrize(
    ("body", "status", "path"),
    [
        ({}, 400, "/type"),
        ({"type": "Order Paid"}, 422, "/type"),
        ({"type": "workflow.completed"}, 422, "/type"),
        ({"type": "a", "data": [1]}, 400, "/data"),
        ({"type": "a", "data": {"x": "y" * 300_000}}, 400, "/data"),
        ({"type": "a", "more": 1}, 400, "/more"),
    ],
)
def test_a_bad_event_is_refused_with_the_place_of_the_fault(api, in_alpha, body, status, path):
    answer = api().post("events/", body)

    assert answer.status_code == status
    assert [fault["path"] for fault in answer.json()["errors"]] == [path]
    assert Event.objects.count() == 0


def test_emitting_is_audited(api, in_alpha):
    api().post("events/", {"type": "order.paid"})

    assert Entry.objects.filter(action="event.emitted").count() == 1


def test_events_of_one_tenant_stay_there(api, alpha, beta):
    api("owner", beta).post("events/", {"type": "order.paid"})

    assert api().get("events/").json()["results"] == []


def test_the_settings_are_kept_and_audited(api, in_alpha, owner):
    handler = workflows.create(owner, document=in_a_row([MANUAL])).row.id
    wanted = {"error_workflow": str(handler), "keep_days": 7}

    answer = api().put("events/settings/", wanted)

    assert answer.json() == api("viewer").get("events/settings/").json() == wanted
    assert Entry.objects.filter(action="bus.configured").count() == 1


def test_the_error_workflow_of_another_tenant_cannot_be_chosen(api, alpha, beta, as_tenant):
    with as_tenant(beta):
        theirs = workflows.create(actor(beta), document=in_a_row([MANUAL])).row.id

    answer = api().put("events/settings/", {"error_workflow": str(theirs)})

    assert (answer.status_code, answer.json()["code"]) == (404, "workflow_not_found")


def test_old_events_are_forgotten(in_alpha, owner):
    BusSettings.objects.create(keep_days=7)
    for days in (6, 8):
        event, _ = actions.emit(owner, "order.paid", {"days": days})
        _age(event, days)

    forgotten = actions.forget_old()

    assert (forgotten, Event.objects.count()) == (1, 1)


def _age(event, days):
    row = Event.objects.get(id=event)
    row.created_at -= timedelta(days=days)
    row.save(update_fields=["created_at"])
