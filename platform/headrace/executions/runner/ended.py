"""An execution that is about to end, for those who have something to say in that transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from headrace import engine
from headrace.executions.runner.assignment import Assignment
from headrace.executions.runner.steps import Steps
from headrace_sdk.items import JsonObject


@dataclass(frozen=True, slots=True)
class Ended:
    """`result` names the outputs that are its result."""

    given: Assignment
    steps: Steps
    status: str
    result: Sequence[engine.Source]
    error: JsonObject | None
