"""A question that is handed on: who may, who is asked then, and who is told."""

from __future__ import annotations

import json

import pytest

from headrace.accounts.types import Role
from headrace.approvals import queries
from headrace.approvals.models import Approval
from headrace.audit.models import Entry
from headrace.notifications.models import Notification
from tests.support.approvals import made
from tests.support.clients import actor

VIEWER = "viewer@alpha.example"


@pytest.fixture
def question(in_alpha):
    """An open approval that members are asked."""
    return made("Pay?", assignees=["role:member"])


def test_a_member_hands_a_question_to_somebody_who_may_then_decide(api, in_alpha, question):
    viewer = actor(in_alpha, Role.VIEWER)
    assert not queries.may_decide(viewer, queries.approval(question.pk))

    answer = api("member").post(f"approvals/{question.pk}/hand-over/", {"to": VIEWER.title()})

    assert answer.status_code == 200, answer.content
    now = answer.json()
    by = actor(in_alpha, Role.MEMBER).label
    assert (now["assignees"], now["handed_over_by"], now["can_decide"]) == ([VIEWER], by, False)
    assert queries.may_decide(viewer, queries.approval(question.pk))


def test_the_new_ones_are_told_and_it_is_on_the_record(api, in_alpha, question):
    api("member").post(f"approvals/{question.pk}/hand-over/", {"to": "role:viewer"})

    told = Notification.objects.get()
    assert told.person_id == actor(in_alpha, Role.VIEWER).person_id
    assert told.title.endswith("asks you to decide: Pay?")
    entry = Entry.objects.get(action="approval.handed_over")
    assert json.loads(entry.facts)["to"] == "role:viewer"


def test_an_open_inbox_hears_of_it_as_news(in_alpha, owner, api, question):
    before = queries.inbox(owner, None)

    api().post(f"approvals/{question.pk}/hand-over/", {"to": VIEWER})

    changed = queries.inbox(owner, before.seen_at).changed
    assert [one.assignees for one in changed] == [(VIEWER,)]


@pytest.mark.parametrize("to", ["nobody@else.example", "role:king", "everyone"])
def test_it_is_not_handed_to_nobody(api, question, to):
    answer = api("member").post(f"approvals/{question.pk}/hand-over/", {"to": to})

    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, "/to")
    assert Approval.objects.get().assignees == ["role:member"]


def test_who_is_not_asked_cannot_hand_it_over(api, question):
    answer = api("viewer").post(f"approvals/{question.pk}/hand-over/", {"to": VIEWER})

    assert answer.status_code == 403
    assert Approval.objects.get().assignees == ["role:member"]


def test_what_is_decided_stays_with_whom_it_was(api, in_alpha):
    closed = made("Old", state="approved")

    answer = api().post(f"approvals/{closed.pk}/hand-over/", {"to": VIEWER})

    assert (answer.status_code, answer.json()["code"]) == (409, "approval_decided")
    assert Notification.objects.count() == 0
