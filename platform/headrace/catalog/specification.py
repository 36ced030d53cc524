"""A node class as the JSON that editor, API and documentation read: the NodeSpec."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final, cast

import orjson
from pydantic_core import to_jsonable_python

from headrace.catalog.types import CATEGORIES, Package, category_id
from headrace_sdk.credentials import CredentialType
from headrace_sdk.forms import Params
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.node import (
    AnyNode,
    Capability,
    CredentialSlot,
    Example,
    Port,
    PortsFrom,
    Trigger,
    is_agent,
    is_attachable,
)
from headrace_sdk.polling import PollingTrigger

_MARKUP: Final = re.compile(r"\*\*|`")
_SENTENCE: Final = re.compile(r"(.+?[.!?])(\s|$)", re.DOTALL)
_PLACES: Final = {category.id: place for place, category in enumerate(CATEGORIES)}


class Specifications(Mapping[str, JsonObject]):
    """The NodeSpec of every type: categories in the palette's order, then titles.

    Each is made when it is first asked for, which a worker never does.
    """

    def __init__(self, nodes: Mapping[str, tuple[AnyNode, Package]]) -> None:
        self._nodes = {
            kind: nodes[kind] for kind in sorted(nodes, key=lambda kind: _place(nodes[kind][0]))
        }
        self._made: dict[str, JsonObject] = {}

    def __getitem__(self, kind: str) -> JsonObject:
        if kind not in self._made:
            self._made[kind] = spec_json(*self._nodes[kind])
        return self._made[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def __len__(self) -> int:
        return len(self._nodes)

    def __contains__(self, kind: object) -> bool:
        return kind in self._nodes


def _place(node_class: AnyNode) -> tuple[int, str, str, str]:
    category = category_id(node_class.category)
    place = _PLACES.get(category, len(_PLACES))
    return place, category, node_class.title, node_class.type


def spec_json(node_class: AnyNode, package: Package) -> JsonObject:
    """The NodeSpec of a node class."""
    documentation = inspect.cleandoc(node_class.__doc__ or "")
    spec: dict[str, Any] = {
        "type": node_class.type,
        "version": node_class.version,
        "title": node_class.title,
        "description": _first_sentence(documentation),
        "category": category_id(node_class.category),
        "icon": node_class.icon,
        "synonyms": list(node_class.synonyms),
        "kind": _kind(node_class),
        "effect": node_class.effect,
        "attachable": is_attachable(node_class),
        "inputs": [_port(port) for port in node_class.inputs],
        "outputs": [_port(port) for port in node_class.outputs],
        "params": node_class.Params.model_json_schema(),
        "defaults": defaults(node_class.Params),
        "credentials": [_slot(slot) for slot in node_class.credentials],
        "settings_defaults": _settings(node_class),
        "documentation": documentation,
        "examples": [_example(example) for example in node_class.examples],
        "output_schema": node_class.output_schema,
        "package": {"name": package.distribution, "version": package.version},
    }
    if node_class.inputs_from or node_class.outputs_from:
        rules = {"inputs": node_class.inputs_from, "outputs": node_class.outputs_from}
        spec["x-ports"] = {side: _rule(rule) for side, rule in rules.items() if rule}
    if issubclass(node_class, PollingTrigger):
        spec["polls"] = True
    return cast("JsonObject", spec)


def credential_type_json(kind: type[CredentialType]) -> JsonObject:
    """A credential type; `fields` is the JSON Schema of what a person types in."""
    return {
        "id": kind.id,
        "title": kind.title,
        "documentation": kind.documentation,
        "fields": cast("JsonObject", kind.Fields.model_json_schema()),
    }


def defaults(form: type[Params]) -> JsonObject:
    """What each parameter is when nothing is stored; required ones are left out."""
    return cast("JsonObject", orjson.loads(_defaults_text(form)))


@cache
def _defaults_text(form: type[Params]) -> bytes:
    """As text, so that each caller has values of its own; asking the form takes far longer."""
    return orjson.dumps(
        {
            name: to_jsonable_python(field.get_default(call_default_factory=True))
            for name, field in form.model_fields.items()
            if not field.is_required()
        }
    )


def _kind(node_class: AnyNode) -> str:
    if issubclass(node_class, Trigger):
        return "trigger"
    if issubclass(node_class, Capability):
        return "capability"
    if is_agent(node_class):
        return "agent"
    return "flow" if category_id(node_class.category) == "flow" else "action"


def _first_sentence(documentation: str) -> str:
    paragraph = " ".join(documentation.partition("\n\n")[0].split())
    found = _SENTENCE.match(paragraph)
    return _MARKUP.sub("", found[1] if found else paragraph)


def _port(port: Port) -> JsonObject:
    out: JsonObject = {"id": port.id, "label": port.label or port.id, "kind": port.kind}
    return out | {"required": True} if port.required else out


def _rule(rule: PortsFrom) -> JsonObject:
    shown: JsonObject = {"from": rule.path, "plus": list(rule.plus)}
    if rule.also:
        shown["also"] = [
            {"port": port, "when": {"field": field, "in": list(values)}}
            for port, field, values in rule.also
        ]
    return shown


def _slot(slot: CredentialSlot) -> JsonObject:
    shown = slot.show_if
    return {
        "slot": slot.name,
        "types": list(slot.types),
        "required": slot.required,
        "show_if": {"field": shown[0], "in": list(shown[1])} if shown else None,
    }


def _settings(node_class: AnyNode) -> JsonObject:
    """After a crash a write is repeated only if the other side can tell that it is the same."""
    repeats = node_class.effect in ("pure", "read") or node_class.sends_idempotency_key
    return {
        "on_error": "stop",
        "on_crash": "retry" if repeats else "stop_and_ask",
        "retry": None,
        "timeout_s": None,
        "always_output": False,
        "execute_once": False,
    }


def _example(example: Example) -> JsonObject:
    out: JsonObject = {
        "title": example.title,
        "params": example.params,
        "items": [] if example.inputs else _items(example.items),
        "output": _by_port(example.output or {}),
    }
    return out | {"inputs": _by_port(example.inputs)} if example.inputs else out


def _by_port(ports: Mapping[str, Sequence[JsonObject]]) -> JsonObject:
    return {port: _items(items) for port, items in ports.items()}


def _items(items: Sequence[JsonObject]) -> list[JsonValue]:
    return [{"json": json} for json in items]
