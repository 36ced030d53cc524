"""Puts an ended execution back into the queue."""

from __future__ import annotations

from typing import Final

REOPEN: Final = """
insert into run_queue (execution_id, tenant_id, schema, lane, priority, state, wake, token,
                       last_seq, crashes, min_reader, number, start,
                       workflow_id, max_concurrency, max_per_key, concurrency_key)
values (%(execution)s, %(tenant)s, %(schema)s, 'default', %(priority)s, 'ready', 0,
        (extract(epoch from clock_timestamp()) * 1000)::bigint,
        %(last_seq)s, 0, %(min_reader)s, %(number)s, '',
        %(workflow)s, %(max_concurrency)s, %(max_per_key)s, %(concurrency_key)s)
"""
"""A worker that was frozen since before the end may still hold a small token, which must never
come again: milliseconds are more than the number of claims that an execution can have."""
