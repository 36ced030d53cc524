"""How many executions of a workflow may run at once: read from its settings when one is accepted.

`max_concurrency` bounds the runs of the workflow, `max_per_key` (1 when only a key is given) those
with the same `concurrency_key`, a value or an expression over the trigger's first item. What was
accepted keeps the limits of its version. Runs that wait hold no slot.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final, cast
from uuid import UUID

import orjson

from headrace.expressions import (
    CompiledValue,
    ExpressionError,
    ItemsView,
    Scope,
    compile_value,
)
from headrace.expressions.errors import ExpressionSyntaxError
from headrace.tenants.context import current
from headrace.workflows.queries import version
from headrace_sdk.errors import NodeError
from headrace_sdk.items import Item, JsonObject, JsonValue

PRIORITIES: Final = {"high": 2, "default": 5, "low": 8}
"""A tenant's own order; between tenants it says nothing. Lower comes first."""

_NO_TIME: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one version."""

    max_concurrency: int | None = None
    max_per_key: int | None = None
    key: CompiledValue | None = None
    priority: int = PRIORITIES["default"]
    timezone: str = "UTC"

    def row(self, items: Sequence[Item]) -> JsonObject:
        """The columns of the queue row for an execution that begins with these items."""
        if self.max_concurrency is None and self.max_per_key is None:
            return {}
        return {
            "max_concurrency": self.max_concurrency,
            "max_per_key": self.max_per_key,
            "concurrency_key": self._digest(items),
        }

    def _digest(self, items: Sequence[Item]) -> str:
        """Empty without a key. A key that cannot be told is one of its own, shared by all such."""
        if self.key is None:
            return ""
        first = items[0] if items else Item({})
        scope = Scope(json=first.json, now=_NO_TIME, input=ItemsView(items), timezone=self.timezone)
        try:
            value = self.key.evaluate(scope)
        except (ExpressionError, NodeError):
            value = None
        text = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
        return hashlib.sha256(text).hexdigest()[:32]


def limits_of(settings: Mapping[str, JsonValue]) -> Limits:
    """Read a document's settings; what cannot be read limits nothing."""
    key = settings.get("concurrency_key")
    per_key = cast("int | None", settings.get("max_per_key"))
    return Limits(
        max_concurrency=cast("int | None", settings.get("max_concurrency")),
        max_per_key=(per_key or 1) if key is not None else None,
        key=_compiled(key) if key is not None else None,
        priority=PRIORITIES.get(str(settings.get("priority")), PRIORITIES["default"]),
        timezone=str(settings.get("timezone") or "UTC"),
    )


def limits_of_version(version_id: UUID) -> Limits:
    """The limits of a version of the tenant at work.

    Raises:
        VersionNotFound: there is no such version.
    """
    return _remembered(current().id, version_id)


@lru_cache(maxsize=1024)
def _remembered(tenant_id: UUID, version_id: UUID) -> Limits:
    del tenant_id
    settings = version(version_id).document.get("settings")
    return limits_of(cast("JsonObject", settings or {}))


def _compiled(key: JsonValue) -> CompiledValue | None:
    try:
        return compile_value(key)
    except ExpressionSyntaxError:
        return None
