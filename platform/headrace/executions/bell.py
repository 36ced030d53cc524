"""Where the Celery task and the engine of the same process meet."""

from __future__ import annotations

from collections.abc import Callable

_listener: Callable[[str], None] | None = None


def listen(listener: Callable[[str], None] | None) -> None:
    """Set who hears the bell in this process; `None` takes the listener away."""
    global _listener  # noqa: PLW0603 - Celery builds the task, not we; they share the process
    _listener = listener


def ring(lane: str) -> None:
    """Tell the listener; without one the ring goes unheard, which is allowed."""
    if _listener is not None:
        _listener(lane)
