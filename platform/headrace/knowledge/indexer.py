"""Indexes what waits, in a thread of the scheduler's process: schedules do not wait for it.

A document is claimed in the database. If this process dies, its claim runs out and the document is
indexed by whoever looks next; nothing of it was visible before.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from typing import Final

from headrace.knowledge import documents
from headrace.knowledge.embedding.embedder import for_a_person
from headrace.knowledge.indexing import index
from headrace.tenants import queries
from headrace.tenants.context import tenant
from headrace.tenants.threads import in_thread
from headrace_sdk.errors import HeadraceError

logger = logging.getLogger(__name__)

THREADS: Final = 2
"""One for the model, one for the database; each keeps a connection."""


async def index_waiting() -> int:
    """Index what waits in the tenant at work; how many documents were looked at."""
    document = await in_thread(documents.claim)
    if document is None:
        return 0
    count = 0
    async with for_a_person() as embedding:
        while document is not None:
            count += 1
            try:
                await index(document, embedding)
            except HeadraceError as error:
                logger.info("Document %s could not be indexed: %s", document.pk, error.message)
            document = await in_thread(documents.claim)
    return count


class Indexer:
    """The duty of the scheduler: lets its thread go round once more."""

    def __init__(self) -> None:
        self._wanted = threading.Event()
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """Look whether something waits, unless that is being done."""
        if self._thread is None or not self._thread.is_alive():
            # A context of its own: the thread must not inherit a tenant.
            self._thread = threading.Thread(
                target=Context().run, args=(self._work,), name="indexer", daemon=True
            )
            self._thread.start()
        self._wanted.set()

    def _work(self) -> None:
        # One loop for good: its threads keep their connections.
        with asyncio.Runner() as runner:
            runner.get_loop().set_default_executor(ThreadPoolExecutor(THREADS))
            while True:
                self._wanted.wait()
                self._wanted.clear()
                try:
                    runner.run(_everywhere())
                except Exception:
                    logger.exception("Indexing stopped; it goes on in a moment.")


async def _everywhere() -> None:
    for ref in await in_thread(queries.all_active):
        with tenant(ref):
            await index_waiting()
