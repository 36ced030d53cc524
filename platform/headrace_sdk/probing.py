"""What the test of a credential may ask of the platform: the network, guarded, and nothing else."""

from __future__ import annotations

from typing import Protocol

from headrace_sdk.context import Http
from headrace_sdk.net import Net


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
