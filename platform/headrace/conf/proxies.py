"""Whose address a request has, behind proxies of the operator."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from ipaddress import ip_address
from typing import Any

from headrace_sdk.networks import is_within

AsgiApp = Callable[[Any, Any, Any], Awaitable[None]]


class BehindProxies:
    """Replaces the proxy's address by that of whoever it speaks for.

    Of `X-Forwarded-For` only what proxies of ours have written counts, from its end: everything
    before the first stranger was sent by that stranger.
    """

    def __init__(self, inner: AsgiApp, trusted: Sequence[str]) -> None:
        self._inner = inner
        self._trusted = trusted

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """One request or socket."""
        client = scope.get("client")
        if self._trusted and client and is_within(client[0], self._trusted):
            scope = {**scope, "client": [self._speaks_for(client[0], scope["headers"]), client[1]]}
        await self._inner(scope, receive, send)

    def _speaks_for(self, proxy: str, headers: Sequence[tuple[bytes, bytes]]) -> str:
        written = b",".join(value for name, value in headers if name.lower() == b"x-forwarded-for")
        found = proxy
        for one in reversed(written.decode("latin-1").split(",")):
            if not _is_address(one.strip()):
                break
            found = one.strip()
            if not is_within(found, self._trusted):
                break
        return found


def _is_address(text: str) -> bool:
    """Some proxies write `unknown`, or a port; the rest of us expects addresses."""
    try:
        return bool(ip_address(text))
    except ValueError:
        return False
