"""Rings workers: a Celery message that says only "look". It may be lost, late or doubled.

A ring is skipped while one is outstanding, and altogether while Redis does not answer: workers
look by themselves every second, so a lost ring costs at most that (engine-rules 31, P-9).
"""

from __future__ import annotations

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import redis
from django.conf import settings

from headrace.executions.tasks import ring as ring_task

logger = logging.getLogger(__name__)

BREAK_S: Final = 5.0
"""After a failed ring nobody tries again for so long."""

_pool: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="doorbell")


class Doorbell:
    """Rings from any thread without ever making its caller wait."""

    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(
            url, socket_timeout=0.2, socket_connect_timeout=0.2, protocol=3
        )
        self._silent_until = 0.0
        self._asked: set[str] = set()

    def ring(self, lane: str) -> None:
        """Ring soon; failures are logged and forgotten.

        Whoever asks while a ring of this lane waits its turn is served by that one.
        """
        if time.monotonic() >= self._silent_until and lane not in self._asked:
            self._asked.add(lane)
            _pool.submit(self._ring, lane)

    @property
    def is_broken(self) -> bool:
        """Is Redis taken for dead at the moment?"""
        return time.monotonic() < self._silent_until

    def _ring(self, lane: str) -> None:
        # Before anything else: what is accepted from now on needs another ring.
        self._asked.discard(lane)
        if self.is_broken:
            return
        try:
            if self._redis.set(f"bell:{lane}", 1, nx=True, px=1000):
                ring_task.apply_async((lane,), ignore_result=True, retry=False)
        except Exception as error:  # noqa: BLE001 - kombu raises errors of many libraries
            self._silent_until = time.monotonic() + BREAK_S
            logger.warning("The doorbell is out of order for %s s: %s", BREAK_S, error)


_doorbell: Doorbell | None = None


def doorbell() -> Doorbell:
    """The doorbell of this process."""
    global _doorbell  # noqa: PLW0603 - one connection a process, made on first use
    if _doorbell is None:
        _doorbell = Doorbell(settings.REDIS_URL)
    return _doorbell
