"""Open inboxes are told when an approval is opened, decided, expires or is withdrawn."""

from __future__ import annotations

import threading

import pytest
from asgiref.sync import sync_to_async

from headrace.approvals import actions
from headrace.approvals.models import Approval
from headrace.approvals.ports import ports
from headrace.executions import actions as executions
from headrace.realtime import inbox
from tests.support.approvals import asking, made, waiting
from tests.support.engine import begin, ended, until, working
from tests.support.pages import OpenPage

pytestmark = pytest.mark.usefixtures("committed")


class Listener:
    """Counts how often inboxes were told."""

    def __init__(self):
        self.rung = []
        self._lock = threading.Lock()

    def ring(self, tenant):
        with self._lock:
            self.rung.append(tenant)


@pytest.fixture
def bell(monkeypatch):
    found = Listener()
    monkeypatch.setattr(ports, "bell", found)
    return found


def test_a_question_and_its_decision_are_told(in_alpha, owner, bell):
    with working():
        row = waiting(begin(owner, asking(), {}))
        until(lambda: len(bell.rung) == 1, "the question is told")
        actions.decide(owner, row.pk, "approved")

    assert bell.rung == [in_alpha.id] * 2


def test_an_expiry_is_told(in_alpha, owner, bell):
    with working():
        ended(begin(owner, asking(expires_s=0.2), {}))

    assert bell.rung == [in_alpha.id] * 2


def test_a_question_that_is_withdrawn_is_told(in_alpha, owner, bell):
    with working():
        execution = begin(owner, asking(), {})
        waiting(execution)
        executions.cancel(owner, execution)
        ended(execution)

    assert bell.rung == [in_alpha.id] * 2


def test_a_decision_that_did_not_hold_is_not_told(in_alpha, owner, bell):
    with working():
        row = waiting(begin(owner, asking(), {}))
        until(lambda: len(bell.rung) == 1, "the question is told")
    Approval.objects.update(state="withdrawn")

    with pytest.raises(actions.ApprovalDecided):
        actions.decide(owner, row.pk, "approved")

    assert len(bell.rung) == 1


async def test_a_page_hears_of_a_change_without_asking(in_alpha, api, monkeypatch):
    monkeypatch.setattr(inbox, "LOOK_TURNS", 10**9)
    browser = await sync_to_async(api)()
    page = await OpenPage(in_alpha, browser).connect()
    assert await page.follow("inbox", "counts") == {"approvals": 0, "notifications": 0}

    await sync_to_async(made)("Pay?")
    await sync_to_async(ports.bell.ring)(in_alpha.id)

    assert (await page.hear("events"))[0]["type"] == "approval.opened"
    await page.leave()
