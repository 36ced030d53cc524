"""What the operator allows: internal services by exact host and port, and further ports."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from headrace.egress.own_servers import places_of
from headrace.egress.proxy import Proxy

PORTS = frozenset({80, 443})
"""Ports that any public host may be called on besides those above 1023."""

SIGN_IN_PORTS = frozenset({22, 465, 587, 993})
"""Open to protocols other than HTTP: SSH, mail submission and IMAP, where a client signs in. A
request by HTTP could smuggle their commands; port 25 would let workflows send as anybody."""

LOWEST_FREE_PORT = 1024


@dataclass(frozen=True, slots=True)
class EgressPolicy:
    """`internal` holds `host:port` entries that are exempt from the address check.

    `own` are the servers of the platform itself, which nothing exempts. By `proxy`, if there is
    one, requests to public addresses leave.
    """

    internal: frozenset[str] = frozenset()
    max_response_bytes: int = 64 * 1024 * 1024
    max_redirects: int = 5
    resolve_timeout_s: float = 3.0
    own: frozenset[tuple[str, int]] = frozenset()
    proxy: Proxy | None = None

    @classmethod
    def from_settings(cls) -> EgressPolicy:
        """The policy of this process."""
        return cls(
            internal=frozenset(settings.HEADRACE_EGRESS_ALLOW),
            own=places_of((settings.DATABASE_URL, settings.REDIS_URL)),
            proxy=Proxy.at(settings.HEADRACE_HTTP_PROXY),
        )

    def exempts(self, host: str, port: int) -> bool:
        """Did the operator name exactly this host and port?"""
        return f"{host}:{port}" in self.internal

    def allows_port(self, port: int) -> bool:
        """Web ports and unprivileged ones; the others need the operator's word."""
        return port in PORTS or port >= LOWEST_FREE_PORT
