"""The statements of the queue. Time is always the database's own clock."""

from __future__ import annotations

from typing import Final

CLAIM: Final = """
select execution_id, tenant_id, schema, token, wake, is_cancelled, last_seq, crashes, start, slug,
       number, lane, is_more, at
from headrace_claim(%(worker)s, %(lanes)s::text[], %(reader)s::int, %(limit)s::int, %(cap)s::int,
                    %(registry)s::text)
"""

WAKE_DUE: Final = """
update run_queue set state = 'ready'
where execution_id in (
    select execution_id from run_queue
    where state = 'waiting' and due_at <= clock_timestamp()
    order by due_at for update skip locked limit %(limit)s
)
"""

RENEW: Final = """
insert into run_worker (id, host, pid, version, registry, sandbox, lease_until)
values (%(id)s, %(host)s, %(pid)s, %(version)s, %(registry)s, %(sandbox)s,
        clock_timestamp() + make_interval(secs => %(lease_s)s))
on conflict (id) do update set lease_until = excluded.lease_until, sandbox = excluded.sandbox
"""

CHANGED: Final = """
select execution_id, wake, cancel_at is not null from run_queue
where worker = %(worker)s and state = 'leased'
"""

RELEASE_ALL: Final = """
update run_queue set state = 'ready', worker = null, token = token + 1
where worker = %(worker)s and state = 'leased'
"""

RELEASE: Final = """
update run_queue set state = 'ready', worker = null, token = token + 1, due_at = clock_timestamp()
where worker = %(worker)s and state = 'leased' and execution_id = any(%(executions)s)
"""

FORGET_WORKER: Final = "delete from run_worker where id = %(worker)s"

TAKE_OVER: Final = """
with dead as (
    select execution_id from run_queue q
    where q.state = 'leased' and not exists (
        select 1 from run_worker w
        where w.id = q.worker and w.lease_until > clock_timestamp()
    )
    for update skip locked
    limit %(limit)s
)
update run_queue q
set state = 'ready', token = token + 1, crashes = crashes + 1, worker = null,
    due_at = clock_timestamp(),
    lane = case when crashes >= 1 then 'careful' when lane like 'command:%%' then 'default'
                else lane end
from dead
where q.execution_id = dead.execution_id
returning q.execution_id
"""

LEAVE_TO_NEWER: Final = """
update run_queue
set state = 'ready', worker = null, min_reader = greatest(min_reader, %(reader)s + 1)
where execution_id = %(execution)s and token = %(token)s and state = 'leased'
"""

TAKE_CANCELLED: Final = """
update run_queue set state = 'ready', token = token + 1, worker = null, due_at = clock_timestamp()
where execution_id in (
    select execution_id from run_queue
    where state = 'leased' and cancel_at < clock_timestamp() - make_interval(secs => %(after_s)s)
    for update skip locked limit %(limit)s
)
returning execution_id
"""

LET_GO_ON: Final = """
update run_queue set state = 'ready'
where execution_id in (
    select first.execution_id from (
        select distinct on (workflow_id, concurrency_key)
               execution_id, workflow_id, concurrency_key, max_concurrency, max_per_key
        from run_queue where state = 'held'
        order by workflow_id, concurrency_key, priority, due_at
    ) first
    where coalesce((
        select count(*) from run_queue q
        where q.state = 'leased' and q.concurrency_key is not null
          and q.workflow_id = first.workflow_id) < first.max_concurrency, true)
      and coalesce((
        select count(*) from run_queue q
        where q.state = 'leased' and q.concurrency_key = first.concurrency_key
          and q.workflow_id = first.workflow_id) < first.max_per_key, true)
    limit %(limit)s
)
"""

DROP_DEAD_WORKERS: Final = """
delete from run_worker where lease_until < clock_timestamp() - interval '1 hour'
"""

WAKE: Final = """
update run_queue
set wake = wake + 1, due_at = least(due_at, clock_timestamp()),
    state = case state when 'waiting' then 'ready' else state end
where execution_id = %(execution)s
returning lane
"""

CANCEL: Final = """
update run_queue
set cancel_at = coalesce(cancel_at, clock_timestamp()), wake = wake + 1,
    due_at = least(due_at, clock_timestamp()),
    state = case when state in ('waiting', 'held') then 'ready' else state end
where execution_id = %(execution)s
returning lane
"""
