"""A page's socket without servers: the consumer itself, spoken to."""

from __future__ import annotations

from typing import Any

from channels.testing import WebsocketCommunicator

from headrace.realtime.consumer import PageConsumer
from headrace.tenants.context import TenantRef
from tests.support.clients import Api

WITHIN_S = 20


class OpenPage:
    """Says and hears frames."""

    def __init__(self, owner: TenantRef, browser: Api) -> None:
        host = f"{owner.slug}.localhost"
        cookies = browser.django.cookies.output(header="", sep=";").strip()
        headers = [(b"host", host), (b"origin", f"http://{host}"), (b"cookie", cookies)]
        self._socket = WebsocketCommunicator(
            PageConsumer.as_asgi(),
            "/ws/",
            headers=[(name, value.encode()) for name, value in headers],
        )

    async def connect(self) -> OpenPage:
        """Open it."""
        assert (await self._socket.connect(timeout=WITHIN_S))[0]
        return self

    async def say(self, frame: dict[str, Any]) -> None:
        """Send a frame."""
        await self._socket.send_json_to(frame)

    async def hear(self, key: str) -> Any:
        """What the next frame that has this key says there."""
        while True:
            frame = await self._socket.receive_json_from(timeout=WITHIN_S)
            assert "error" not in frame, frame
            if key in frame:
                return frame[key]

    async def follow(self, channel: str, until: str) -> Any:
        """Subscribe; the first that is said of `until`."""
        await self.say({"sub": channel})
        return await self.hear(until)

    async def leave(self) -> None:
        """Close it."""
        await self._socket.disconnect()
