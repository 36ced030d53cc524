"""The browser's end of `/ws/`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect

ENDS = frozenset({"workflow.completed", "workflow.failed", "workflow.cancelled"})
READ_S = 60.0


@dataclass
class Page:
    """One socket, and every event of executions that it was sent."""

    connection: ClientConnection
    events: list[dict[str, Any]] = field(default_factory=list)
    acknowledges: bool = True

    async def say(self, frame: dict[str, Any]) -> None:
        """Send a frame."""
        await self.connection.send(json.dumps(frame))

    async def hear(self, within_s: float = READ_S) -> dict[str, Any]:
        """The next frame; the server keeps at most so many unacknowledged."""
        async with asyncio.timeout(within_s):
            frame: dict[str, Any] = json.loads(await self.connection.recv())
        if self.acknowledges:
            await self.say({"ack": frame["n"]})
        self.events += frame.get("events", [])
        return frame

    async def follow(self, channel: str, after: int = 0) -> list[dict[str, Any]]:
        """Subscribe, and the events that were there already."""
        before = len(self.events)
        await self.say({"sub": channel, "after": after})
        while True:
            frame = await self.hear()
            assert "error" not in frame, frame
            if frame.get("ch") == channel and "beat" in frame:
                return self.events[before:]

    async def until_end(self) -> None:
        """Hear until the execution has ended."""
        while not self.events or self.events[-1]["type"] not in ENDS:
            frame = await self.hear()
            assert "error" not in frame, frame

    @property
    def numbers(self) -> list[int]:
        """The sequence numbers in the order in which they came."""
        return [event["seq"] for event in self.events]


@asynccontextmanager
async def opened(
    url: str, cookies: str, *, host: str | None = None, origin: str | None = ""
) -> AsyncIterator[Page]:
    """A socket at this web process, as the page of `host` opens it unless `origin` says else."""
    parts = urlsplit(url)
    name = f"{host or parts.hostname}:{parts.port}"
    async with connect(
        f"ws://{name}/ws/",
        host="127.0.0.1",
        port=parts.port,
        origin=f"http://{name}" if origin == "" else origin,  # type: ignore[arg-type]
        additional_headers={"Cookie": cookies},
        open_timeout=READ_S,
        proxy=None,
        ping_interval=None,
    ) as connection:
        yield Page(connection)
