"""Resolves names and connects only to addresses that were checked: no gap for rebinding.

The check happens where the connection is made, for every redirect and retry anew, and the
connection goes to the very address that was checked; TLS and the Host header keep the name.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterable
from functools import cache
from typing import Any

import httpcore

from headrace.egress.addresses import is_public
from headrace.egress.errors import AddressNotAllowed
from headrace.egress.own_servers import is_same_machine
from headrace.egress.policy import EgressPolicy
from headrace.egress.proxy import tunnel
from headrace_sdk.errors import UpstreamError


async def pin(
    host: str, port: int, policy: EgressPolicy, *, further_ports: frozenset[int] = frozenset()
) -> str:
    """The address to connect to for a host, checked; `further_ports` are open besides the policy's.

    Every address of the name must be allowed: a name that also points inside is refused.

    Raises:
        AddressNotAllowed: an address is internal or our own, or the port is closed.
        UpstreamError: the name does not resolve.
    """
    is_open = policy.allows_port(port) or port in further_ports
    if not policy.exempts(host, port) and not is_open:
        message = f"Port {port} is closed for workflows. Ask your operator to allow {host}:{port}."
        raise AddressNotAllowed(message)
    addresses = await _resolve(host, port, policy.resolve_timeout_s)
    if not policy.exempts(host, port) and not all(is_public(address) for address in addresses):
        message = (
            f"{host} points to an internal address, which workflows may not reach. "
            f"Ask your operator to allow {host}:{port} if it is meant."
        )
        raise AddressNotAllowed(message)
    await _refuse_own(host, port, addresses, policy)
    return addresses[0]


async def _refuse_own(host: str, port: int, addresses: list[str], policy: EgressPolicy) -> None:
    for own_host, own_port in policy.own:
        if own_port != port:
            continue
        try:
            own = await _resolve(own_host, own_port, policy.resolve_timeout_s)
        except UpstreamError:
            own = addresses
        if any(is_same_machine(address, one) for address in addresses for one in own):
            message = (
                f"{host}:{port} is a server that this installation itself runs on, which no "
                f"workflow may reach. Use a server of your own."
            )
            raise AddressNotAllowed(message, code="own_server")


async def _resolve(host: str, port: int, timeout_s: float) -> list[str]:
    loop = asyncio.get_running_loop()
    lookup = loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    try:
        found = await asyncio.wait_for(lookup, timeout_s)
    except TimeoutError as error:
        message = f"The name {host} could not be looked up within {timeout_s:g} s."
        raise UpstreamError(message, sent="no", code="name_lookup_failed") from error
    except (OSError, UnicodeError) as error:
        message = f"The name {host} does not exist or cannot be looked up."
        raise UpstreamError(message, sent="no", code="name_lookup_failed") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """httpcore's way to the network, with the check in front of every connect."""

    def __init__(self, policy: EgressPolicy) -> None:
        self._policy = policy
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the checked address of `host`; if it is public, by the operator's proxy."""
        address = await pin(host, port, self._policy)
        if self._policy.proxy and is_public(address):
            return await tunnel(self._inner, self._policy.proxy, address, port)
        return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Never: sockets of this machine are not for workflows."""
        del path, timeout, socket_options
        message = "Unix sockets are not for workflows."
        raise AddressNotAllowed(message)

    async def sleep(self, seconds: float) -> None:
        """Wait between connection attempts."""
        await asyncio.sleep(seconds)


@cache
def _trusted() -> ssl.SSLContext:
    """Whom this machine trusts. Reading it takes some 20 ms, and holds no session of a tenant."""
    return ssl.create_default_context()


def connection_pool(policy: EgressPolicy) -> httpcore.AsyncConnectionPool:
    """Connections of one tenant. Nothing but the policy counts: no `HTTP_PROXY`, no netrc."""
    return httpcore.AsyncConnectionPool(
        ssl_context=_trusted(),
        max_connections=100,
        max_keepalive_connections=20,
        keepalive_expiry=15,
        network_backend=GuardedBackend(policy),
    )
