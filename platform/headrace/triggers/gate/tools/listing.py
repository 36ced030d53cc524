"""Which tools there are: those of active workflows, or of drafts that somebody listens to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.db.models.functions import Now
from pydantic import ValidationError

from headrace.catalog.queries import catalog, stored_params
from headrace.tenants.context import current
from headrace.triggers.models import Hook, TestListener
from headrace.triggers.paths import TOOL
from headrace_sdk.errors import HeadraceError
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.node import Trigger
from headrace_sdk.registrations import ToolRegistration

MOST: Final = 500


def tools(*, is_test: bool) -> list[JsonValue]:
    """The tools of the tenant at work by name, as MCP describes them."""
    hooks = _listened() if is_test else _active()
    named = {one.path: _described(one) for kind, config in hooks for one in _tool(kind, config)}
    return [named[name] for name in sorted(named)]


def _active() -> Iterator[tuple[str, Any]]:
    rows = Hook.objects.filter(tenant_id=current().id, method=TOOL).order_by("path")
    yield from rows.values_list("node_type", "config")[:MOST]


def _listened() -> Iterator[tuple[str, Any]]:
    rows = TestListener.objects.filter(tenant_id=current().id, until__gt=Now())
    for hooks in rows.values_list("hooks", flat=True)[:MOST]:
        yield from ((one["node_type"], one["config"]) for one in hooks if one["method"] == TOOL)


def _tool(node_type: str, config: Any) -> Iterator[ToolRegistration]:
    """None where its package is gone: the other tools are still there."""
    kind = catalog().find(node_type)
    if kind is None or not issubclass(kind, Trigger):
        return
    try:
        params = kind.Params.model_validate(stored_params(kind, config))
        for one in kind.register(params, ""):
            if isinstance(one, ToolRegistration):
                yield one
    except (ValidationError, HeadraceError):
        return


def _described(tool: ToolRegistration) -> JsonObject:
    shown: JsonObject = {
        "name": tool.path,
        "description": tool.description,
        "inputSchema": {"type": "object", **tool.schema},
        "annotations": {"readOnlyHint": tool.is_reading},
    }
    return {**shown, "title": tool.title} if tool.title else shown
