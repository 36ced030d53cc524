"""`manage.py scheduler`: fires schedules, frees executions of dead workers, relays the outbox.

Several may run; every duty is claimed in the database.
"""

from __future__ import annotations

import logging
import random
import signal
import threading
import time
from typing import Any, Final

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection

from headrace.operations.duties import Duty, duties

logger = logging.getLogger(__name__)

IDLE_S: Final = 0.2


class Command(BaseCommand):
    """The scheduler process."""

    help = "Fires schedules, frees executions of dead workers and relays the outbox."
    # They would load every view to check it, half of the start. The web process does.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until SIGTERM or SIGINT."""
        del args, options
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        logger.info("The scheduler is at work.")
        while not stop.wait(IDLE_S):
            for duty in duties:
                if time.monotonic() >= duty.due_at:
                    self._do(duty)

    def _do(self, duty: Duty) -> None:
        jitter = duty.every_s * 0.1 * random.random()  # noqa: S311 - spreads several schedulers
        duty.due_at = time.monotonic() + duty.every_s + jitter
        try:
            duty.do()
        except DatabaseError as error:
            logger.warning("The database does not let us do %s: %s", duty.name, error)
            connection.close()
        except Exception:
            logger.exception("%s failed; it is tried again.", duty.name)
