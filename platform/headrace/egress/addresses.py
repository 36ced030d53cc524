"""Which addresses may be connected to.

Python's `is_global` is not enough: on 3.11 it accepts NAT64, 6to4, Teredo and IPv4-compatible
forms of internal addresses and the metadata address of one cloud. The extra list is from the
IANA special-purpose registries (RFC 6890 and its updates).
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

REFUSED: Final = tuple(
    ip_network(network)
    for network in (
        "100.64.0.0/10",
        "168.63.129.16/32",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "::/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/32",
        "2002::/16",
        "5f00::/16",
        "fec0::/10",
        "ff00::/8",
    )
)


def is_public(address: str) -> bool:
    """May a tenant's workflow connect there? Zone ids and mapped forms are looked through."""
    ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return (
        ip.is_global
        and not ip.is_multicast
        and not any(ip in network for network in REFUSED if network.version == ip.version)
    )
