"""Keeps workflows away from the servers that the platform itself lives on (T-011).

A tenant's SQL node that reached our own PostgreSQL, or a Redis node our broker, would stand next
to the data of every tenant. No word of the operator opens these: whoever needs a database for
workflows gives them another server.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final
from urllib.parse import parse_qs, urlsplit

DEFAULT_PORTS: Final = {"postgresql": 5432, "postgres": 5432, "redis": 6379, "rediss": 6379}


def places_of(urls: Iterable[str]) -> frozenset[tuple[str, int]]:
    """Hosts and ports that these addresses of servers name; a socket file is this machine's."""
    found: set[tuple[str, int]] = set()
    for url in urls:
        parts = urlsplit(url)
        host = parts.hostname or parse_qs(parts.query).get("host", [""])[0]
        is_here = not host or host.startswith("/")
        port = parts.port or DEFAULT_PORTS[parts.scheme]
        found.add(("127.0.0.1" if is_here else host, port))
    return frozenset(found)


def is_same_machine(address: str, own: str) -> bool:
    """Do both lead to one server, also by another name of this machine?"""
    one, other = _plain(address), _plain(own)
    return one == other or (_is_here(one) and _is_here(other))


def _plain(address: str) -> IPv4Address | IPv6Address:
    ip = ip_address(address.partition("%")[0])
    return ip.ipv4_mapped or ip if isinstance(ip, IPv6Address) else ip


def _is_here(ip: IPv4Address | IPv6Address) -> bool:
    """Only an address of this machine can be bound to."""
    if ip.is_loopback or ip.is_unspecified:
        return True
    family = socket.AF_INET if ip.version == 4 else socket.AF_INET6
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((str(ip), 0))
    except OSError:
        return False
    return True
