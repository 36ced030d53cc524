"""Somebody who visits hosted pages: the gate in this process, and what a page holds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from html.parser import HTMLParser
from typing import Any

import httpx
from django.db import connections

from headrace.executions.beginning import decode_start
from headrace.tenants.context import TenantRef
from headrace.triggers.gate.app import Gate
from headrace_sdk.items import Item
from tests.support.queue import ask


class Visitor:
    """A browser without JavaScript."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def send(
        self, page: httpx.Response, answers: Mapping[str, Any], action: str = "next", **more: Any
    ) -> httpx.Response:
        """Fill in a page and press a button."""
        hidden = {"_state": state_of(page), "_action": action}
        return await self.http.post(str(page.url), data={**hidden, **answers}, **more)


@asynccontextmanager
async def visiting(
    tenant: TenantRef, *, inner: Any = None, **options: Any
) -> AsyncIterator[Visitor]:
    """A visitor of one tenant's pages, and of the app (`inner`) if there is one behind them."""

    async def nothing(scope: Any, receive: Any, send: Any) -> None:
        del scope, receive, send

    gate = Gate(inner or nothing)
    # One thread, so that its connection can be closed before it ends with this loop.
    threads = ThreadPoolExecutor(1)
    asyncio.get_running_loop().set_default_executor(threads)
    transport = httpx.ASGITransport(app=gate)
    url = f"http://{tenant.slug}.localhost"
    async with httpx.AsyncClient(transport=transport, base_url=url, **options) as http:
        try:
            yield Visitor(http)
        finally:
            await gate.close()
            await asyncio.to_thread(connections.close_all)
            threads.shutdown()


def state_of(page: httpx.Response) -> str:
    """What the page carries from one step to the next."""
    found = elements(page.text, "input")
    return next(one["value"] for one in found if one.get("name") == "_state")


def elements(html: str, tag: str) -> list[dict[str, str]]:
    """The attributes of every element of a kind, as a browser reads them."""
    found: list[dict[str, str]] = []

    class Collector(HTMLParser):
        def handle_starttag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
            if name == tag:
                found.append({key: value or "" for key, value in attrs})

    Collector().feed(html)
    return found


def begun() -> list[Item]:
    """The first item of every execution that waits for a worker, in the order of acceptance."""
    rows = ask("select start from public.run_queue order by number")
    return [decode_start(bytes(row[0])).items[0] for row in rows]
