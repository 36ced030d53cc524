"""One conversation with an MCP server: by Streamable HTTP through `ctx.http`, or line by line."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeVar, cast

from headrace_sdk import Credential, HeadraceError, HttpResponse, SecretError, UpstreamError
from headrace_sdk.context import Http
from headrace_sdk.lazy import lazy_module
from headrace_sdk.programs import Program, Programs
from nodes.ai.mcp_program import Heard, over_program

if TYPE_CHECKING:
    import httpx2
    import mcp.client.streamable_http
else:
    httpx2 = lazy_module("httpx2")
    mcp = lazy_module("mcp")

MAX_PAGES: Final = 20
"""Of a list of tools: a server that never ends its list cannot keep a step."""
MAX_TOOLS: Final = 1_000
_OWN_HEADERS: Final = frozenset(
    ("host", "connection", "content-length", "accept-encoding", "user-agent", "transfer-encoding")
)
_UNPACKED: Final = frozenset(("content-encoding", "content-length", "transfer-encoding"))
T = TypeVar("T")
Work = Callable[["mcp.Client"], Awaitable[T]]


@dataclass(frozen=True, slots=True)
class Server:
    """Where it is and within which limits it is spoken to. `max_bytes` is of one answer.

    With `program`, a name that the operator declared, there is neither address nor credential;
    with `built_in`, a server that comes with the installation, no address.
    """

    url: str
    credential: Credential | None
    timeout_s: float
    max_bytes: int
    item: int = 0
    program: str = ""
    built_in: str = ""


class Ways(Protocol):
    """The ways out, of a run or of a form that is being filled in."""

    @property
    def http(self) -> Http: ...  # noqa: D102
    @property
    def programs(self) -> Programs: ...  # noqa: D102


class _Way:
    """Stands in for the library's connections: what it sends goes out by `ctx.http`.

    There is no stream for what a server might say by itself: a step asks and is answered. A
    credential is put on each request by the platform, for its own hosts only, so no token of
    ours ever reaches the library or another server.
    """

    def __init__(self, http: Http, server: Server, heard: Heard) -> None:
        self._http = http
        self._server = server
        self._heard = heard
        self.refused: HttpResponse | None = None

    async def __aenter__(self) -> _Way:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """The connections are the platform's."""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """See `httpx2.AsyncBaseTransport`."""
        if request.method == "GET":
            return httpx2.Response(405)
        body = await request.aread()
        self._heard.sees(body)
        try:
            answer = await self._http.request(
                request.method,
                str(request.url),
                headers={n: v for n, v in request.headers.items() if n not in _OWN_HEADERS},
                body=body or None,
                credential=self._server.credential,
                timeout_s=self._server.timeout_s,
                max_bytes=self._server.max_bytes,
                follow_redirects=False,
                item=self._server.item,
            )
        except Exception as error:
            self._heard.fault = self._heard.fault or error
            raise
        if request.method == "POST":
            self.refused = answer if answer.status >= 400 else None
        headers = {n: v for n, v in answer.headers.items() if n not in _UNPACKED}
        return httpx2.Response(answer.status, headers=headers, content=answer.body)


async def converse(ways: Ways, server: Server, work: Work[T]) -> T:
    """What `work` makes of a connected client.

    Raises:
        SecretError: the server refuses the credential.
        UpstreamError: it cannot be reached, or does not keep to the protocol. `sent` is `no` as
            long as no tool was called.
    """
    heard = Heard()
    way = _Way(ways.http, server, heard)
    over = mcp.client.streamable_http.streamable_http_client
    try:
        async with (
            asyncio.timeout(server.timeout_s),
            httpx2.AsyncClient(
                transport=cast("httpx2.AsyncBaseTransport", way), trust_env=False
            ) as client,
            mcp.Client(
                over_program(_started(ways.programs, server), heard)
                if server.program or server.built_in
                else over(server.url, http_client=client),
                cache=None,
            ) as connected,
        ):
            return await work(connected)
    except Exception as error:
        raise _told(error, heard, way.refused, server) from error


def _started(programs: Programs, server: Server) -> AbstractAsyncContextManager[Program]:
    limit = server.max_bytes
    if server.built_in:
        return programs.built_in(server.built_in, credential=server.credential, max_bytes=limit)
    return programs.started(server.program, max_bytes=limit)


async def tools_of(client: mcp.Client) -> list[mcp.Tool]:
    """All tools of a server, page by page, up to a limit."""
    found: list[mcp.Tool] = []
    cursor: str | None = None
    for _ in range(MAX_PAGES):
        page = await client.list_tools(cursor=cursor)
        found += page.tools
        cursor = page.next_cursor
        if not cursor or len(found) >= MAX_TOOLS:
            break
    return found[:MAX_TOOLS]


def _told(
    error: Exception, heard: Heard, refused: HttpResponse | None, server: Server
) -> Exception:
    """The error as people and retries need it."""
    cause = heard.fault or _inner(error)
    if isinstance(cause, HeadraceError):
        if isinstance(cause, UpstreamError) and not heard.has_called:
            cause.sent = "no"
        return cause
    status = refused.status if refused else None
    if status in (401, 403):
        message = f"The MCP server refuses access (status {status}). Check the credential."
        return SecretError(message, code="access_refused", item=server.item)
    if isinstance(cause, TimeoutError):
        message = f"The MCP server did not answer within {server.timeout_s:g} s."
        return _failed(message, heard, server, code="timeout", retryable=True)
    said = cause.error.message if isinstance(cause, mcp.MCPError) else str(cause)
    shown = " ".join(said.split())[:300] or type(cause).__name__
    message = f"The MCP server did not do it: {shown}."
    is_busy = status is not None and (status == 429 or status >= 500)
    return _failed(message, heard, server, code="mcp_failed", retryable=is_busy, status=status)


def _failed(
    message: str,
    heard: Heard,
    server: Server,
    *,
    code: str,
    retryable: bool,
    status: int | None = None,
) -> UpstreamError:
    return UpstreamError(
        message,
        sent="maybe" if heard.has_called else "no",
        code=code,
        retryable=retryable,
        status=status,
        item=server.item,
    )


def _inner(error: Exception) -> Exception:
    """The one that it is about: the library's task groups wrap what is raised inside of them."""
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error
