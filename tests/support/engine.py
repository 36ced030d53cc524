"""The engine in this process, against the test's own database."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from headrace.executions.actions import run_version
from headrace.executions.lease.settings import WorkerSettings
from headrace.executions.models import Execution
from headrace.executions.types import ENDED_STATUSES
from headrace.executions.worker.engine import Engine
from headrace.tenants.context import public
from headrace.workflows.actions import freeze
from headrace_sdk.items import Item

WAIT_S = 20.0


def database_url() -> str:
    """The address of the test's database, which is not that of the settings."""
    given = connection.settings_dict
    base = settings.DATABASE_URL.rpartition("/")[0]
    return f"{base}/{given['NAME']}"


@contextmanager
def working(**changes: Any) -> Iterator[Engine]:
    """One engine at work; on leaving it is drained.

    A worker whose lease runs out ends its process, which here is that of all tests: the lease is
    longer than any pause of a busy machine, and than a test may take.
    """
    tuned = {"poll_s": 0.05, "beat_s": 0.3, "lease_s": 120.0, "drain_s": 2.0, **changes}
    engine = Engine(WorkerSettings(database_url=database_url(), **tuned))
    thread = threading.Thread(target=engine.run)
    thread.start()
    try:
        yield engine
    finally:
        engine.stop()
        thread.join(20)
        assert not thread.is_alive(), "the engine did not drain"


def begin(actor: Any, document: dict[str, Any], *items: dict[str, Any]) -> UUID:
    """Start a run of a document and give its execution's id."""
    version = freeze(actor, document)
    given = [Item(one) for one in items] if items else None
    return run_version(actor, version.ref, mode="manual", items=given).id


def until(condition: Callable[[], bool], what: str, within_s: float = WAIT_S) -> None:
    """Wait until something holds, however busy the machine is."""
    deadline = time.monotonic() + within_s
    pause_s = 0.01
    while not condition():
        assert time.monotonic() < deadline, f"never happened: {what}"
        # Whoever asks takes time from whom he waits for.
        time.sleep(pause_s)
        pause_s = min(1.25 * pause_s, 0.1)


def ended(execution_id: UUID, within_s: float = WAIT_S) -> str:
    """Wait for the end of an execution; its status."""
    status = Execution.objects.filter(pk=execution_id).values_list("status", flat=True)
    until(lambda: status.get() in ENDED_STATUSES, "the end", within_s)
    return status.get()


def queue_row(execution_id: UUID) -> dict[str, Any] | None:
    """The queue row of an execution, if it is still open."""
    with public(), connection.cursor() as cursor:
        cursor.execute(
            "select state, token, wake, last_seq, crashes, worker, lane from run_queue "
            "where execution_id = %s",
            [execution_id],
        )
        row = cursor.fetchone()
    names = ("state", "token", "wake", "last_seq", "crashes", "worker", "lane")
    return dict(zip(names, row, strict=True)) if row else None


def sql(statement: str, *parameters: Any) -> None:
    """Change the shared tables behind everybody's back."""
    with public(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
