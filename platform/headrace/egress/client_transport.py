"""The guarded way out for client libraries that bring an HTTP client of their own (httpx2).

What they send goes through the same pool, with the same check at every connect, as `ctx.http`.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Final, cast

import httpcore
import httpx2

from headrace.egress.errors import AddressNotAllowed
from headrace.egress.guard import connection_pool
from headrace.egress.policy import EgressPolicy

MAX_BYTES: Final = 64 * 1024 * 1024
"""Of one answer, as it comes over the wire."""

_FAULTS: Final[tuple[tuple[type[Exception], type[httpx2.TransportError]], ...]] = (
    (httpcore.ConnectTimeout, httpx2.ConnectTimeout),
    (httpcore.ReadTimeout, httpx2.ReadTimeout),
    (httpcore.WriteTimeout, httpx2.WriteTimeout),
    (httpcore.PoolTimeout, httpx2.PoolTimeout),
    (httpcore.ConnectError, httpx2.ConnectError),
    (httpcore.ReadError, httpx2.ReadError),
    (httpcore.WriteError, httpx2.WriteError),
    (httpcore.RemoteProtocolError, httpx2.RemoteProtocolError),
    (httpcore.LocalProtocolError, httpx2.LocalProtocolError),
    (httpcore.UnsupportedProtocol, httpx2.UnsupportedProtocol),
)

BeforeSend = Callable[[str], Awaitable[None]]
"""Is told the host of a request; raises where it must not be sent."""


class GuardedTransport(httpx2.AsyncBaseTransport):
    """Connections of one tenant in one event loop; `before_send` runs before each request."""

    def __init__(self, policy: EgressPolicy) -> None:
        self._pool = connection_pool(policy)

    def client(self, before_send: BeforeSend) -> httpx2.AsyncClient:
        """A client over these connections. It follows no redirects and reads no environment."""
        transport = _Gate(self._pool, before_send)
        return httpx2.AsyncClient(transport=transport, follow_redirects=False, trust_env=False)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._pool.aclose()


class _Gate(httpx2.AsyncBaseTransport):
    def __init__(self, pool: httpcore.AsyncConnectionPool, before_send: BeforeSend) -> None:
        self._pool = pool
        self._before_send = before_send

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send one request; its answer is read as it comes."""
        await self._before_send(request.url.host)
        with _translated(request):
            answer = await self._pool.handle_async_request(
                httpcore.Request(
                    method=request.method,
                    url=httpcore.URL(
                        scheme=request.url.raw_scheme,
                        host=request.url.raw_host,
                        port=request.url.port,
                        target=request.url.raw_path,
                    ),
                    headers=request.headers.raw,
                    content=await request.aread(),
                    extensions=request.extensions,
                )
            )
        return httpx2.Response(
            answer.status, headers=answer.headers, stream=_Stream(answer, request)
        )


class _Stream(httpx2.AsyncByteStream):
    def __init__(self, answer: httpcore.Response, request: httpx2.Request) -> None:
        self._answer = answer
        self._request = request

    async def __aiter__(self) -> AsyncIterator[bytes]:
        received = 0
        with _translated(self._request):
            async for chunk in cast("AsyncIterable[bytes]", self._answer.stream):
                received += len(chunk)
                if received > MAX_BYTES:
                    message = f"The answer is larger than {MAX_BYTES} bytes."
                    raise httpx2.ReadError(message, request=self._request)
                yield chunk

    async def aclose(self) -> None:
        """Give the connection back."""
        await self._answer.aclose()


@contextmanager
def _translated(request: httpx2.Request) -> Iterator[None]:
    try:
        yield
    except AddressNotAllowed:
        raise
    except Exception as error:
        for kind, own in _FAULTS:
            if isinstance(error, kind):
                raise own(str(error), request=request) from error
        raise
