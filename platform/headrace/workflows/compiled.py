"""A version made ready to run: its graph, node classes and expressions, compiled once a process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast
from uuid import UUID

from headrace.catalog.queries import catalog, stored_params
from headrace.engine import Graph, compile_graph
from headrace.expressions import CompiledValue, compile_value
from headrace.tenants.context import current
from headrace.tenants.threads import in_thread
from headrace.variables.naming import variables_in
from headrace.workflows.queries import version
from headrace.workflows.stand_ins import shapes_to_run
from headrace.workflows.types import VersionRecord
from headrace.workflows.validation import reads
from headrace_sdk.items import Item, JsonObject
from headrace_sdk.node import Node

REMEMBERED: Final = 256
"""Versions that a process keeps compiled; at one more it begins anew."""


@dataclass(frozen=True, slots=True)
class CompiledNode:
    """One node of a version. `node_class` is `None` while its plugin is not installed."""

    id: str
    name: str
    kind: str
    node_class: type[Node[Any]] | None
    params: CompiledValue
    stored_params: JsonObject
    settings: JsonObject
    credentials: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CompiledWorkflow:
    """Everything that a run needs and that does not change while it runs."""

    record: VersionRecord
    graph: Graph
    nodes: Mapping[str, CompiledNode]
    ids_by_name: Mapping[str, str]
    pins: Mapping[str, tuple[Item, ...]]
    settings: JsonObject
    variables: Sequence[str]
    """As `variables_in` finds them."""

    @property
    def timezone(self) -> str:
        """The IANA name of the workflow's zone."""
        return str(self.settings.get("timezone") or "UTC")


_known: Final[dict[tuple[UUID, UUID], CompiledWorkflow]] = {}
"""By tenant and version."""


def compiled(version_id: UUID) -> CompiledWorkflow:
    """The version, compiled; remembered by this process, since versions never change.

    Raises:
        VersionNotFound: no such version in this tenant.
        InvalidGraph: its graph cannot run with the node types installed now.
    """
    found = _known.get((current().id, version_id))
    if found is None:
        found = compile_version(version(version_id))
        if len(_known) >= REMEMBERED:
            _known.clear()
        _known[current().id, version_id] = found
    return found


async def acompiled(version_id: UUID) -> CompiledWorkflow:
    """`compiled` for coroutines: no thread is used for what this process remembers."""
    known = _known.get((current().id, version_id))
    return known if known is not None else await in_thread(compiled, version_id)


def compile_version(record: VersionRecord) -> CompiledWorkflow:
    """Compile a version that may not be stored at all."""
    document = record.document
    nodes = [_node(node) for node in cast("list[JsonObject]", document["nodes"])]
    graph = compile_graph(document, shapes_to_run(document), reads=reads(document))
    return CompiledWorkflow(
        record=record,
        graph=graph,
        nodes={node.id: node for node in nodes},
        ids_by_name={node.name: node.id for node in nodes},
        pins=_pins(document),
        settings=cast("JsonObject", document.get("settings") or {}),
        variables=variables_in(document),
    )


def _node(node: JsonObject) -> CompiledNode:
    kind = str(node["type"])
    found = catalog().find(kind, cast("int | None", node.get("version")))
    params = stored_params(found, node) if found else cast("JsonObject", node.get("params") or {})
    return CompiledNode(
        id=str(node["id"]),
        name=str(node["name"]),
        kind=kind,
        node_class=found,
        params=compile_value(params),
        stored_params=params,
        settings=cast("JsonObject", node.get("settings") or {}),
        credentials=cast("dict[str, str]", node.get("credentials") or {}),
    )


def _pins(document: JsonObject) -> dict[str, tuple[Item, ...]]:
    pins = cast("dict[str, list[JsonObject]]", document.get("pins") or {})
    return {node: tuple(Item.from_json(item) for item in items) for node, items in pins.items()}
