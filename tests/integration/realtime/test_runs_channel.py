"""The list of executions hears of beginnings and ends at once, and of bursts not too often."""

from __future__ import annotations

import pytest
from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer

from headrace.realtime import runs_channel
from headrace.realtime.names import runs_group
from headrace.realtime.runs_channel import MESSAGE, RunsChannel, is_news
from tests.support.pages import OpenPage

pytestmark = pytest.mark.usefixtures("committed")


async def test_a_page_hears_that_an_execution_changed(in_alpha, api, monkeypatch):
    monkeypatch.setattr(runs_channel, "APART_S", 0)
    page = await OpenPage(in_alpha, await sync_to_async(api)("viewer")).connect()
    assert await page.follow("runs", "changed")

    await get_channel_layer().group_send(runs_group(in_alpha.id), MESSAGE)

    assert await page.hear("changed")
    await page.leave()


async def test_of_a_burst_the_first_one_and_the_next_beat_are_told(in_alpha, monkeypatch):
    monkeypatch.setattr(runs_channel, "APART_S", 3600)
    heard = []

    async def send(frame):
        heard.append(frame)

    channel = RunsChannel("runs", in_alpha, runs_channel.Page(send, lambda: True))
    await channel.open()
    for _ in range(100):
        await channel.changed()
    assert len(heard) == 1
    await channel.beat(1)
    await channel.beat(2)

    assert len(heard) == 2


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (["workflow.step.started", "workflow.step.completed"], False),
        (["workflow.step.completed", "workflow.completed"], True),
    ],
)
def test_what_steps_do_is_no_news_to_a_list(kinds, expected):
    assert is_news([{"type": kind} for kind in kinds]) is expected
