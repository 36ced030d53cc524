"""Notes for members: kept once, seen by nobody else, by the ways that each of them chose."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import TestCase

from headrace.executions import queries
from headrace.notifications import actions, telling
from headrace.notifications.models import Notification
from headrace.notifications.ports import ports
from headrace.state.types import Asker, Shared
from headrace.tenants.clock import database_now
from headrace_sdk.errors import UserError
from headrace_sdk.notifications import Note
from tests.support.clients import actor
from tests.support.engine import begin, ended, working
from tests.support.workflows import MANUAL, in_a_row, node

OWNER = "owner@alpha.example"
MEMBER = "member@alpha.example"


@pytest.fixture
def asker(in_alpha):
    return Asker(in_alpha.id, uuid4(), uuid4(), "node", "0")


@pytest.fixture
def tell(asker):
    def tell(*to, title="Look", **more):
        place, note = Shared(asker.tenant_id, f"item:{more.pop('item', 0)}"), Note(title, **more)
        return telling.tell(asker, 0, place, to, note, workflow_name="Orders")

    return tell


def titles(api, role="owner", **query):
    return [one["title"] for one in api(role).get("notifications/", **query).json()["results"]]


def unread(api, role="owner"):
    return api(role).get("notifications/unread/").json()["count"]


def test_a_note_is_for_those_who_are_meant_and_nobody_else_sees_it(api, tell):
    tell(MEMBER.upper(), title="For the member")

    assert (titles(api, "member"), titles(api)) == (["For the member"], [])
    assert (unread(api, "member"), unread(api)) == (1, 0)


@pytest.mark.parametrize(
    ("to", "count"), [(["everyone"], 4), (["role:admin"], 2), (["role:owner", OWNER], 1)]
)
def test_roles_and_everyone_mean_each_member_once(tell, to, count):
    assert len(tell(*to)) == count
    assert Notification.objects.count() == count


@pytest.mark.parametrize("to", [["stranger@example.com"], ["role:king"], [], [" "]])
def test_who_means_nobody_is_told_so(tell, to):
    with pytest.raises(UserError) as refused:
        tell(*to)

    assert (refused.value.code, refused.value.field) == ("unknown_recipient", "to")


@pytest.mark.parametrize("note", [{"title": " "}, {"title": "x" * 201}, {"text": "x" * 4_001}])
def test_a_note_that_cannot_be_kept_is_refused(tell, note):
    with pytest.raises(UserError) as refused:
        tell(OWNER, **note)

    assert refused.value.code == "invalid_note"


def test_a_repeated_attempt_tells_nobody_twice(api, tell):
    first, again = tell(OWNER), tell(OWNER)

    assert (first, titles(api)) == (again, ["Look"])


def test_open_pages_hear_of_a_note_once_it_is_kept(in_alpha, tell, monkeypatch):
    rung = []
    monkeypatch.setattr(ports.bell, "ring", rung.append)

    with TestCase.captureOnCommitCallbacks(execute=True):
        tell(OWNER)
        assert rung == []

    assert rung == [in_alpha.id]


def test_reading_marks_ones_own_only(api, tell):
    tell(OWNER, MEMBER, title="First")
    tell(OWNER, title="Second", item=1)
    second = api().get("notifications/").json()["results"][0]["id"]

    assert api().post("notifications/read/", {"ids": [second]}).json() == {"count": 1}
    assert titles(api, unread="true") == ["First"]
    assert api().post("notifications/read/", {}).json() == {"count": 1}
    assert (unread(api), unread(api, "member")) == (0, 1)


def test_people_choose_by_urgency_how_they_hear_of_it(api, tell):
    wishes = {
        "low": ["email"],
        "normal": ["webhook"],
        "high": ["in_app", "email", "webhook"],
        "webhook": "https://chat.example.com/hook",
    }
    usual = tell(OWNER, urgency="high")
    answer = api().patch("session/preferences/", {"notifications": wishes})
    assert answer.status_code == 200, answer.json()

    chosen = [tell(OWNER, urgency=one, item=n)[0] for n, one in enumerate(wishes, 1) if n < 4]

    assert usual[0][2:] == [["in_app", "email"], ""]
    assert [ways for _, _, ways, _ in chosen] == [
        ["email"],
        ["webhook"],
        ["in_app", "email", "webhook"],
    ]
    assert {hook for _, _, _, hook in chosen} == {"https://chat.example.com/hook"}
    assert Notification.objects.count() == 2


def test_wishes_that_there_are_not_are_refused(api):
    bad = {"low": ["fax"], "normal": [], "high": [], "webhook": "nowhere"}

    refused = api().patch("session/preferences/", {"notifications": bad})

    assert refused.status_code == 400
    paths = {one["path"] for one in refused.json()["errors"]}
    assert {path.split("/")[2] for path in paths} == {"low", "webhook"}


def test_old_notes_go(tell):
    tell(OWNER)
    Notification.objects.update(created_at=database_now() - timedelta(days=91))
    tell(OWNER, title="New", item=1)

    assert actions.forget_old() == 1
    assert Notification.objects.get().title == "New"


def test_another_tenants_people_are_not_reached(alpha, beta, as_tenant, asker):
    stranger = actor(beta)
    with as_tenant(alpha), pytest.raises(UserError):
        telling.meant([stranger.label, "owner@beta.example"])


@pytest.mark.usefixtures("committed")
def test_a_workflow_tells_members_and_the_note_leads_to_its_run(owner, in_alpha, api):
    params = {"to": [MEMBER], "title": {"=": "Order {{ $json.n }}"}}
    with working():
        execution = begin(
            owner, in_a_row([MANUAL, node("tell", "messages.notify", params)]), {"n": 7}
        )
        assert ended(execution) == "completed"

    told = queries.answer(execution)["items"][0]["json"]
    assert told == {"told": [{"to": MEMBER, "way": "in_app"}], "failed": []}
    shown = api("member").get("notifications/").json()["results"][0]
    assert (shown["title"], shown["execution"]) == ("Order 7", str(execution))
