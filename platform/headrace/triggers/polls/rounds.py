"""The scheduler's polls: many at a time, in a thread of their own; no duty waits for one."""

from __future__ import annotations

import asyncio
import logging
import threading
from concurrent.futures import Future
from typing import Final

from headrace.executions.isolated.processes import Processes
from headrace.tenants.context import tenant
from headrace.tenants.threads import in_turn
from headrace.triggers.polls import claims
from headrace.triggers.polls.asking import PollFailed, ask
from headrace.triggers.polls.types import Asked, Claim
from headrace.workflows.compiled import compiled
from headrace_sdk.errors import HeadraceError, NodeError

logger = logging.getLogger(__name__)

AT_ONCE: Final = 16
WHOLE_S: Final = 240.0
"""A poll with all that it waits for: shorter than its lease."""


class Rounds:
    """Of one process. The thread begins with the first poll."""

    def __init__(self) -> None:
        self._going: set[Future[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._processes: Processes | None = None

    def look(self) -> list[Future[None]]:
        """Begin what is due, as many as there are places for; those that were begun."""
        self._going = {one for one in self._going if not one.done()}
        places = AT_ONCE - len(self._going)
        due = claims.claim_due(places) if places else []
        begun = [asyncio.run_coroutine_threadsafe(self._poll(one), self._running()) for one in due]
        self._going.update(begun)
        return begun

    def _running(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            threading.Thread(target=self._loop.run_forever, name="polls", daemon=True).start()
        return self._loop

    async def _poll(self, claim: Claim) -> None:
        self._processes = self._processes or Processes()
        with tenant(claim.owner):
            try:
                async with asyncio.timeout(WHOLE_S):
                    await poll(claim, self._processes)
            except Exception:
                # Whatever it is, the lease ends and the trigger is asked again.
                logger.exception("Poll %s of %s could not be done.", claim.number, claim.poll_id)


async def poll(claim: Claim, processes: Processes) -> None:
    """Ask, then settle; of a failure the row keeps the reason."""
    try:
        asked = await in_turn(asked_of, claim)
        polled = await ask(asked, claim.cursor, now=claim.began_at, processes=processes)
        await in_turn(claims.settle, claim, polled)
    except NodeError as error:
        await in_turn(claims.fail, claim, error)
    except HeadraceError as error:
        failed = PollFailed(error.message, code=error.code)
        await in_turn(claims.fail, claim, failed)


def asked_of(claim: Claim) -> Asked:
    """The trigger of a claim, as its version has it."""
    workflow = compiled(claim.version_id)
    node = workflow.nodes[claim.node]
    record = workflow.record
    return Asked(
        record.ref.workflow_id,
        record.workflow_name,
        node.id,
        node.kind,
        node.name,
        node.stored_params,
        node.credentials,
        record.created_by.id,
    )


rounds: Final = Rounds()
