"""Starts the best process there can be for a language, and tells which it was."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from headrace.sandbox.errors import SandboxMissing
from headrace.sandbox.host import bubblewrap, walls
from headrace.sandbox.host.child import Child
from headrace.sandbox.host.engines import Engine

NOT_STARTED: Final = "not started"
REFUSED_FOR_S: Final = 10.0
"""What cannot be started is not tried again at once,"""
GIVEN_UP_FOR_S: Final = 3_600.0
"""and much later where there is another: trying costs a process that is well."""

logger = logging.getLogger(__name__)


class Starter:
    """Tries `engines` in their order, each in bubblewrap first where that works."""

    def __init__(
        self,
        engines: Sequence[Engine],
        folder: Path | None,
        memory_bytes: int,
        *,
        must_be_sealed: bool,
    ) -> None:
        self._engines = engines
        self._folder = folder
        self._memory_bytes = memory_bytes
        self._must_be_sealed = must_be_sealed
        self._bare: set[str] = set()
        self._refused: dict[str, tuple[float, str]] = {}
        self.level: str = NOT_STARTED
        """What the newest process said of itself, or why there is none."""

    def start(self) -> Child:
        """A process that passed its tests.

        Raises:
            SandboxMissing: none can be started; it says why the last one cannot.
        """
        error = SandboxMissing("Code is not run here yet: its sandbox is being made ready.")
        for engine in self._ready():
            try:
                child = self._started(engine)
            except SandboxMissing as missing:
                error = missing
                self._refuse(engine, str(missing))
                continue
            child.level = self.level = walls.level(engine.words, child.facts)
            logger.info("The sandbox: %s", self.level)
            return child
        reason = next((words for _, words in reversed(self._refused.values())), None)
        if reason is not None:
            error = SandboxMissing(reason)
        self.level = f"refused: {error}"
        raise error

    def is_outdated(self, child: Child) -> bool:
        """Could another engine be had by now that is better?"""
        best = next(self._ready(), None)
        return best is not None and self._place(best.name) < self._place(child.engine)

    def _place(self, name: str) -> int:
        return [engine.name for engine in self._engines].index(name)

    def _ready(self) -> Iterator[Engine]:
        now = time.monotonic()
        for engine in self._engines:
            until, _ = self._refused.get(engine.name, (0.0, ""))
            if until <= now and engine.is_ready(self._folder):
                yield engine

    def _refuse(self, engine: Engine, reason: str) -> None:
        logger.warning("The sandbox refuses %s: %s", engine.words, reason)
        is_last = engine == self._engines[-1]
        for_s = REFUSED_FOR_S if is_last else GIVEN_UP_FOR_S
        self._refused[engine.name] = (time.monotonic() + for_s, reason)

    def _started(self, engine: Engine) -> Child:
        around = bubblewrap.around(self._folder)
        if around and engine.name not in self._bare:
            try:
                return self._checked(engine, around)
            except SandboxMissing as error:
                logger.warning("%s does not run in bubblewrap: %s", engine.words, error)
        child = self._checked(engine, ())
        self._bare.add(engine.name)
        return child

    def _checked(self, engine: Engine, around: Sequence[str]) -> Child:
        child = Child(engine.name, self._folder, self._memory_bytes, around)
        found = walls.holes(child.facts) if self._must_be_sealed else []
        if found:
            child.end()
            message = f"Code is not run here, because its sandbox is not sealed: {found[0]}."
            raise SandboxMissing(message)
        return child
