"""Which nodes the live workers know, compared with those of this process."""

from __future__ import annotations

import orjson
from django.db import connection

from headrace.catalog.queries import fingerprint
from headrace.executions.types import Workers
from headrace.tenants.context import current, public

LIVE = """
select count(*), count(*) filter (where registry <> %s)
from run_worker where lease_until > clock_timestamp()
"""

SANDBOXES = """
select distinct sandbox from run_worker
where lease_until > clock_timestamp() and sandbox <> ''
"""

LEFT = """
select count(*) from run_queue
where tenant_id = %s and unfit is not null and state = 'ready' and unfit_until > clock_timestamp()
"""


def sandboxes() -> dict[str, list[str]]:
    """How the sandbox of each language stands in the live workers, each standing once."""
    with public(), connection.cursor() as cursor:
        cursor.execute(SANDBOXES)
        told = [orjson.loads(sandbox) for (sandbox,) in cursor.fetchall()]
    languages = sorted({language for one in told for language in one})
    return {
        language: sorted({one[language] for one in told if language in one})
        for language in languages
    }


def workers() -> Workers:
    """How many there are, how many of them know other nodes, and what waits for one that fits."""
    owner = current()
    with public(), connection.cursor() as cursor:
        cursor.execute(LIVE, [fingerprint()])
        count, different = cursor.fetchone() or (0, 0)
        cursor.execute(LEFT, [owner.id])
        (left,) = cursor.fetchone() or (0,)
    return Workers(count, different, left)
