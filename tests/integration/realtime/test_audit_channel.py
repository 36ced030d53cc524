"""The page of the audit record hears that something was recorded."""

from __future__ import annotations

import pytest
from asgiref.sync import sync_to_async

from headrace.audit.actions import record
from headrace.audit.types import ActorValue
from headrace.realtime.audit_channel import AuditChannel
from headrace.realtime.channels import Page
from tests.support.pages import OpenPage

pytestmark = pytest.mark.usefixtures("committed")


async def test_a_page_hears_of_each_new_entry_and_of_nothing_else(in_alpha):
    heard = []

    async def send(frame):
        heard.append(frame)

    channel = AuditChannel("audit", in_alpha, Page(send, lambda: True))
    await channel.open()
    await channel.beat(1)
    assert len(heard) == 1
    await sync_to_async(record)(ActorValue("system", None, "Test"), "test.done", "test", "1")
    await channel.beat(2)
    await channel.beat(3)

    assert heard == [{"changed": True}] * 2


async def test_only_those_who_may_read_the_record_follow_it(in_alpha, api):
    admin = await OpenPage(in_alpha, await sync_to_async(api)("admin")).connect()
    member = await OpenPage(in_alpha, await sync_to_async(api)("member")).connect()

    assert await admin.follow("audit", "changed")
    with pytest.raises(AssertionError, match="forbidden"):
        await member.follow("audit", "changed")
    await admin.leave()
    await member.leave()
