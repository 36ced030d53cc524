"""Makes the run queue again from what the tenants' own schemas hold.

The queue is shared by all tenants and derived: after one tenant was restored from a backup, or the
queue was lost, its rows are missing or left over (R-063). Rebuilding is safe beside workers, since
an execution without a row cannot move, and every row it makes has a token that nobody ever had.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import orjson
from django.db import connection, transaction
from psycopg import sql

from headrace.executions.doorbell import doorbell
from headrace.executions.types import OPEN_STATUSES, Status
from headrace.tenants.context import TenantRef, public

DROP: Final = """
delete from run_queue q where q.tenant_id = %(tenant)s and not exists (
    select 1 from {executions} e where e.id = q.execution_id and e.status = any(%(open)s))
"""

# Milliseconds since the epoch are above every token that was counted up from zero. Whoever was
# told something while the row was missing is heard, too: the first wake makes the inbox be read.
MAKE: Final = """
insert into run_queue (execution_id, tenant_id, schema, lane, priority, state, due_at, wake, token,
                       last_seq, crashes, min_reader, number, start, workflow_id)
select e.id, e.tenant_id, %(schema)s, 'default', 5, 'ready', clock_timestamp(), 1,
       (extract(epoch from clock_timestamp()) * 1000)::bigint, s.last_seq, 0, 1, e.number, '',
       e.workflow_id
from {executions} e
join lateral (select max(last_seq) as last_seq from {segments} where execution_id = e.id) s
  on s.last_seq is not null
where e.status = any(%(open)s)
on conflict do nothing
"""

LOSE: Final = """
update {executions} e set status = %(crashed)s, error = %(error)s, ended_at = clock_timestamp()
where e.status = any(%(open)s)
  and not exists (select 1 from run_queue q where q.execution_id = e.id)
  and not exists (select 1 from {segments} s where s.execution_id = e.id)
"""

ERROR: Final = {
    "code": "beginning_lost",
    "message": (
        "The execution had not begun when the queue was lost, and with it what it was to begin "
        "with. Start it again."
    ),
    "node": None,
}


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many rows were `dropped` and `made`, and how many executions cannot begin any more."""

    dropped: int
    made: int
    lost: int


def rebuild_queue(owner: TenantRef) -> Rebuilt:
    """Bring the queue of one tenant in line with its executions and their logs."""
    parameters = {
        "tenant": owner.id,
        "schema": owner.schema,
        "open": [str(status) for status in OPEN_STATUSES],
        "crashed": str(Status.CRASHED),
        "error": orjson.dumps(ERROR),
    }
    with public(), transaction.atomic(), connection.cursor() as cursor:
        dropped, made, lost = (
            _execute(cursor, statement, owner, parameters) for statement in (DROP, MAKE, LOSE)
        )
    doorbell().ring("default")
    return Rebuilt(dropped, made, lost)


def _execute(cursor: Any, statement: str, owner: TenantRef, parameters: dict[str, object]) -> int:
    named = sql.SQL(statement).format(
        executions=sql.Identifier(owner.schema, "executions_execution"),
        segments=sql.Identifier(owner.schema, "executions_logsegment"),
    )
    cursor.execute(named, parameters)
    return int(cursor.rowcount)
