"""The workflow document as bytes: canonical form, digest, and the few facts that lists show."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final, cast
from uuid import UUID

import orjson

from headrace.catalog.queries import catalog
from headrace.files.queries import as_id
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.node import Trigger

FORMAT: Final = "headrace/1"


def empty(name: str) -> JsonObject:
    """A document without nodes."""
    return {
        "format": FORMAT,
        "name": name,
        "nodes": [],
        "edges": [],
        "settings": {"timezone": "UTC"},
        "pins": {},
        "notes": [],
        "groups": [],
    }


def dump(document: JsonObject) -> bytes:
    """JSON bytes in the order of the keys as given."""
    return orjson.dumps(document)


def load(body: bytes | memoryview) -> JsonObject:
    """Reads `dump`'s form."""
    return cast("JsonObject", orjson.loads(body))


def digest(document: JsonObject) -> str:
    """SHA-256 over what can change a run: not the name, the groups, or what is written as notes.

    Positions count, because the order of branches follows the canvas.
    """
    relevant = {key: document.get(key) for key in ("edges", "settings", "pins")}
    relevant["nodes"] = _without_notes(document.get("nodes"))
    return hashlib.sha256(orjson.dumps(relevant, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _without_notes(nodes: JsonValue) -> JsonValue:
    """A draft may hold anything in the place of its nodes."""
    if not isinstance(nodes, list):
        return nodes
    return [
        {key: value for key, value in node.items() if key != "notes"}
        if isinstance(node, dict)
        else node
        for node in nodes
    ]


def pinned_files(document: JsonObject) -> set[UUID]:
    """The files that pinned items carry, whatever else a draft may hold there."""
    refs = (
        ref
        for items in _values(document.get("pins"))
        for item in (items if isinstance(items, list) else [])
        if isinstance(item, dict)
        for ref in _values(item.get("binary"))
        if isinstance(ref, dict)
    )
    return {id_ for ref in refs if (id_ := as_id(ref.get("id"))) is not None}


def _values(found: JsonValue) -> Iterable[JsonValue]:
    return found.values() if isinstance(found, dict) else ()


def without_pins(document: JsonObject) -> JsonObject:
    """The document as it is published: test data stays with the draft."""
    return {**{key: document[key] for key in document if key != "pin_facts"}, "pins": {}}


def trigger_types(document: JsonObject) -> list[str]:
    """The types of its enabled triggers, without repeats, in order of appearance."""
    known = catalog()
    found: dict[str, None] = {}
    for node in cast("list[JsonObject]", document.get("nodes") or []):
        kind = node.get("type")
        node_class = known.find(kind) if isinstance(kind, str) else None
        if node_class and issubclass(node_class, Trigger) and not node.get("disabled"):
            found[cast("str", kind)] = None
    return list(found)
