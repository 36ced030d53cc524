"""The database's time, carried forward between round trips by the monotonic clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class DatabaseClock:
    """Tells the database's time without asking it each time.

    The worker's own wall clock plays no part, so it may be wrong or jump (R-031).
    """

    def __init__(self) -> None:
        self._anchor: datetime | None = None
        self._at = 0.0

    def set(self, database_now: datetime) -> None:
        """Note what the database just said."""
        self._anchor = database_now.astimezone(UTC)
        self._at = time.monotonic()

    def now(self) -> datetime:
        """The database's time.

        Raises:
            RuntimeError: the database was never asked.
        """
        if self._anchor is None:
            message = "The database clock is read before the first claim."
            raise RuntimeError(message)
        return self._anchor + timedelta(seconds=time.monotonic() - self._at)

    def now_ms(self) -> int:
        """Milliseconds since the epoch."""
        return int(self.now().timestamp() * 1000)
