"""Holds the nodes of plugins to what their package declared, and to what the tenant switched on."""

from __future__ import annotations

from headrace.catalog.fence import NotNeeded, target_check
from headrace.catalog.queries import catalog, foreign, switched_off
from headrace.executions.runner.context import RunContext
from headrace.tenants.threads import in_thread
from headrace.workflows.compiled import CompiledWorkflow


def held_to_needs(context: RunContext, kind: str) -> RunContext:
    """The context of a node of this type, with only those doors open that were declared."""
    plugin = catalog().plugin_of(kind)
    if plugin is None or plugin.trust == "core":
        return context
    context.http.check_target = target_check(plugin)
    # Programs of the operator are for the nodes that come with the installation.
    context.programs = NotNeeded(plugin, "programs")
    if not plugin.needs.files:
        context.files = NotNeeded(plugin, "files")
    if not plugin.needs.tables:
        context.tables = NotNeeded(plugin, "tables")
        # What a workspace knows is its data as much as its tables are.
        context.knowledge = NotNeeded(plugin, "tables")
    return context


async def types_off(workflow: CompiledWorkflow) -> frozenset[str]:
    """The node types of a workflow whose package this tenant has switched off."""
    kinds = {node.kind for node in workflow.nodes.values()}
    # The thread and the query are only for workflows with nodes of plugins.
    return await in_thread(switched_off, kinds) if foreign(kinds) else frozenset()
