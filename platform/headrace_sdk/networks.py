"""Networks of callers: checked when they are written down, asked when somebody calls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from headrace_sdk.errors import UserError


def checked_networks(texts: Sequence[str], *, field: str) -> tuple[str, ...]:
    """Addresses and networks as they are usually written: `192.0.2.7`, `2001:db8::/32`.

    Raises:
        UserError: one is neither.
    """
    for text in texts:
        try:
            ip_network(text.strip(), strict=False)
        except ValueError:
            message = (
                f"{text[:60]!r} is no address. Write one, such as 192.0.2.7, or a network such as "
                "192.0.2.0/24."
            )
            raise UserError(message, field=field, code="invalid_network") from None
    return tuple(dict.fromkeys(text.strip() for text in texts))


def is_within(address: str, networks: Iterable[str]) -> bool:
    """Is the address in one of them? An IPv4 address that is written as IPv6 counts as itself."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    known: list[IPv4Network | IPv6Network] = [ip_network(one, strict=False) for one in networks]
    return any(found in network for network in known)
