"""Puts the engine into a Celery worker: started with it, drained when it stops."""

from __future__ import annotations

import logging
import threading
from typing import Any

from celery import bootsteps

from headrace.executions import bell
from headrace.executions.lease.settings import WorkerSettings
from headrace.executions.worker.engine import Engine
from headrace.sandbox import actions as sandbox

logger = logging.getLogger(__name__)


class EngineStep(bootsteps.StartStopStep):  # type: ignore[misc]
    """Runs one engine a worker process (`--pool=solo`)."""

    requires = {"celery.worker.components:Pool"}

    def __init__(self, worker: Any, **options: Any) -> None:
        super().__init__(worker, **options)
        self._engine: Engine | None = None
        self._thread: threading.Thread | None = None

    def start(self, worker: Any) -> None:
        """Start the engine's thread."""
        del worker
        engine = Engine(WorkerSettings.from_django())
        self._engine = engine
        self._thread = threading.Thread(target=engine.run, name="engine")
        self._thread.start()
        # Nobody waits for it: the first piece of code would otherwise find out what holds here.
        threading.Thread(target=sandbox.settle, name="sandbox", daemon=True).start()
        bell.listen(lambda _lane: engine.ring())

    def stop(self, worker: Any) -> None:
        """Drain it and wait until it is done."""
        del worker
        bell.listen(None)
        if self._engine is not None and self._thread is not None:
            self._engine.stop()
            self._thread.join(self._engine.settings.drain_s + 10)

    terminate = stop
