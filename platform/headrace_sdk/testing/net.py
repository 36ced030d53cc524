"""`ctx.net` of tests: reaches the servers that a test has started on this machine, nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from headrace_sdk.errors import UpstreamError
from headrace_sdk.net import Speaker

LOCAL: Final = "127.0.0.1"


@dataclass(slots=True)
class LocalNet:
    """Ports in `open` are reached here, whatever the host is called; `asked` keeps every wish."""

    open: set[int] = field(default_factory=set)
    asked: list[tuple[str, int]] = field(default_factory=list)
    met: list[tuple[str, str]] = field(default_factory=list)

    async def pin(self, host: str, port: int) -> str:
        """This machine.

        Raises:
            UpstreamError: the test has opened no such port.
        """
        self.asked.append((host, port))
        if port not in self.open:
            message = f"No server is prepared for {host}:{port}."
            raise UpstreamError(message, sent="no", code="unreachable")
        return LOCAL

    async def meet(self, speaker: Speaker, identity: str) -> None:
        """Kept in `met`."""
        self.met.append((speaker, identity))
