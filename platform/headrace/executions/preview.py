"""Evaluates a parameter as a run would, on the data of an earlier run or on given items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import orjson

from headrace.executions import queries
from headrace.executions.history import Step
from headrace.executions.runner.scope import binary_json
from headrace.expressions import (
    ExpressionError,
    ExpressionProblem,
    ItemsView,
    NodeView,
    Scope,
    check_value,
    compile_value,
)
from headrace.variables.naming import variables_in
from headrace.variables.queries import values
from headrace_sdk.errors import NodeError
from headrace_sdk.items import Item, JsonObject, JsonValue

MOST_ITEMS = 200


@dataclass(frozen=True, slots=True)
class Preview:
    """What is to be evaluated, and on what."""

    value: JsonValue
    document: JsonObject
    node: str
    now: datetime
    execution: UUID | None = None
    items: Sequence[Item] | None = None
    item_index: int = 0


def evaluate(asked: Preview) -> dict[str, Any]:
    """`{"ok": true, "value", "text", "type"}`, or `{"ok": false, "error"}` with its place."""
    try:
        compiled = compile_value(asked.value)
        mistakes = check_value(asked.value) if compiled.beyond else []
        if mistakes:
            return {"ok": False, "error": _told(mistakes[0])}
        value = compiled.evaluate(_scope(asked))
    except ExpressionError as error:
        return {"ok": False, "error": _shown(error)}
    except NodeError as error:
        return {"ok": False, "error": {"code": error.code, "message": error.message, "path": ""}}
    return {"ok": True, "value": value, "text": _text(value), "type": _type(value)}


def _scope(asked: Preview) -> Scope:
    steps = queries.history(asked.execution) if asked.execution else []
    latest = {step.node: step for step in steps}
    items = asked.items if asked.items is not None else _inputs(asked, latest)
    index = min(asked.item_index, max(len(items) - 1, 0))
    item = items[index] if items else Item({})
    names = _ids_by_name(asked.document)

    def node(name: str) -> NodeView | None:
        found = names.get(name, "")
        if pinned := _pinned(asked.document, found):
            return NodeView(pinned, lambda at: at)
        step = latest.get(found)
        if step is None or not step.items_out:
            return None
        return NodeView(_outputs(asked, step), lambda at: at)

    settings = cast("JsonObject", asked.document.get("settings") or {})
    return Scope(
        json=item.json,
        binary=binary_json(item),
        item_index=index,
        input=ItemsView(items),
        node=node,
        now=asked.now,
        variables=values(variables_in({"nodes": asked.value})),
        timezone=str(settings.get("timezone") or "UTC"),
        execution={"id": str(asked.execution or ""), "mode": "test", "resumeUrls": {}},
        workflow={"id": "", "name": str(asked.document.get("name") or "")},
    )


def _ids_by_name(document: JsonObject) -> Mapping[str, str]:
    nodes = cast("list[JsonObject]", document.get("nodes") or [])
    return {str(node.get("name")): str(node.get("id")) for node in nodes}


def _pinned(document: JsonObject, node: str) -> Sequence[Item]:
    """What stands for the node's output in runs of the draft; what is no item is left out."""
    pins = document.get("pins")
    given = pins.get(node) if isinstance(pins, dict) else None
    if not isinstance(given, list):
        return ()
    bodies = (one.get("json") for one in given[:MOST_ITEMS] if isinstance(one, dict))
    return [Item(body) for body in bodies if isinstance(body, dict)]


def _inputs(asked: Preview, latest: Mapping[str, Step]) -> Sequence[Item]:
    """What the node got in the run, or would get from what its parents put out in it."""
    for edge in cast("list[Any]", asked.document.get("edges") or []):
        (source, port), (target, _) = edge["from"], edge["to"]
        step = latest.get(source)
        if target == asked.node and step is not None and port in step.items_out:
            return _outputs(asked, step, port)
    return ()


def _outputs(asked: Preview, step: Step, port: str | None = None) -> Sequence[Item]:
    if asked.execution is None:
        return ()
    page = queries.step_items(
        asked.execution, step.node, step.run, side="output", port=port, offset=0, limit=MOST_ITEMS
    )
    return page.items


def _told(problem: ExpressionProblem) -> dict[str, Any]:
    told = asdict(problem)
    del told["length"]
    return told


def _shown(error: ExpressionError) -> dict[str, Any]:
    position = error.position
    place = (
        {"line": position.line, "column": position.column, "offset": position.offset}
        if position is not None
        else {}
    )
    return {"code": error.code, "message": error.message, "path": error.path, **place}


def _text(value: JsonValue) -> str:
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    return text[:2_000]


def _type(value: JsonValue) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, list) else "object"
