"""Parameters that are left to the model which calls a node as a tool: `{"=": {"model": {…}}}`.

`model` holds a `description` and, where the parameter's own will not do, a JSON Schema. Together
they are the schema of the tool's arguments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast

from headrace.catalog.parameters import MARKER
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.node import AnyNode

MODEL: Final = "model"
Path: TypeAlias = tuple[str | int, ...]

_KEPT: Final = frozenset(
    [
        "type",
        "enum",
        "const",
        "items",
        "properties",
        "required",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "additionalProperties",
    ]
)
_OF_ROWS: Final = {"number": "number", "boolean": "boolean", "object": "object", "array": "array"}
"""Types of JSON Schema by those that a row may name; else a text."""


@dataclass(frozen=True, slots=True)
class ModelFill:
    """One such parameter: where it stands, the argument that goes there, and its schema."""

    path: Path
    name: str
    schema: JsonObject


@dataclass(frozen=True, slots=True)
class MarkedPlace:
    """Where such a marker stands, and what it says, which may be anything."""

    path: Path
    content: JsonValue

    @property
    def is_sound(self) -> bool:
        """Does it say what it may say?"""
        told = self.content
        return (
            isinstance(told, dict)
            and told.keys() <= {"description", "schema"}
            and isinstance(told.get("description", ""), str)
            and isinstance(told.get("schema", {}), dict)
        )


def marked_places(value: JsonValue, path: Path = ()) -> Iterator[MarkedPlace]:
    """Every such marker within stored parameters, in their order."""
    if isinstance(value, dict):
        inner = value.get(MARKER)
        if value.keys() == {MARKER} and isinstance(inner, dict):
            if inner.keys() == {MODEL}:
                yield MarkedPlace(path, inner[MODEL])
            return
        for name, part in value.items():
            yield from marked_places(part, (*path, name))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from marked_places(part, (*path, index))


def model_fills(node_class: AnyNode, params: JsonObject) -> list[ModelFill]:
    """What a model fills in, each under a name of its own."""
    form = cast("JsonObject", node_class.Params.model_json_schema())
    found: list[ModelFill] = []
    for place in marked_places(params):
        told: Any = place.content if place.is_sound else {}
        schema = told.get("schema") or _own_schema(form, place.path, params)
        described = told.get("description") or _described(form, place.path)
        if described:
            schema = {**schema, "description": described}
        taken = {one.name for one in found}
        found.append(ModelFill(place.path, _name(params, place.path, taken), schema))
    return found


def arguments_schema(fills: Sequence[ModelFill]) -> JsonObject:
    """The JSON Schema of a tool's arguments: all are required, nothing else is taken."""
    return {
        "type": "object",
        "properties": {one.name: one.schema for one in fills},
        "required": [one.name for one in fills],
        "additionalProperties": False,
    }


def with_values(value: JsonValue, values: Mapping[Path, JsonValue], path: Path = ()) -> JsonValue:
    """Parameters with values in the places of markers. They are data, whatever they look like."""
    if path in values:
        return values[path]
    if isinstance(value, dict):
        return {name: with_values(part, values, (*path, name)) for name, part in value.items()}
    if isinstance(value, list):
        return [with_values(part, values, (*path, index)) for index, part in enumerate(value)]
    return value


def field_of(node_class: AnyNode, path: Path) -> JsonObject:
    """The schema of the field of a form that a path leads to; empty where there is none."""
    return _walk(cast("JsonObject", node_class.Params.model_json_schema()), path)


def _name(params: JsonObject, path: Path, taken: set[str]) -> str:
    """The argument's name: a row's own, else that of the field; numbered where it is not unique."""
    name = _row_name(params, path) or "_".join(str(step) for step in path)
    name = re.sub(r"[^A-Za-z0-9_]+", "_", name).strip("_")[:60] or "value"
    numbered = (f"{name}_{number}" for number in range(2, 1_000))
    return name if name not in taken else next(one for one in numbered if one not in taken)


def _row(params: JsonObject, path: Path) -> JsonObject:
    """The row of a list that a marker is the value of; empty where it is none."""
    value: Any = params
    if len(path) < 2 or not isinstance(path[-2], int):
        return {}
    for step in path[:-1]:
        value = value[step]
    return value if isinstance(value, dict) else {}


def _row_name(params: JsonObject, path: Path) -> str:
    name = _row(params, path).get("name")
    return name if isinstance(name, str) else ""


def _own_schema(form: JsonObject, path: Path, params: JsonObject) -> JsonObject:
    schema = {name: part for name, part in _walk(form, path).items() if name in _KEPT}
    if schema:
        return schema
    return {"type": _OF_ROWS.get(str(_row(params, path).get("type")), "string")}


def _described(form: JsonObject, path: Path) -> str:
    field = _walk(form, path)
    return str(field.get("description") or field.get("title") or "")


def _walk(form: JsonObject, path: Path) -> JsonObject:
    schema: Any = form
    for step in path:
        schema = _plain(form, schema)
        schema = (
            schema.get("items", {})
            if isinstance(step, int)
            else (schema.get("properties") or {}).get(step, {})
        )
    return {**_plain(form, schema), **_without_branches(schema)}


def _plain(form: JsonObject, schema: Any) -> Any:
    """Behind references; of alternatives the first that is not null."""
    if not isinstance(schema, dict):
        return {}
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        return _plain(form, cast("Any", form.get("$defs") or {}).get(name, {}))
    for one in schema.get("anyOf") or ():
        if one.get("type") != "null":
            return _plain(form, one)
    return schema


def _without_branches(schema: Any) -> JsonObject:
    return {name: part for name, part in schema.items() if name not in ("anyOf", "$ref", "default")}
