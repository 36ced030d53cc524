"""What the triggers of a draft would wait for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from pydantic import ValidationError

from headrace.catalog.queries import catalog, stored_params
from headrace_sdk.errors import HeadraceError
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.node import Trigger
from headrace_sdk.registrations import Registration


def drafted(document: Mapping[str, JsonValue]) -> Iterator[tuple[JsonObject, Registration]]:
    """By node; of one whose form is not filled in rightly, nothing."""
    for node in cast("list[JsonObject]", document["nodes"]):
        for registration in _registrations(node):
            yield node, registration


def _registrations(node: JsonObject) -> Iterator[Registration]:
    node_class = catalog().find(str(node["type"]))
    if node_class is None or not issubclass(node_class, Trigger) or node.get("disabled"):
        return
    try:
        params = node_class.Params.model_validate(stored_params(node_class, node))
        yield from node_class.register(params, str(node["id"]))
    except (ValidationError, HeadraceError):
        return
