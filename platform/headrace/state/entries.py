"""Values by key: reads, and the changes that give an answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

import orjson
from django.db.models import Q
from psycopg import sql

from headrace.state.models import Entry
from headrace.state.once import locked
from headrace.state.types import Shared
from headrace.tenants.clock import database_now
from headrace_sdk.items import JsonValue
from headrace_sdk.state import encoded, increased, lengthened

SET: Final = (
    "insert into {entries} as kept (id, tenant_id, owner, key, value, expires_at, updated_at) "
    "values (gen_random_uuid(), {owner_of_schema}(), %s, %s, %s, "
    "clock_timestamp() + make_interval(secs => %s), clock_timestamp()) "
    "on conflict (owner, key) do update set value = excluded.value, "
    "expires_at = excluded.expires_at, updated_at = excluded.updated_at"
)
DELETE: Final = "delete from {entries} where owner = %s and key = %s"


def read(shared: Shared) -> bytes | None:
    """The value as it is kept, `None` where there is none."""
    rows = Entry.objects.filter(owner=shared.owner, key=shared.key)
    row = rows.filter(Q(expires_at=None) | Q(expires_at__gt=database_now())).first()
    return None if row is None else bytes(row.value)


def change(shared: Shared, act: Callable[[JsonValue], JsonValue], ttl_s: float | None) -> JsonValue:
    """Put what `act` makes of the value (`None` where there is none) in its place."""
    row = locked(Entry, shared)
    now = database_now()
    value = act(_value(row, now))
    row.value = encoded(value)
    row.expires_at = None if ttl_s is None else now + timedelta(seconds=ttl_s)
    row.updated_at = now
    row.save(update_fields=["value", "expires_at", "updated_at"])
    return value


def incr(shared: Shared, by: float, ttl_s: float | None) -> JsonValue:
    """Add to a number; the new number."""
    return change(shared, lambda value: increased(value, by), ttl_s)


def append(shared: Shared, value: JsonValue, ttl_s: float | None) -> JsonValue:
    """Add to a list; its new length."""
    longer = change(shared, lambda kept: lengthened(kept, value), ttl_s)
    return len(longer) if isinstance(longer, list) else 0


def compare_set(
    shared: Shared, expected: JsonValue, value: JsonValue, ttl_s: float | None
) -> JsonValue:
    """Put a value in the place of `expected`; was that there?"""
    row = locked(Entry, shared)
    if encoded(_value(row, database_now())) != encoded(expected):
        return False
    change(shared, lambda _: value, ttl_s)
    return True


def statement(
    schema: str, shared: Shared, value: bytes | None, ttl_s: float | None
) -> tuple[sql.Composed, tuple[Any, ...]]:
    """The SQL that keeps or forgets (`None`) a value within somebody else's transaction."""
    entries = sql.Identifier(schema, "state_entry")
    if value is None:
        return sql.SQL(DELETE).format(entries=entries), (shared.owner, shared.key)
    command = sql.SQL(SET).format(
        entries=entries, owner_of_schema=sql.Identifier(schema, "this_tenant")
    )
    return command, (shared.owner, shared.key, value, ttl_s)


def _value(row: Entry, now: datetime) -> JsonValue:
    if row.expires_at is not None and row.expires_at <= now:
        return None
    value: JsonValue = orjson.loads(bytes(row.value))
    return value
