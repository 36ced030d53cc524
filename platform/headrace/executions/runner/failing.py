"""What a failed attempt means: another one, or which items leave the node all the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from headrace.engine import RetryPolicy, retry_delay_s
from headrace.engine.graph import Node
from headrace.executions.runner.outcome import Failure
from headrace.executions.runner.scope import leading
from headrace_sdk.items import Inputs, Item


def pause_s(
    policy: RetryPolicy,
    failure: Failure,
    *,
    execution: str,
    run: tuple[str, str],
    attempt: int,
    may_repeat: bool,
) -> float | None:
    """Seconds until the next attempt; `None` when there is none (engine-rules 21).

    `may_repeat` is false where the attempt wrote, and repeating could write twice.
    """
    if not failure.is_retryable or attempt >= policy.max_attempts:
        return None
    if not may_repeat and failure.sent != "no":
        return None
    return max(retry_delay_s(policy, execution, *run, attempt), failure.retry_after_s or 0.0)


def leaving(
    planned: Node, name: str, failure: Failure, inputs: Inputs
) -> Mapping[str, Sequence[Item]] | None:
    """The items that carry the error on, by port; `None` where it stops the execution."""
    error = failure.to_json(name)
    if planned.settings.on_error == "continue" and planned.first_output is not None:
        return {planned.first_output: [Item({"error": error}).at(0)]}
    if planned.settings.on_error == "error_port":
        return {
            "error": [
                Item({**item.json, "error": error}, item.binary).at(index)
                for index, item in enumerate(leading(inputs) or [Item({})])
            ]
        }
    return None
