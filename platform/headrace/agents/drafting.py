"""The document of a new agent: Workflow Input, then AI Agent."""

from __future__ import annotations

from typing import Final, cast

from headrace.workflows.document import empty
from headrace_sdk.items import JsonObject, JsonValue

AGENT: Final = "ai.agent"
INPUT: Final = "triggers.workflow_input"
_APART: Final = 320
_MAX_CONCURRENCY: Final = "max_concurrency"


def agent_document(name: str, *, model: str, instructions: str, limit: int | None) -> JsonObject:
    """A workflow that takes a `task` and answers it."""
    task: JsonObject = {
        "name": "task",
        "type": "text",
        "required": True,
        "description": "What is to be done, with all that is needed for it.",
    }
    given = _node("input", "Task", INPUT, {"inputs": [task]})
    agent = _node(
        "agent",
        "Agent",
        AGENT,
        {"model": model, "system": instructions, "prompt": {"=": "{{ $json.task }}"}},
    )
    agent["position"] = [_APART, 0]
    edge: JsonObject = {"from": ["input", "main"], "to": ["agent", "main"]}
    made: JsonObject = {**empty(name), "nodes": [given, agent], "edges": [edge]}
    return limited(made, limit)


def limited(document: JsonObject, limit: int | None) -> JsonObject:
    """The document with so many runs at once at most, `None` for any number."""
    settings = dict(cast("JsonObject", document.get("settings") or {}))
    settings.pop(_MAX_CONCURRENCY, None)
    if limit is not None:
        settings[_MAX_CONCURRENCY] = limit
    return {**document, "settings": settings}


def limit_of(document: JsonObject) -> int | None:
    """How many runs at once its settings allow."""
    settings = document.get("settings")
    found = settings.get(_MAX_CONCURRENCY) if isinstance(settings, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _node(key: str, name: str, kind: str, params: JsonObject) -> JsonObject:
    position: list[JsonValue] = [0, 0]
    return {
        "id": key,
        "name": name,
        "type": kind,
        "version": 1,
        "position": position,
        "params": params,
    }
