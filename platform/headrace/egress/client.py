"""The HTTP client behind `ctx.http`: guarded, limited in time and size, honest about failures.

It follows redirects itself, so that every hop is checked again and a credential never travels to
another host (S-032, S-033).
"""

from __future__ import annotations

import asyncio
import re
import zlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote, urlencode, urljoin, urlsplit, urlunsplit

import httpcore

from headrace.egress.errors import CredentialNotForHost, InvalidAddress
from headrace.egress.guard import connection_pool, pin
from headrace.egress.own_identity import refuse_own
from headrace.egress.policy import SIGN_IN_PORTS, EgressPolicy
from headrace.tenants.threads import in_thread
from headrace_sdk.context import HttpResponse
from headrace_sdk.credentials import Credential, RequestAuth
from headrace_sdk.errors import Sent, UpstreamError
from headrace_sdk.net import Speaker

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
SENSITIVE: Final = frozenset({"authorization", "cookie", "proxy-authorization"})
MAX_HEADERS: Final = 200
_KEPT: Final = "/%:?@!$&'()*+,;=~-._"
_HEADER_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE: Final = re.compile(r"[\t\x20-\x7e\x80-\xff]*")

ApplyCredential = Callable[[Credential, RequestAuth], None]


@dataclass(frozen=True, slots=True)
class OutgoingRequest:
    """One request as it goes out; `target` is the absolute address."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes | None


class EgressClient:
    """One per tenant and process. `before_send` runs right before the first byte of each hop."""

    def __init__(self, policy: EgressPolicy, apply_credential: ApplyCredential) -> None:
        self._policy = policy
        self._apply = apply_credential
        self._pool = connection_pool(policy)

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        query: Sequence[tuple[str, str]] = (),
        body: bytes | None = None,
        credential: Credential | None = None,
        timeout_s: float = 30.0,
        max_bytes: int | None = None,
        follow_redirects: bool = True,
        before_send: Callable[[], Awaitable[None]] | None = None,
        check_target: Callable[[str], None] | None = None,
    ) -> HttpResponse:
        """Send a request and read its answer whole; every status is an answer.

        `check_target` is told the address of each hop, and raises where it must not go.

        Raises:
            InvalidAddress, AddressNotAllowed, CredentialNotForHost: refused before sending.
            UpstreamError: no answer; `sent` says whether it can have had an effect.
        """
        auth = RequestAuth()
        if credential is not None:
            self._apply(credential, auth)
        request = OutgoingRequest(
            method.upper(),
            with_query(url, [*query, *auth.query.items()]),
            checked_headers({**(headers or {}), **auth.headers}),
            body,
        )
        limit = min(max_bytes or self._policy.max_response_bytes, self._policy.max_response_bytes)
        try:
            async with asyncio.timeout(timeout_s):
                return await self._follow(
                    request,
                    credential,
                    secret_headers=frozenset(auth.headers),
                    limit=limit,
                    follow_redirects=follow_redirects,
                    before_send=before_send,
                    check_target=check_target,
                )
        except TimeoutError as error:
            message = f"No complete answer from {_host(request.target)} within {timeout_s:g} s."
            raise UpstreamError(message, sent="maybe", code="timeout") from error

    async def pin(self, host: str, port: int) -> str:
        """The checked address for a protocol other than HTTP; see `headrace_sdk.net.Net.pin`."""
        return await pin(host, port, self._policy, further_ports=SIGN_IN_PORTS)

    async def meet(self, speaker: Speaker, identity: str) -> None:
        """See `headrace_sdk.net.Net.meet`."""
        await in_thread(refuse_own, speaker, identity)

    async def close(self) -> None:
        """Close every connection."""
        await self._pool.aclose()

    async def _follow(
        self,
        request: OutgoingRequest,
        credential: Credential | None,
        *,
        secret_headers: frozenset[str],
        limit: int,
        follow_redirects: bool,
        before_send: Callable[[], Awaitable[None]] | None,
        check_target: Callable[[str], None] | None,
    ) -> HttpResponse:
        for _ in range(self._policy.max_redirects + 1):
            refuse_foreign_host(credential, request.target)
            if check_target is not None:
                check_target(request.target)
            if before_send is not None:
                await before_send()
            response = await self._once(request, limit)
            location = response.headers.get("location")
            if not follow_redirects or response.status not in REDIRECTS or not location:
                return response
            request = redirected(request, response.status, location)
            if credential is not None and not _same_origin(response.url, request.target):
                request = without_headers(request, secret_headers)
                credential = None
        message = f"More than {self._policy.max_redirects} redirects, last to {request.target}."
        raise UpstreamError(message, code="too_many_redirects", retryable=False)

    async def _once(self, request: OutgoingRequest, limit: int) -> HttpResponse:
        sent: Sent = "no"
        host = _host(request.target)
        try:
            async with self._pool.stream(
                request.method,
                request.target,
                headers=_wire_headers(request),
                content=request.body or b"",
            ) as answer:
                sent = "yes"
                raw = answer.headers
                if len(raw) > MAX_HEADERS:
                    message = f"{host} answered with more than {MAX_HEADERS} headers."
                    raise UpstreamError(message, code="answer_too_large", retryable=False)
                names = {name.decode("latin-1").lower(): v.decode("latin-1") for name, v in raw}
                content = await _read(answer, names.get("content-encoding", ""), limit, host)
                return HttpResponse(answer.status, names, content, request.target)
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            message = f"{host} cannot be reached: {_reason(error)}."
            raise UpstreamError(message, sent="no", code="connect_failed") from error
        except httpcore.UnsupportedProtocol as error:
            message = "Only http and https addresses can be requested."
            raise InvalidAddress(message, field="url") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
            message = f"The connection to {host} broke: {_reason(error)}."
            lost: Sent = "maybe" if sent == "no" else sent
            raise UpstreamError(message, sent=lost, code="connection_lost") from error


async def _read(answer: httpcore.Response, encoding: str, limit: int, host: str) -> bytes:
    """The decoded body; ends as soon as it passes the limit, before or after unpacking."""
    unpack = _unpacker(encoding)
    content = bytearray()
    received = 0
    async for chunk in answer.aiter_stream():
        received += len(chunk)
        content += unpack.decompress(chunk, limit - len(content) + 1) if unpack else chunk
        if len(content) > limit or received > limit:
            message = f"The answer of {host} is larger than {limit} bytes."
            raise UpstreamError(message, code="answer_too_large", retryable=False)
    return bytes(content)


def _unpacker(encoding: str) -> zlib._Decompress | None:
    if encoding.strip().lower() in {"gzip", "x-gzip"}:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    if encoding.strip().lower() == "deflate":
        return zlib.decompressobj()
    return None


def with_query(url: str, query: Sequence[tuple[str, str]]) -> str:
    """The address with further query parameters.

    Raises:
        InvalidAddress: it is not an absolute http or https address.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        message = f"Not an address: {url!r}."
        raise InvalidAddress(message, field="url") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        message = "The address must start with http:// or https:// and name a host."
        raise InvalidAddress(message, field="url")
    if parts.username is not None:
        message = "Put user and password into a credential, not into the address."
        raise InvalidAddress(message, field="url")
    joined = "&".join(part for part in (parts.query, urlencode(query)) if part)
    host = _ascii_host(parts.hostname)
    place = host if port is None else f"{host}:{port}"
    path = quote(parts.path or "/", safe=_KEPT)
    return urlunsplit((parts.scheme, place, path, quote(joined, safe=_KEPT), ""))


def _ascii_host(host: str) -> str:
    """The name as it is looked up: look-alike digits and letters become what they stand for."""
    if ":" in host:
        return f"[{host}]"
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        message = f"{host[:80]!r} is not a host name."
        raise InvalidAddress(message, field="url") from error


def checked_headers(headers: Mapping[str, str]) -> Mapping[str, str]:
    """The headers, provided that none can smuggle another (S-035).

    Raises:
        InvalidAddress: a name or value holds characters that headers may not.
    """
    for name, value in headers.items():
        if not _HEADER_NAME.fullmatch(name) or not _HEADER_VALUE.fullmatch(value):
            message = f"The header {name[:50]!r} holds characters that headers may not have."
            raise InvalidAddress(message, field="headers", code="invalid_header")
    return headers


def refuse_foreign_host(credential: Credential | None, target: str) -> None:
    """Stops a credential on its way to a host that it is not bound to.

    Raises:
        CredentialNotForHost: with the host in the message.
    """
    if credential is None or not credential.hosts:
        return
    host = _host(target)
    if not any(_matches(host, allowed) for allowed in credential.hosts):
        message = f'The credential "{credential.name}" may not be sent to {host}.'
        raise CredentialNotForHost(message)


def _matches(host: str, allowed: str) -> bool:
    if allowed.startswith("*."):
        return host.endswith(allowed[1:].lower())
    return host == allowed.lower()


def redirected(request: OutgoingRequest, status: int, location: str) -> OutgoingRequest:
    """The next hop: body and method as browsers do, secrets only to the same origin."""
    target = with_query(urljoin(request.target, location), ())
    keeps_body = status in {307, 308} or request.method in {"GET", "HEAD"}
    headers = dict(request.headers)
    if not _same_origin(request.target, target):
        headers = {name: v for name, v in headers.items() if name.lower() not in SENSITIVE}
    if keeps_body:
        return replace(request, target=target, headers=headers)
    return OutgoingRequest("GET", target, _without_body_headers(headers), None)


def without_headers(request: OutgoingRequest, names: frozenset[str]) -> OutgoingRequest:
    """The request without the headers that a credential had put on it."""
    dropped = {name.lower() for name in names}
    kept = {name: v for name, v in request.headers.items() if name.lower() not in dropped}
    return replace(request, headers=kept)


def _without_body_headers(headers: Mapping[str, str]) -> Mapping[str, str]:
    return {name: v for name, v in headers.items() if not name.lower().startswith("content-")}


def _wire_headers(request: OutgoingRequest) -> list[tuple[bytes, bytes]]:
    headers = {"user-agent": "Headrace", "accept": "*/*", "accept-encoding": "gzip, deflate"}
    headers |= {name.lower(): value for name, value in request.headers.items()}
    headers["host"] = urlsplit(request.target).netloc
    if request.body is not None:
        headers["content-length"] = str(len(request.body))
    return [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers.items()]


def _same_origin(first: str, second: str) -> bool:
    one, two = urlsplit(first), urlsplit(second)
    return (one.scheme, one.hostname, one.port) == (two.scheme, two.hostname, two.port)


def _host(target: str) -> str:
    return (urlsplit(target).hostname or "").rstrip(".").lower()


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
