"""The servers by the names that workflows and addresses call them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Known:
    """Where its class is: loaded at first use, since the protocol's library is big.

    `credential` is the type of the one that it works with, if any; `verb` is what somebody must
    be allowed to see its tools at all.
    """

    module: str
    class_name: str
    verb: str
    credential: str = ""


SERVERS: Final[Mapping[str, Known]] = {
    "filesystem": Known("headrace.toolservers.filesystem", "Filesystem", "file.view"),
    "postgresql": Known(
        "headrace.toolservers.postgresql", "PostgreSql", "credential.use", "postgresql"
    ),
    "browser": Known("headrace.toolservers.browser", "Browser", "workflow.run"),
    "scheduler": Known("headrace.toolservers.scheduler", "Scheduler", "workflow.view"),
}
