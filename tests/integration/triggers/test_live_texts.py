"""What a step streams reaches whoever follows its execution outside of a socket."""

from __future__ import annotations

import asyncio

from headrace.realtime.live_texts import ChannelsLiveTexts
from headrace.realtime.publisher import ChannelsLive
from headrace.tenants.ids import new_id


async def test_a_text_that_a_worker_publishes_is_heard_by_its_follower_only(alpha):
    execution, other, workflow = new_id(), new_id(), new_id()
    worker, texts = ChannelsLive(), ChannelsLiveTexts()
    await worker.start()
    async with (
        asyncio.timeout(60),
        texts.following(alpha.id, execution) as heard,
        texts.following(alpha.id, other) as unheard,
    ):
        while not worker.is_watched(alpha.id, execution, workflow):
            await asyncio.sleep(0.02)
        facts = [{"kind": "progress", "text": "half"}, {"kind": "stream", "text": "It is"}]
        await worker.publish_ephemeral(alpha.id, execution, workflow, facts)

        assert await heard.get() == "It is"
        assert heard.empty()
        assert unheard.empty()
    await worker.stop()
