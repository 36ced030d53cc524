"""Waits that another execution ends: a lock that is handed on, a burst that was joined."""

from __future__ import annotations

from typing import ClassVar

from headrace.executions.runner.waiting.kind import WaitKind
from headrace_sdk.context import WakeKind


class EventWait(WaitKind):
    """News only says "look again"; the node asks the shared rows what became of its place."""

    word: ClassVar[WakeKind] = "event"
