"""Starts a run when another one failed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from headrace_sdk import (
    ErrorRegistration,
    Example,
    JsonObject,
    Params,
    Registration,
    Trigger,
    fields,
)

_FAILED: Final[JsonObject] = {
    "execution": {"id": "0198", "number": 12, "url": "/app/runs/0198", "mode": "webhook"},
    "workflow": {"id": "0197", "name": "Order intake"},
    "error": {
        "code": "upstream_error",
        "message": "503",
        "node": "Book",
        "item": 0,
        "severity": "error",
    },
}

_CRASHED: Final[JsonObject] = {
    **_FAILED,
    "error": {
        "code": "crashed",
        "message": "The worker died several times while this execution was running.",
        "node": None,
        "item": None,
        "severity": "critical",
    },
}


class Form(Params):
    """Which failures."""

    scope: Literal["named", "all"] = fields.select(
        "Of which workflows",
        "named",
        labels={
            "named": "Those that name this one as their error workflow",
            "all": "All workflows",
        },
        expression=False,
    )
    severity: Literal["notice", "error", "critical"] = fields.select(
        "From severity",
        "notice",
        labels={
            "notice": "Notice: every failure, also of runs started by hand",
            "error": "Error: runs that went by themselves",
            "critical": "Critical: runs that crashed their workers",
        },
        help="What is less bad starts nothing.",
        expression=False,
    )
    window_s: float = fields.duration(
        "Once within",
        0,
        maximum=30 * 86_400,
        help="The same error of the same node is told once in this time; 0: every time.",
        expression=False,
    )


class ErrorTrigger(Trigger[Form]):
    """Starts a run when a run of another workflow failed.

    Workflows name their **error workflow** in their settings; one can also be set for the whole
    workspace. With *All workflows* it hears of every failure. One item comes out, with the failed
    `execution`, its `workflow` and the `error` with its `severity`. When a run of an error workflow
    fails, nothing further is started; a workflow that was called reports to its caller instead.
    """

    type = "triggers.error_trigger"
    title = "Error Trigger"
    category = "trigger"
    icon = "siren"
    synonyms = ("failure", "on error", "catch", "alert", "exception")
    Params = Form
    examples = (
        Example("Of workflows that name this one", {}, [_FAILED], {"main": [_FAILED]}),
        Example("All, the same error once an hour", {"scope": "all", "window_s": 3600}, [_FAILED]),
        Example("Crashes only", {"scope": "all", "severity": "critical"}, [_CRASHED]),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """Whose."""
        return "All workflows" if params.get("scope") == "all" else "Workflows that name it"

    @classmethod
    def register(cls, params: Form, node_id: str) -> Sequence[Registration]:
        """Failed runs."""
        return [ErrorRegistration(params.scope, params.window_s, params.severity)]
