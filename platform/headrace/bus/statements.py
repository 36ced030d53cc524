"""The bus as statements: what the runner puts into the transaction of a flush."""

from __future__ import annotations

import hashlib
from typing import Final

import orjson
from psycopg import sql

from headrace.executions.ports import Statement
from headrace.executions.types import AwaitedEvent, EmittedEvent
from headrace.tenants.context import TenantRef
from headrace_sdk.items import JsonValue
from headrace_sdk.texts import as_text

TOPIC: Final = "bus.event"

EMIT: Final = """
with stored as (
    insert into {} (id, kind, data, ordering_key, source, hops, problem)
    values (%s, %s, %s, %s, %s, %s, '')
    on conflict (id) do nothing returning id
)
insert into outbox_message (id, tenant_id, topic, payload, attempts)
select gen_random_uuid(), %s, %s, %s, 0 from stored
"""
AWAIT: Final = """
insert into {} (execution_id, node, run, wait, pattern, field, value_hash, state, until)
values (%s, %s, %s, %s, %s, %s, %s, 'open', %s) on conflict do nothing
"""
CLOSE: Final = """
update {} set state = 'closed'
where execution_id = %s and node = %s and run = %s and wait = %s and state in ('open', 'closed')
"""
WANTS_FACTS: Final = "select exists (select from {} where kind = 'fact')"


class BusStatements:
    """Implements `headrace.executions.ports.Events`."""

    def emitted(self, owner: TenantRef, event: EmittedEvent) -> Statement:
        """Store an event and have it delivered; a second time it does nothing."""
        return _in(owner, EMIT, "bus_event"), (
            event.id,
            event.kind,
            orjson.dumps(event.data),
            event.ordering_key,
            orjson.dumps(event.source).decode(),
            event.hops,
            owner.id,
            TOPIC,
            orjson.dumps({"event": str(event.id)}).decode(),
        )

    def awaited(self, owner: TenantRef, awaited: AwaitedEvent) -> Statement:
        """A step waits for an event from now on."""
        return _in(owner, AWAIT, "bus_eventwait"), (
            *_named(awaited),
            awaited.pattern,
            awaited.field,
            value_hash(awaited.value) if awaited.field else b"",
            awaited.until,
        )

    def closed(self, owner: TenantRef, awaited: AwaitedEvent) -> Statement:
        """It waits no more; changes a row, each time, unless an event was found first."""
        return _in(owner, CLOSE, "bus_eventwait"), _named(awaited)

    def wants_facts(self, owner: TenantRef) -> Statement:
        """One boolean: does anybody want to hear of ended executions?"""
        return _in(owner, WANTS_FACTS, "bus_subscription"), ()


def value_hash(value: JsonValue) -> bytes:
    """Equal for values that read alike: the number 7 and the text `7` are one order."""
    return hashlib.sha256(as_text(value).encode(errors="surrogatepass")).digest()


def _named(awaited: AwaitedEvent) -> tuple[object, ...]:
    return awaited.execution_id, awaited.node, awaited.run, awaited.wait


def _in(owner: TenantRef, statement: str, table: str) -> sql.Composed:
    return sql.SQL(statement).format(sql.Identifier(owner.schema, table))
