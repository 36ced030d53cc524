"""Which trigger answers at an address. What was found is remembered briefly, misses never.

The insert that follows checks in SQL that the version is still the published one, so a
deactivated workflow is gone at once, also for a process that remembers it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool

from headrace.catalog.queries import catalog, stored_params
from headrace.executions.limits import Limits, limits_of_version
from headrace.tenants.threads import in_thread
from headrace.triggers import paths
from headrace.workflows.queries import version
from headrace_sdk.errors import HeadraceError
from headrace_sdk.node import Trigger
from headrace_sdk.registrations import WebhookRegistration

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


@dataclass(frozen=True, slots=True)
class Registered:
    """A hook with its trigger node made ready, so that a request finds nothing left to prepare."""

    hook: Hook
    node_class: type[Trigger[Any]]
    params: Any
    registration: WebhookRegistration
    workflow_name: str
    version_number: int | None
    limits: Limits


def registered(hook: Hook) -> Registered:
    """The trigger behind a hook. May ask the database for its version.

    Raises:
        HeadraceError: its node type is not installed any more.
    """
    node_class = catalog().find(hook.node_type)
    if node_class is None or not issubclass(node_class, Trigger):
        message = f"The trigger type {hook.node_type} is not installed."
        raise HeadraceError(message, code="node_type_missing")
    params = node_class.Params.model_validate(stored_params(node_class, hook.config))
    found = next(
        one
        for one in node_class.register(params, hook.node)
        if isinstance(one, WebhookRegistration)
    )
    record = version(hook.version_id)
    return Registered(
        hook=hook,
        node_class=node_class,
        params=params,
        registration=found,
        workflow_name=record.workflow_name,
        version_number=record.ref.number,
        limits=limits_of_version(hook.version_id),
    )


class TriggerCache:
    """Remembers triggers by tenant, method and requested path."""

    def __init__(self) -> None:
        self._known: dict[tuple[UUID, str, str], tuple[float, Registered]] = {}

    async def find(
        self,
        pool: AsyncConnectionPool[Any],
        tenant: UUID,
        method: str,
        path: str,
        *,
        is_test: bool,
    ) -> Registered | None:
        """The trigger for a request, or `None`."""
        key = (tenant, method, path)
        if not is_test and (known := self._known.get(key)) and known[0] > time.monotonic():
            return known[1]
        hook = await _hook(pool, tenant, method, path, is_test=is_test)
        if hook is None:
            return None
        trigger = await in_thread(registered, hook)
        if not is_test:
            if len(self._known) > 10_000:
                self._known.clear()
            self._known[key] = (time.monotonic() + REMEMBERED_S, trigger)
        return trigger

    def forget(self, tenant: UUID, method: str, path: str) -> None:
        """Drop a trigger that turned out to be stale."""
        self._known.pop((tenant, method, path), None)


async def _hook(
    pool: AsyncConnectionPool[Any], tenant: UUID, method: str, path: str, *, is_test: bool
) -> Hook | None:
    wanted = {"tenant": tenant, "method": method, "patterns": paths.candidates(path)}
    async with pool.connection() as connection:
        cursor = connection.cursor(row_factory=class_row(Hook))
        await cursor.execute(FIND_TEST if is_test else FIND, wanted)
        hook: Hook | None = await cursor.fetchone()
        return hook
