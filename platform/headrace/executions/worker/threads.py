"""Threads for Django's synchronous database work, with connections that are closed at the end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from threading import Barrier
from typing import Final

from django.db import connections

COUNT: Final = 4


class DatabaseThreads(ThreadPoolExecutor):
    """Give it to the loop as its default executor; `close` before the loop ends."""

    def __init__(self) -> None:
        super().__init__(max_workers=COUNT, thread_name_prefix="database")

    def close(self) -> None:
        """Close the connection of every thread, then end the threads.

        Each thread must take part, since a connection belongs to the thread that opened it.
        """
        together = Barrier(COUNT)

        def leave() -> None:
            together.wait()
            connections.close_all()

        wait([self.submit(leave) for _ in range(COUNT)])
        self.shutdown()
