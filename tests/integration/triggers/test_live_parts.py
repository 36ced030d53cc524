"""What a run says and does reaches whoever follows it outside of a socket."""

from __future__ import annotations

import asyncio

from headrace.chats.parts import Part
from headrace.realtime.live_parts import ChannelsLiveParts
from headrace.realtime.publisher import ChannelsLive
from headrace.tenants.ids import new_id


def called(what, kind="tool", **data):
    facts = {"call": "0.0.0", "kind": kind, "name": "find_order", "arguments": {"n": 7}, **data}
    return {"type": f"workflow.step.call.{what}", "node": "agent", "run": "0", "data": facts}


async def test_a_text_that_a_worker_publishes_is_heard_by_its_follower_only(alpha):
    execution, other, workflow = new_id(), new_id(), new_id()
    worker, parts = ChannelsLive(), ChannelsLiveParts()
    await worker.start()
    async with (
        asyncio.timeout(60),
        parts.following(alpha.id, execution) as heard,
        parts.following(alpha.id, other) as unheard,
    ):
        while not worker.is_watched(alpha.id, execution, workflow):
            await asyncio.sleep(0.02)
        facts = [{"kind": "progress", "text": "half"}, {"kind": "stream", "text": "It is"}]
        await worker.publish_ephemeral(alpha.id, execution, workflow, facts)

        assert await heard.get() == Part("text", "It is")
        assert heard.empty()
        assert unheard.empty()
    await worker.stop()


async def test_of_tools_names_and_states_are_told_and_neither_arguments_nor_results(alpha):
    execution, workflow = new_id(), new_id()
    worker, parts = ChannelsLive(), ChannelsLiveParts()
    await worker.start()
    async with asyncio.timeout(60), parts.following(alpha.id, execution) as heard:
        while not worker.is_watched(alpha.id, execution, workflow):
            await asyncio.sleep(0.02)
        events = [
            called("started", kind="model"),
            called("started"),
            called("failed", will_retry=True),
            called("completed"),
        ]
        facts = [{"seq": number, **event} for number, event in enumerate(events, 1)]
        await worker.publish(alpha.id, execution, workflow, facts)
        told = [(await heard.get()).value for _ in range(3)]
    await worker.stop()

    named = {"call": "agent/0/0.0.0", "name": "find_order"}
    assert told == [named | {"status": one} for one in ("running", "running", "completed")]
