"""Leaves an execution to a worker that has the packages of its nodes.

While a release or a package is rolled out, workers know different nodes. What one cannot run
another can; only when nobody has come for a while does the step fail and say what is missing.
"""

from __future__ import annotations

from typing import Final

from headrace.executions.errors import LeftToOthers
from headrace.executions.lease.claim import Claim
from headrace.executions.runner.resources import Resources
from headrace.workflows.compiled import CompiledWorkflow

LEAVE: Final = """
update run_queue
set state = 'ready', worker = null, unfit = array_append(unfit, %(registry)s::text),
    unfit_until = coalesce(unfit_until,
                           clock_timestamp() + make_interval(secs => %(patience_s)s))
where execution_id = %(execution)s and token = %(token)s and state = 'leased'
  and (unfit_until is null or unfit_until > clock_timestamp())
"""
"""Does nothing once it has waited for as long as it may."""


async def fitting(
    held: Claim, workflow: CompiledWorkflow, resources: Resources
) -> CompiledWorkflow:
    """The workflow, where this process has all of its nodes, or nobody came who has.

    Raises:
        LeftToOthers: it has not, and the execution was given back.
    """
    missing = sorted(
        {
            node.kind
            for node in workflow.nodes.values()
            if node.node_class is None and node.id in workflow.graph.nodes
        }
    )
    # The process of a command is the only one that looks into its lane.
    if not missing or held.is_cancelled or held.lane.startswith("command:"):
        return workflow
    given = {
        "execution": held.execution_id,
        "token": held.token,
        "registry": resources.settings.registry,
        "patience_s": resources.settings.patience_s,
    }
    async with resources.pool.connection() as connection:
        cursor = await connection.execute(LEAVE, given)
    if cursor.rowcount:
        raise LeftToOthers(missing)
    return workflow
