"""What becomes of a node that an older version of its type wrote, told before it is done."""

from __future__ import annotations

import copy
import logging
from collections.abc import Mapping
from typing import cast

from headrace.catalog.parameters import faults_of
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.node import AnyNode

logger = logging.getLogger(__name__)


def is_outdated(node_class: AnyNode, node: Mapping[str, JsonValue]) -> bool:
    """Was this node stored for an older version than the one that is installed?"""
    version = node.get("version")
    return isinstance(version, int) and version < node_class.version


def upgrade_of(node_class: AnyNode, version: int, params: JsonObject) -> JsonObject:
    """The stored parameters as the installed version has them, and what differs.

    `changes` are parameters that come, go, or have another value; `faults` is what is wrong with
    them then. An `upgrade` that fails says so in `error`, and gives no parameters.
    """
    after, error = _upgraded(node_class, version, params)
    faults = [] if after is None else faults_of(node_class, after)
    return {
        "type": node_class.type,
        "from_version": version,
        "to_version": node_class.version,
        "params": after,
        "changes": [] if after is None else _changes(params, after),
        "faults": [{"path": path, "message": message} for path, message in faults],
        "error": error,
    }


def _upgraded(
    node_class: AnyNode, version: int, params: JsonObject
) -> tuple[JsonObject | None, str | None]:
    if version >= node_class.version:
        return params, None
    try:
        return node_class.upgrade(copy.deepcopy(params), version), None
    except Exception as error:
        # An author's code, of which anything may come.
        logger.exception("%s cannot upgrade from version %s.", node_class.type, version)
        said = f"The package cannot take over what version {version} wrote"
        return None, f"{said} ({type(error).__name__}). Fill in the form anew."


def _changes(before: JsonObject, after: JsonObject) -> list[JsonValue]:
    return [
        cast("JsonValue", _change(name, before, after))
        for name in dict.fromkeys([*before, *after])
        if name not in before or name not in after or before[name] != after[name]
    ]


def _change(name: str, before: JsonObject, after: JsonObject) -> JsonObject:
    kind = "added" if name not in before else "changed" if name in after else "removed"
    return {
        "name": name,
        "change": kind,
        "before": before.get(name),
        "after": after.get(name),
    }
