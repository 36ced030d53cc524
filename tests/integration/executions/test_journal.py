"""The writing end of a log: nothing is left out of it, whoever is cut off and whatever breaks."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import psycopg
import pytest
from psycopg_pool import AsyncConnectionPool

from headrace.executions.errors import DatabaseLost
from headrace.executions.runner.journal import Journal
from tests.support.engine import begin, database_url
from tests.support.queue import ask, take
from tests.support.workflows import MANUAL, in_a_row, node

pytestmark = pytest.mark.usefixtures("committed")

NAME = "journal"
BREAK = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = %s"
QUICK = in_a_row([MANUAL, node("end", "flow.no_op")])


@asynccontextmanager
async def journal_of(held):
    """The journal of a claimed execution, over two connections."""
    options = {"autocommit": True, "application_name": NAME}
    pool = AsyncConnectionPool(
        database_url(), min_size=2, max_size=2, kwargs=options, open=False, timeout=5
    )
    async with pool:
        await pool.wait()
        yield Journal(held, pool, lambda: 0, lambda: None, lambda _: None)


def stored(execution):
    return ask("select last_seq from run_queue where execution_id = %s", execution)[0][0]


def test_a_flush_goes_on_when_the_step_that_waits_for_it_is_cut_off(in_alpha, owner):
    """It holds what other steps have noted, too."""
    execution = begin(owner, QUICK)
    (held,) = take(1)

    async def cut_off() -> None:
        async with journal_of(held) as journal:
            journal.append("workflow.note")
            with psycopg.connect(database_url()) as other:
                other.execute(
                    "select from run_queue where execution_id = %s for update", [execution]
                )
                waiting = asyncio.create_task(journal.flush())
                await asyncio.sleep(0.2)
                waiting.cancel()
                await asyncio.wait({waiting})
                other.rollback()
            journal.append("workflow.note")
            await journal.flush()

    asyncio.run(cut_off())

    assert stored(execution) == 2


def test_after_a_flush_that_broke_nothing_more_is_written(in_alpha, owner):
    """R-015: later events refer to what may be missing, so the log is read again instead."""
    execution = begin(owner, QUICK)
    (held,) = take(1)

    async def break_off() -> None:
        async with journal_of(held) as journal:
            ask(BREAK, NAME)
            journal.append("workflow.note")
            with pytest.raises(DatabaseLost):
                await journal.flush()
            journal.append("workflow.note")
            with pytest.raises(DatabaseLost):
                await journal.flush()

    asyncio.run(break_off())

    assert stored(execution) == 0
