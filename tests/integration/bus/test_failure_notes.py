"""People hear of workflows that fail while nobody looks: once an hour, by the ways they want."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F

from headrace.accounts import mail
from headrace.accounts.models import Person
from headrace.bus.models import ToldError
from headrace.notifications.models import Notification
from headrace.notifications.ports import ports
from headrace.tenants.context import current
from tests.support.called import published, runs_of, settled
from tests.support.engine import begin, ended, working
from tests.support.workflows import MANUAL, in_a_row, node

pytestmark = pytest.mark.usefixtures("committed", "in_alpha")

STOP = node("stop", "flow.stop", {"message": "No room left.", "code": "full"})
MEMBERS = ["admin@alpha.example", "member@alpha.example", "owner@alpha.example"]
WISHES = {"low": [], "normal": [], "high": [], "webhook": ""}


@pytest.fixture
def letters(monkeypatch):
    """To whom letters went, and what was in them."""
    sent = []
    monkeypatch.setattr(mail, "send_behind", lambda *letter: sent.append(letter))
    return sent


@pytest.fixture
def failing(api):
    """A published workflow that fails, and how a program runs it so many times."""
    workflow = published(in_a_row([MANUAL, STOP]), "Orders")

    def fail(times=1, caller=None, **body):
        for _ in range(times):
            answer = (caller or api(key=True)).post(f"workflows/{workflow}/run/", body)
            assert answer.status_code == 202, answer.json()
        with working():
            settled()
        return runs_of(workflow)

    return fail


@pytest.fixture
def wish(api):
    """Choose ways for a role, until the end of the test: people outlive it."""

    def wish(role, *ways):
        wishes = {"notifications": {**WISHES, "failures": ways}}
        assert api(role).patch("session/preferences/", wishes).status_code == 200

    yield wish
    Person.objects.filter(email__in=MEMBERS).update(preferences={})


def titles(api, role):
    return [one["title"] for one in api(role).get("notifications/").json()["results"]]


def test_who_may_edit_workflows_hears_of_the_first_failure_and_is_led_to_its_run(api, failing):
    runs = failing(3, version=1)

    assert len(runs) == 3
    assert {role: titles(api, role) for role in ("owner", "admin", "member", "viewer")} == {
        "owner": ["Orders failed"],
        "admin": ["Orders failed"],
        "member": ["Orders failed"],
        "viewer": [],
    }
    shown = api().get("notifications/").json()["results"][0]
    assert "No room left." in shown["text"]
    assert shown["execution"] in {str(run.pk) for run in runs}


def test_a_workflow_that_still_fails_an_hour_later_is_told_again(failing):
    failing(version=1)
    ToldError.objects.update(told_at=F("told_at") - timedelta(hours=1))
    failing(version=1)

    assert Notification.objects.count() == 2 * len(MEMBERS)


def test_whoever_runs_it_by_hand_or_tries_a_draft_looks_at_it(owner, api, failing):
    failing(caller=api(), version=1)
    failing()
    with working():
        ended(begin(owner, in_a_row([MANUAL, STOP])))
        settled()

    assert Notification.objects.count() == 0


def test_people_choose_how_they_hear_of_failures(api, failing, wish, letters):
    wish("owner", "email")
    wish("admin")
    wish("member", "in_app", "email")

    (run,) = failing(version=1)

    assert sorted(to for to, _, _ in letters) == ["member@alpha.example", "owner@alpha.example"]
    assert all(text.endswith(f"/app/runs/{run.pk}") for _, _, text in letters)
    assert [titles(api, role) for role in ("owner", "admin", "member")] == [
        [],
        [],
        ["Orders failed"],
    ]


def test_open_pages_hear_of_a_failure_at_once(failing, monkeypatch):
    rung = []
    monkeypatch.setattr(ports.bell, "ring", rung.append)

    failing(version=1)

    assert rung == [current().id]
