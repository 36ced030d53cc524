"""The statements of the queue. Time is always the database's own clock."""

from __future__ import annotations

from typing import Final

CLAIM: Final = """
with picked as (
    select execution_id, t.slug from run_queue
    join tenants_tenant t on t.id = tenant_id and t.suspended_at is null
    where lane = any(%(lanes)s) and state = 'ready' and due_at <= clock_timestamp()
      and min_reader <= %(reader)s
    order by priority, due_at
    for update of run_queue skip locked
    limit %(limit)s
)
update run_queue q
set state = 'leased', token = token + 1, worker = %(worker)s
from picked
where q.execution_id = picked.execution_id
returning q.execution_id, q.tenant_id, q.schema, q.token, q.wake, q.cancel_at is not null,
          q.last_seq, q.crashes, case when q.last_seq = 0 then q.start end, picked.slug,
          q.number, clock_timestamp()
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
insert into run_worker (id, host, pid, version, lease_until)
values (%(id)s, %(host)s, %(pid)s, %(version)s,
        clock_timestamp() + make_interval(secs => %(lease_s)s))
on conflict (id) do update set lease_until = excluded.lease_until
"""

CHANGED: Final = """
select execution_id, wake, cancel_at is not null from run_queue
where worker = %(worker)s and state = 'leased'
"""

RELEASE_ALL: Final = """
update run_queue set state = 'ready', worker = null, token = token + 1
where worker = %(worker)s and state = 'leased'
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
    lane = case when lane like 'command:%%' then 'default' else lane end
from dead
where q.execution_id = dead.execution_id
returning q.execution_id
"""

LEAVE_TO_NEWER: Final = """
update run_queue
set state = 'ready', worker = null, min_reader = greatest(min_reader, %(reader)s + 1)
where execution_id = %(execution)s and token = %(token)s and state = 'leased'
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
    state = case state when 'waiting' then 'ready' else state end
where execution_id = %(execution)s
returning lane
"""
