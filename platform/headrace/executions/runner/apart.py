"""Runs a node with `place = "child"` in a process of its own, and hears what it says from there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from headrace.executions.isolated.job import Job
from headrace.executions.isolated.processes import Processes
from headrace.executions.runner.context import RunContext
from headrace_sdk.context import Wake
from headrace_sdk.items import Inputs, Item
from headrace_sdk.node import AnyNode, ParamSet


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
    ) -> Mapping[str, Sequence[Item]]:
        """See `Processes.run`."""
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
        )

        def hear(kind: str, said: Any) -> None:
            if kind == "log":
                context.log(said["message"], said["level"], **said["facts"])
            elif kind == "progress":
                context.progress(said["fraction"], said["message"])
            elif kind == "stream":
                context.stream(said)

        return await self._processes.run(job, hear, timeout_s)


def _distinct(params: ParamSet[Any]) -> list[Any]:
    """One for all items where all are the same object, else each."""
    same = all(one is params.first for one in params)
    return [params.first] if same else [*params]
