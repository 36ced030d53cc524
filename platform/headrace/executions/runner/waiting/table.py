"""Every kind of waiting by its word. A new one is a module and a line here."""

from __future__ import annotations

from typing import Final

from headrace.executions.runner.waiting.child import ChildWait
from headrace.executions.runner.waiting.event import EventWait
from headrace.executions.runner.waiting.kind import WaitKind
from headrace.executions.runner.waiting.token import TokenWait

KINDS: Final[dict[str, WaitKind]] = {
    kind.word: kind for kind in (WaitKind(), TokenWait(), ChildWait(), EventWait())
}
"""Apps above add theirs in `headrace.conf.wiring`."""
