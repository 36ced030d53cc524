"""Progress and streamed text of a running step reach whoever watches, also somebody late."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from uuid import uuid4

import pytest

from headrace.executions.runner.ephemeral import TEXT_KEPT, Ephemeral

RUN = ("node", "0")


class Watchers:
    """A `Live` that keeps what is published."""

    def __init__(self):
        self.is_looking = True
        self.told = []
        self.arrived = asyncio.Event()

    def is_watched(self, *_names):
        return self.is_looking

    async def publish_ephemeral(self, _tenant, _execution, _workflow, facts):
        self.told.append(facts)
        self.arrived.set()

    async def next(self):
        self.arrived.clear()
        await asyncio.wait_for(self.arrived.wait(), 10)
        return self.told[-1]


@pytest.fixture
def made():
    def make(is_open=lambda _run: True):
        live = Watchers()
        held = SimpleNamespace(tenant_id=uuid4(), execution_id=uuid4())
        resources = SimpleNamespace(live=live)
        given = SimpleNamespace(held=held, resources=resources, workflow_id=uuid4())
        return Ephemeral(given, is_open), live

    return make


def progress(fraction):
    return {"fraction": fraction, "text": ""}


async def test_of_many_reports_the_latest_is_sent(made):
    ephemeral, live = made()
    for hundredth in range(100):
        ephemeral.say(RUN, 1, "progress", progress(hundredth / 100))

    facts = await live.next()
    await ephemeral.close()

    assert [fact["fraction"] for fact in facts] == [0.99]


async def test_streamed_text_is_sent_as_it_stands_so_far_and_not_without_end(made):
    ephemeral, live = made()
    ephemeral.say(RUN, 1, "stream", {"text": "a" * TEXT_KEPT})
    ephemeral.say(RUN, 1, "stream", {"text": "bc"})

    facts = await live.next()
    await ephemeral.close()

    assert (facts[0]["text"][-3:], len(facts[0]["text"])) == ("abc", TEXT_KEPT)


async def test_nothing_is_sent_while_nobody_watches_and_who_comes_late_sees_it(made):
    ephemeral, live = made()
    live.is_looking = False
    ephemeral.say(RUN, 1, "progress", progress(0.5))
    await asyncio.sleep(0.3)
    before = list(live.told)
    live.is_looking = True

    facts = await live.next()
    await ephemeral.close()

    assert before == []
    assert facts[0]["fraction"] == 0.5


async def test_somebody_who_comes_late_sees_what_did_not_change_since(made):
    ephemeral, live = made()
    ephemeral.say(RUN, 1, "progress", progress(0.5))
    first = await live.next()

    again = await live.next()
    await ephemeral.close()

    assert again == first


async def test_a_report_from_another_thread_arrives(made):
    ephemeral, live = made()
    await asyncio.to_thread(ephemeral.say, RUN, 1, "progress", progress(1.0))

    facts = await live.next()
    await ephemeral.close()

    assert facts[0]["fraction"] == 1.0


async def test_a_report_of_a_step_that_has_ended_is_dropped(made):
    ephemeral, live = made(is_open=lambda _run: False)
    ephemeral.say(RUN, 1, "progress", progress(0.5))
    await asyncio.sleep(0.3)
    await ephemeral.close()

    assert live.told == []
