"""The support desk of the gallery, offline from the first message to the last."""

from __future__ import annotations

import pytest

from headrace.approvals import actions as approvals
from headrace.approvals.models import Approval
from headrace.executions import queries
from headrace.executions.actions import run_version
from headrace.executions.types import ENDED_STATUSES
from headrace.workflows import actions as workflows
from headrace.workflows.gallery.setting_up import set_up
from headrace_sdk.items import Item
from tests.support.engine import ended, until, working

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def desk(owner, in_alpha):
    """The template as it comes, with its handbook taken in; asks it something."""
    row = set_up(owner, "support-desk", {})
    version = workflows.freeze_draft(owner, row.id).ref

    def start(trigger, items=None):
        return run_version(owner, version, mode="manual", trigger=trigger, items=items).id

    with working():
        filled = start("fill")
        assert ended(filled) == "completed", [one.error for one in queries.history(filled)]
        yield lambda message: start("chat", [Item({"message": message, "history": []})])


def text_of(execution):
    (item,) = [one["json"] for one in queries.answer(execution)["items"]]
    return item["text"]


def test_what_the_handbook_says_is_answered_with_its_source(desk):
    execution = desk("How long is the warranty of a device?")

    assert ended(execution) == "completed"
    answer, _, sources = text_of(execution).partition("\n\nSources: ")
    assert answer.startswith("[Offline demo] ")
    assert sources.startswith("[1] Shop handbook, Shop handbook / Warranty")


def test_an_order_is_looked_up_by_a_tool(desk):
    execution = desk("What is the order status of 7?")

    assert ended(execution) == "completed"
    assert "arrives on Friday" in text_of(execution)
    assert "Sources" not in text_of(execution)


def test_what_it_does_not_know_waits_for_a_person(owner, desk):
    execution = desk("Quel temps fera-t-il demain sur Mars ?")

    until(
        lambda: queries.get(execution).status in {"waiting", *ENDED_STATUSES}, "somebody is asked"
    )
    assert queries.get(execution).status == "waiting"
    approvals.decide(owner, Approval.objects.get().pk, "rejected")
    assert ended(execution) == "completed"
    assert text_of(execution) == "Thank you. One of us will write to you."
