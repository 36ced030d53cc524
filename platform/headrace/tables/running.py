"""What runs of workflows write: once for each run, however often it is attempted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

import orjson

from headrace.state.once import once
from headrace.state.types import Asker, Shared
from headrace.tables import rows as writing
from headrace.tables.errors import LimitReached
from headrace.tables.limits import MAX_ANSWER_BYTES
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.tables import Where


def insert(
    asker: Asker, call: int, shared: Shared, rows: Sequence[JsonObject]
) -> Sequence[JsonObject]:
    """See `headrace_sdk.tables.Tables.insert`; `shared.key` names the table."""
    return _once(asker, "insert", call, shared, lambda: writing.insert(shared.key, rows))


def upsert(
    asker: Asker, call: int, shared: Shared, rows: Sequence[JsonObject], by: Sequence[str]
) -> Sequence[JsonObject]:
    """See `headrace_sdk.tables.Tables.upsert`."""
    return _once(asker, "upsert", call, shared, lambda: writing.upsert(shared.key, rows, by))


def update(
    asker: Asker, call: int, shared: Shared, values: JsonObject, where: Sequence[Where]
) -> Sequence[JsonObject]:
    """See `headrace_sdk.tables.Tables.update`."""
    return _once(asker, "update", call, shared, lambda: writing.update(shared.key, values, where))


def delete(asker: Asker, call: int, shared: Shared, where: Sequence[Where]) -> Sequence[JsonObject]:
    """See `headrace_sdk.tables.Tables.delete`."""
    return _once(asker, "delete", call, shared, lambda: writing.delete(shared.key, where))


def _once(
    asker: Asker, kind: str, call: int, shared: Shared, act: Callable[[], list[JsonObject]]
) -> Sequence[JsonObject]:
    operation = asker.operation(f"table.{kind}", shared.key, call)
    answer = once(operation, asker.execution_id, lambda: cast("JsonValue", _bounded(act())))
    return cast("Sequence[JsonObject]", answer)


def _bounded(rows: list[JsonObject]) -> list[JsonObject]:
    """Rows that can be kept as an answer; otherwise nothing was done."""
    size = sum(len(orjson.dumps(row)) for row in rows)
    if size > MAX_ANSWER_BYTES:
        message = (
            f"The {len(rows):,} rows have more than {MAX_ANSWER_BYTES // 2**20} MiB together. "
            "Write fewer at a time."
        )
        raise LimitReached(message)
    return rows
