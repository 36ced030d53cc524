"""What is broken, and in which order: a deck that the seed shuffles.

Killed workers and every crash point (R-001 to R-003), frozen ones (R-007), killed web servers
before and after the commit and while a caller waits (R-009, R-010), Redis emptied, stopped and
frozen (R-011 to R-013), PostgreSQL restarted (R-015), rings that come often, late or never (R-020
to R-022), workers that are told to stop (R-043). For hours it is the soak of R-064.

Import it when Django knows where the stack's broker is.
"""

from __future__ import annotations

import random
import socket
import threading
import time
import xmlrpc.client
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import redis
from kombu.exceptions import OperationalError

from headrace.executions.crash_points import POINTS
from headrace.executions.tasks import ring
from headrace.realtime.names import WATCH_S, WATCHED
from headrace_bootstrap import programs
from headrace_bootstrap.stack import Stack

OUTAGE_S: Final = 2.0
DECK: Final = {
    "kill a worker": 10,
    "kill the web server": 4,
    "kill the scheduler": 4,
    "freeze a worker": 2,
    "stop a worker": 2,
    "restart PostgreSQL": 2,
    "empty Redis": 2,
    "stop Redis": 1,
    "freeze Redis": 1,
    "double doorbells": 2,
    "lose doorbells": 2,
}
"""How often in a minute, besides every crash point once."""


@dataclass
class Faults:
    """Breaks one stack. `done` counts what was done, `points` is where workers are made to die."""

    stack: Stack
    points: Path
    lease_s: float
    chance: random.Random
    done: Counter[str] = field(default_factory=Counter)
    thawing: list[threading.Timer] = field(default_factory=list)
    frozen: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(
        self,
        seconds: float,
        at_most_s: float,
        is_enough: Callable[[], bool],
        watched: Sequence[str] = (),
    ) -> None:
        """Fault after fault, evenly over the time, and longer until there is enough.

        The groups `watched` are told what happens.
        """
        began = time.monotonic()
        cards = self._cards()
        gap = 60.0 / (sum(DECK.values()) + len(POINTS))
        while (now := time.monotonic() - began) < (at_most_s if not is_enough() else seconds):
            card = next(cards)
            with self.lock:
                self._quietly(self._watch, watched)
                self._do(card)
            rest = gap * self.chance.uniform(0.5, 1.5) - (time.monotonic() - began - now)
            time.sleep(max(0.0, rest))

    def _watch(self, groups: Sequence[str]) -> None:
        """As a page would that has them open."""
        if groups:
            self.redis.zadd(WATCHED, dict.fromkeys(groups, time.time() + WATCH_S))

    def end(self) -> None:
        """Nothing is broken any more."""
        for timer in self.thawing:
            timer.cancel()
        for name in [*self.frozen, programs.BROKER]:
            self._quietly(self.stack.thaw, name)
        for point in POINTS:
            (self.points / point).unlink(missing_ok=True)
        self.stack.start(programs.BROKER)

    def reached(self) -> list[str]:
        """The crash points at which somebody died."""
        return [point for point in POINTS if (self.points / f"{point}.reached").exists()]

    def _cards(self) -> Iterator[str]:
        while True:
            deck = [name for name, count in DECK.items() for _ in range(count)]
            deck += [f"at {point}" for point in POINTS]
            self.chance.shuffle(deck)
            yield from deck

    def _do(self, card: str) -> None:
        if card.startswith("at "):
            (self.points / card.removeprefix("at ")).touch()
            self.done["arm a crash point"] += 1
            return
        if self._quietly(_WAYS[card], self):
            self.done[card] += 1

    def _quietly(self, do: Callable[..., object], *arguments: object) -> bool:
        """False where there is nothing to break: the program is being restarted just now."""
        try:
            do(*arguments)
        except (xmlrpc.client.Fault, redis.RedisError, OperationalError, OSError):
            return False
        return True

    def worker(self) -> str:
        """One that is not frozen."""
        return self.chance.choice([one for one in self.stack.workers if one not in self.frozen])

    def kill_web(self) -> None:
        """Once it serves again after the last time: who only starts up has nobody to lose."""
        with socket.create_connection(("127.0.0.1", self.stack.port), timeout=0.3):
            pass
        self.stack.kill(programs.WEB)

    def freeze_worker(self) -> None:
        """For longer than its lease lasts."""
        name = self.worker()
        self.stack.freeze(name)
        self.frozen.add(name)
        timer = threading.Timer(2 * self.lease_s, self._thaw, (name,))
        self.thawing.append(timer)
        timer.start()

    def _thaw(self, name: str) -> None:
        with self.lock:
            self._quietly(self.stack.thaw, name)
            self.frozen.discard(name)

    def without_redis(self, begin: Callable[[str], None], end: Callable[[str], None]) -> None:
        """For two seconds."""
        begin(programs.BROKER)
        time.sleep(OUTAGE_S)
        end(programs.BROKER)

    @property
    def redis(self) -> redis.Redis:
        """The stack's broker."""
        return redis.Redis.from_url(self.stack.environment["REDIS_URL"], socket_timeout=1)


def _ring_often(_: Faults) -> None:
    for _number in range(20):
        ring.apply_async(("default",), ignore_result=True, retry=False)


def _swallow_rings(faults: Faults) -> None:
    broker = faults.redis
    broker.delete("celery")
    # A key that stands already lets no ring through for as long as it stands.
    broker.set("bell:default", 1, px=3_000)


_WAYS: Final[dict[str, Callable[[Faults], object]]] = {
    "kill a worker": lambda faults: faults.stack.kill(faults.worker()),
    "kill the web server": Faults.kill_web,
    "kill the scheduler": lambda faults: faults.stack.kill(programs.SCHEDULER),
    "freeze a worker": Faults.freeze_worker,
    "stop a worker": lambda faults: faults.stack.signal(faults.worker(), "TERM"),
    "restart PostgreSQL": lambda faults: faults.stack.signal(programs.DATABASE, "QUIT"),
    "empty Redis": lambda faults: faults.redis.flushall(),
    "stop Redis": lambda faults: faults.without_redis(faults.stack.stop, faults.stack.start),
    "freeze Redis": lambda faults: faults.without_redis(faults.stack.freeze, faults.stack.thaw),
    "double doorbells": _ring_often,
    "lose doorbells": _swallow_rings,
}
