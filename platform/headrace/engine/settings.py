"""Settings of nodes and workflows that change how a run goes, with their defaults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

OnError: TypeAlias = Literal["stop", "continue", "error_port"]
Order: TypeAlias = Literal["parallel", "sequential"]


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often an attempt is made, and the pauses between."""

    max_attempts: int = 1
    initial_s: float = 1.0
    factor: float = 2.0
    max_s: float = 60.0
    jitter: bool = True


@dataclass(frozen=True, slots=True)
class NodeSettings:
    """The part of a node's `settings` that is the engine's."""

    on_error: OnError = "stop"
    retry: RetryPolicy = RetryPolicy()
    always_output: bool = False
    execute_once: bool = False
    timeout_s: float | None = None
    max_iterations: int = 10_000


@dataclass(frozen=True, slots=True)
class WorkflowSettings:
    """The part of the document's `settings` that is the engine's.

    `timeout_s` counts the time with at least one step running, `deadline_s` all of it. The queue
    reads the last four when an execution is accepted; the engine only checks their form.
    """

    order: Order = "parallel"
    max_parallel_steps: int = 20
    max_runs: int = 1_000_000
    timeout_s: float | None = None
    deadline_s: float | None = None
    max_concurrency: int | None = None
    concurrency_key: object = None
    max_per_key: int | None = None
    priority: str = "default"


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a document may be, and from which number of runs the compiler warns."""

    nodes: int = 2_000
    edges: int = 10_000
    runs_without_loop: int = 64
