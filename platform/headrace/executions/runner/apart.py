"""Runs nodes in processes of their own, and hears what they say there.

Those that ask for it compute only; those of plugins that no operator has verified may ask for what
their package declared.
"""

from __future__ import annotations

from typing import Any

from headrace.catalog.queries import catalog
from headrace.catalog.types import Plugin
from headrace.executions.isolated import job as parts
from headrace.executions.isolated.asking import Collected
from headrace.executions.isolated.job import Job
from headrace.executions.isolated.processes import Processes
from headrace.executions.isolated.returning import Returned
from headrace.executions.runner.context import RunContext
from headrace.executions.runner.doors import Doors
from headrace_sdk.items import Inputs
from headrace_sdk.node import AnyNode, ParamSet
from headrace_sdk.waits import Wake


class Apart:
    """The way to such a process, for all attempts of an execution."""

    def __init__(self, processes: Processes) -> None:
        self._processes = processes

    async def run(
        self,
        node_class: AnyNode,
        context: RunContext,
        params: ParamSet[Any],
        inputs: Inputs,
        *,
        wake: Wake | None,
        timeout_s: float | None,
    ) -> Returned:
        """See `Processes.run`."""
        plugin = plugin_apart(node_class)
        job = Job(
            node_class=f"{node_class.__module__}:{node_class.__qualname__}",
            params=[one.model_dump(mode="json") for one in _distinct(params)],
            rows=len(params),
            inputs={port: [*items] for port, items in inputs.items()},
            wake=wake,
            execution=context.execution,
            node_name=context.node_name,
            attempt=context.attempt,
            turn=context.turn,
            now=context.now,
            random_seed=context.random.getrandbits(64),
            doors=_doors(plugin, node_class, context, inputs) if plugin else None,
        )

        def hear(kind: str, said: Any) -> None:
            if kind == "log":
                context.log(said["message"], said["level"], **said["facts"])
            elif kind == "progress":
                context.progress(said["fraction"], said["message"])
            elif kind == "stream":
                context.stream(said)

        serve = Doors(context) if plugin else None
        returned = await self._processes.run(job, hear, timeout_s, serve)
        return context.outcomes.collect() if isinstance(returned, Collected) else returned


def runs_apart(node_class: AnyNode) -> bool:
    """Does it say so, or is its package not trusted in a worker?"""
    return node_class.place == "child" or plugin_apart(node_class) is not None


def plugin_apart(node_class: AnyNode) -> Plugin | None:
    """The package of a node that is not trusted in a worker."""
    plugin = catalog().plugin_of(node_class.type)
    return plugin if plugin is not None and plugin.trust == "community" else None


def _doors(plugin: Plugin, node_class: AnyNode, context: RunContext, inputs: Inputs) -> parts.Doors:
    if not node_class.per_item:
        return parts.Doors(plugin.needs.processes)
    known = tuple(item for item in range(len(inputs.main)) if context.outcomes.has(item))
    stops = bool(getattr(context.outcomes, "stops", True))
    return parts.Doors(plugin.needs.processes, known, stops)


def _distinct(params: ParamSet[Any]) -> list[Any]:
    """One for all items where all are the same object, else each."""
    same = all(one is params.first for one in params)
    return [params.first] if same else [*params]
