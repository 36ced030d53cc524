"""Which workflow answers at an address. What was found is remembered briefly, misses never.

The insert that follows checks in SQL that the version is still the published one, so a
deactivated workflow is gone at once, also for a process that remembers it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import class_row

from headrace.triggers import paths

REMEMBERED_S: Final = 30.0

FIND: Final = """
select workflow_id, version_id, node, node_type, path, config, null::uuid as listener
from triggers_hook
where tenant_id = %(tenant)s and method = %(method)s and pattern = any(%(patterns)s)
order by array_position(%(patterns)s, pattern::text) limit 1
"""

FIND_TEST: Final = """
select l.workflow_id, l.version_id, h ->> 'node' as node, h ->> 'node_type' as node_type,
       h ->> 'path' as path, h -> 'config' as config, l.id as listener
from triggers_testlistener l, jsonb_array_elements(l.hooks) h
where l.tenant_id = %(tenant)s and l.until > clock_timestamp()
  and h ->> 'method' = %(method)s and h ->> 'pattern' = any(%(patterns)s)
order by array_position(%(patterns)s, h ->> 'pattern') limit 1
"""


@dataclass(frozen=True, slots=True)
class Hook:
    """A registered address. `listener` is set for the editor's test address."""

    workflow_id: UUID
    version_id: UUID
    node: str
    node_type: str
    path: str
    config: dict[str, Any]
    listener: UUID | None


class HookCache:
    """Remembers found hooks by tenant, method and requested path."""

    def __init__(self) -> None:
        self._known: dict[tuple[UUID, str, str], tuple[float, Hook]] = {}

    async def find(
        self,
        connection: AsyncConnection[Any],
        tenant: UUID,
        method: str,
        path: str,
        *,
        is_test: bool,
    ) -> Hook | None:
        """The hook for a request, or `None`."""
        key = (tenant, method, path)
        if not is_test and (known := self._known.get(key)) and known[0] > time.monotonic():
            return known[1]
        cursor = connection.cursor(row_factory=class_row(Hook))
        await cursor.execute(
            FIND_TEST if is_test else FIND,
            {"tenant": tenant, "method": method, "patterns": paths.candidates(path)},
        )
        hook = await cursor.fetchone()
        if hook is not None and not is_test:
            if len(self._known) > 10_000:
                self._known.clear()
            self._known[key] = (time.monotonic() + REMEMBERED_S, hook)
        return hook

    def forget(self, tenant: UUID, method: str, path: str) -> None:
        """Drop a hook that turned out to be stale."""
        self._known.pop((tenant, method, path), None)
