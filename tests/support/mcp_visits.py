"""The `mcp` package's own client at the gate of this process, by Streamable HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import mcp
from mcp.client.streamable_http import streamable_http_client


@asynccontextmanager
async def connected(
    visitor: Any, key: str, mode: Any = "auto", *, at: str = ""
) -> AsyncIterator[mcp.Client]:
    """A client that brings this key; `at` is the path of a server below that of the workflows."""
    transport = httpx2.ASGITransport(app=visitor.http._transport.app)
    headers = {"Authorization": f"Bearer {key}"}
    url = f"{visitor.http.base_url}/mcp{at}"
    async with (
        httpx2.AsyncClient(transport=transport, headers=headers) as http,
        mcp.Client(streamable_http_client(url, http_client=http), mode=mode) as client,
    ):
        yield client
