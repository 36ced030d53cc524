"""Callers of the webhooks, who try each delivery again until it is accepted."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

import httpx

REPEATED: Final = 0.05
"""Of so many deliveries a second copy is sent after the first was accepted."""


@dataclass(frozen=True)
class Delivery:
    """One thing to be accepted once. `mark` names it everywhere, with the canary of its tenant."""

    mark: str
    host: str
    kind: str
    number: int


@dataclass
class Load:
    """Many callers. `accepted` holds every execution that a delivery was told, by its mark."""

    url: str
    hosts: dict[str, str]
    kinds: Sequence[str]
    seed: int
    callers: int = 5
    pause_s: tuple[float, float] = (0.1, 0.5)
    sent: int = 0
    accepted: dict[str, set[str]] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)
    stop: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Calls go out until the block ends."""
        threads = [threading.Thread(target=self._call, args=(n,)) for n in range(self.callers)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.stop.set()
            for thread in threads:
                thread.join()

    def _call(self, caller: int) -> None:
        chance = random.Random(f"{self.seed} {caller}")
        with httpx.Client(timeout=10) as http:
            while not self.stop.is_set():
                delivery = self._next(chance)
                if self._deliver(http, delivery) and chance.random() < REPEATED:
                    self._deliver(http, delivery)
                self.stop.wait(chance.uniform(*self.pause_s))

    def _next(self, chance: random.Random) -> Delivery:
        slug = chance.choice(sorted(self.hosts))
        kind = chance.choice(self.kinds)
        with self.lock:
            self.sent += 1
            number = self.sent
        return Delivery(f"canary-{slug}-{self.seed}-{number}", self.hosts[slug], kind, number)

    def _deliver(self, http: httpx.Client, delivery: Delivery) -> bool:
        """Try until somebody says yes. What was accepted without an answer is sent again, too."""
        while True:
            outcome = self._post(http, delivery)
            if outcome is None:
                return True
            with self.lock:
                self.refused[outcome] += 1
            if self.stop.is_set():
                return False
            time.sleep(0.3)

    def _post(self, http: httpx.Client, delivery: Delivery) -> str | None:
        """Why it was not accepted; `None` when it was."""
        headers = {"Host": delivery.host, "x-delivery": delivery.mark}
        body = {"mark": delivery.mark, "n": delivery.number, "rows": [1, 2, 3]}
        try:
            answer = http.post(
                f"{self.url}/webhook/chaos-{delivery.kind}", json=body, headers=headers
            )
        except httpx.HTTPError as error:
            return type(error).__name__
        if not answer.is_success:
            return str(answer.status_code)
        with self.lock:
            told = self.accepted.setdefault(delivery.mark, set())
            # The last node's data names no execution.
            if "execution" in answer.json():
                told.add(answer.json()["execution"])
        return None
