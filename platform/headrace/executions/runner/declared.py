"""Holds the nodes of plugins to what their package declared, at every door of their context."""

from __future__ import annotations

from headrace.catalog.fence import NoFiles, target_check
from headrace.catalog.queries import catalog
from headrace.executions.runner.context import RunContext


def held_to_needs(context: RunContext, kind: str) -> RunContext:
    """The context of a node of this type, with only those doors open that were declared."""
    plugin = catalog().plugin_of(kind)
    if plugin is None or plugin.trust == "core":
        return context
    context.http.check_target = target_check(plugin)
    if not plugin.needs.files:
        context.files = NoFiles(plugin)
    return context
