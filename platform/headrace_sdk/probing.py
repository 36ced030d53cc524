"""What the test of a credential may ask of the platform: the network, guarded, and nothing else."""

from __future__ import annotations

from typing import Protocol

from headrace_sdk.context import Http


class Net(Protocol):
    """The way out for protocols other than HTTP."""

    async def pin(self, host: str, port: int) -> str:
        """The checked address to connect to; TLS keeps the host's name.

        Raises:
            UserError: the address is internal, or the port is closed.
            UpstreamError: the name does not resolve.
        """
        ...


class Probe(Protocol):
    """Given to `CredentialType.test`."""

    @property
    def http(self) -> Http:
        """The one way out by HTTP."""
        ...

    @property
    def net(self) -> Net:
        """The one way out by other protocols."""
        ...
