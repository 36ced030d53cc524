"""The inbox as a page hears it over its socket."""

from __future__ import annotations

import pytest
from asgiref.sync import sync_to_async

from headrace.approvals.models import Approval
from headrace.notifications.models import Notification
from headrace.realtime import inbox
from headrace.realtime.channels import Page
from headrace.realtime.inbox import InboxChannel
from tests.support.approvals import made

pytestmark = pytest.mark.usefixtures("committed")


async def _opened(owner_of_data, actor):
    heard = []

    async def send(frame):
        heard.append(frame)

    channel = InboxChannel("inbox", owner_of_data, actor, Page(send, lambda: True))
    await channel.open()
    return channel, heard


async def test_it_says_how_many_wait_when_it_is_opened(in_alpha, owner):
    await _made("Pay?")

    _, heard = await _opened(in_alpha, owner)

    assert heard == [{"counts": {"approvals": 1, "notifications": 0}, "beat": 0}]


async def test_it_tells_each_change_once(in_alpha, owner, monkeypatch):
    monkeypatch.setattr(inbox, "APART_S", 0)
    channel, heard = await _opened(in_alpha, owner)
    row = await _made("Pay?")

    await channel.changed()
    await channel.changed()
    await Approval.objects.filter(pk=row.pk).aupdate(state="approved")
    await channel.changed()

    told = [(frame["counts"]["approvals"], frame["events"][0]["type"]) for frame in heard[1:]]
    assert told == [(1, "approval.opened"), (0, "approval.closed")]
    assert heard[1]["events"][0]["approval"]["title"] == "Pay?"


async def test_it_does_not_ask_the_database_while_nobody_tells(in_alpha, owner):
    channel, heard = await _opened(in_alpha, owner)
    await _made("Pay?")

    for turn in range(1, inbox.LOOK_TURNS):
        await channel.beat(turn)

    assert len(heard) == 1


async def test_of_a_burst_the_rest_is_seen_with_the_next_beat(in_alpha, owner, monkeypatch):
    monkeypatch.setattr(inbox, "APART_S", 3600)
    channel, heard = await _opened(in_alpha, owner)
    await _made("Pay?")

    await channel.changed()
    assert len(heard) == 1
    await channel.beat(1)

    assert heard[1]["events"][0]["type"] == "approval.opened"


async def test_a_change_that_nobody_told_of_is_found_by_itself(in_alpha, owner):
    channel, heard = await _opened(in_alpha, owner)
    await _made("Pay?")

    await channel.beat(inbox.LOOK_TURNS)

    assert heard[1]["counts"]["approvals"] == 1


async def test_a_page_that_nothing_happens_for_hears_nothing(in_alpha, owner):
    channel, heard = await _opened(in_alpha, owner)

    await channel.beat(inbox.LOOK_TURNS)

    assert len(heard) == 1


async def test_what_is_unread_at_the_bell_is_told_when_it_changes(in_alpha, owner, monkeypatch):
    monkeypatch.setattr(inbox, "APART_S", 0)
    channel, heard = await _opened(in_alpha, owner)
    await Notification.objects.acreate(person_id=owner.person_id, title="Look", urgency="high")

    await channel.changed()
    await channel.changed()

    assert heard[1:] == [{"counts": {"notifications": 1}}]


async def _made(title):
    return await sync_to_async(made)(title)
