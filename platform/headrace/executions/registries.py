"""Which nodes the live workers know, compared with those of this process."""

from __future__ import annotations

from django.db import connection

from headrace.catalog.queries import fingerprint
from headrace.executions.types import Workers
from headrace.tenants.context import current, public

LIVE = """
select count(*), count(*) filter (where registry <> %s)
from run_worker where lease_until > clock_timestamp()
"""

LEFT = """
select count(*) from run_queue
where tenant_id = %s and unfit is not null and state = 'ready' and unfit_until > clock_timestamp()
"""


def workers() -> Workers:
    """How many there are, how many of them know other nodes, and what waits for one that fits."""
    owner = current()
    with public(), connection.cursor() as cursor:
        cursor.execute(LIVE, [fingerprint()])
        count, different = cursor.fetchone() or (0, 0)
        cursor.execute(LEFT, [owner.id])
        (left,) = cursor.fetchone() or (0,)
    return Workers(count, different, left)
