"""What the triggers app needs from its neighbours, bound once in `headrace.conf.wiring`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID


class LiveTexts(Protocol):
    """The texts that the steps of an execution show while they run. May lose anything."""

    def following(
        self, tenant: UUID, execution: UUID
    ) -> AbstractAsyncContextManager[asyncio.Queue[str]]:
        """Follow one execution, from before it begins: each text replaces the one before."""


class Silence:
    """Stands in until realtime is wired: no step shows anything."""

    @asynccontextmanager
    async def following(self, tenant: UUID, execution: UUID) -> AsyncIterator[asyncio.Queue[str]]:
        """A queue that stays empty."""
        del tenant, execution
        yield asyncio.Queue()


@dataclass(slots=True)
class Ports:
    """The bound implementations."""

    texts: LiveTexts = field(default_factory=Silence)


ports = Ports()
