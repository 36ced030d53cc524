"""What a failed attempt means: another one, a question, or which items leave all the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from headrace.engine import retry_delay_s
from headrace.engine.graph import Node
from headrace.executions.runner.outcome import Failure
from headrace.executions.runner.scope import leading
from headrace_sdk.items import Inputs, Item
from headrace_sdk.node import Effect


@dataclass(frozen=True, slots=True)
class Stakes:
    """What an attempt can have done outside, and who decides when nobody knows whether it did.

    `is_keyed`: the other side can tell that a repeated write is the same. `asks`: a person
    decides. `asks_first`: even where the author said what an error means.
    """

    effect: Effect
    is_keyed: bool
    asks: bool
    asks_first: bool

    def may_repeat(self, failure: Failure) -> bool:
        """May the attempt be made again by itself (engine-rules 21)?"""
        if self.effect != "write" or failure.sent == "no":
            return True
        return not self.asks if failure.sent == "maybe" else self.is_keyed

    def is_unknown(self, failure: Failure, planned: Node) -> bool:
        """Is this a question for a person rather than an error?"""
        if self.effect != "write" or failure.sent != "maybe" or not self.asks:
            return False
        return self.asks_first or planned.settings.on_error == "stop"


PURE: Final = Stakes("pure", is_keyed=True, asks=False, asks_first=False)
READ: Final = Stakes("read", is_keyed=True, asks=False, asks_first=False)


def pause_s(
    planned: Node, failure: Failure, *, execution: str, run: tuple[str, str], attempt: int
) -> float | None:
    """Seconds until the next attempt; `None` when the policy wants none."""
    policy = planned.settings.retry
    if not failure.is_retryable or attempt >= policy.max_attempts:
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
