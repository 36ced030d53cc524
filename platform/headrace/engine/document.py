"""Reads a workflow document, which may be any JSON at all, into typed parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from headrace.engine.fields import (
    BOOLEAN,
    ENDPOINT,
    ID,
    LIST,
    OBJECT,
    POSITION,
    FieldReader,
    Rule,
    integer,
    is_object,
    number,
    one_of,
    optional,
    text,
    written,
)
from headrace.engine.groups import check_groups
from headrace.engine.problems import Findings
from headrace.engine.settings import Limits, NodeSettings, RetryPolicy, WorkflowSettings

FORMAT: Final = "headrace/1"
_YEAR_S: Final = 366 * 86_400

_DOCUMENT: Final[Mapping[str, Rule]] = {
    "format": one_of(FORMAT),
    "name": Rule("a text", lambda value: isinstance(value, str)),
    "nodes": LIST,
    "edges": LIST,
    "settings": OBJECT,
    "pins": OBJECT,
    "pin_facts": OBJECT,
    "notes": LIST,
    "groups": LIST,
}
_NODE: Final[Mapping[str, Rule]] = {
    "id": ID,
    "name": text(200),
    "type": text(200),
    "version": optional(integer(1, 1_000_000)),
    "position": POSITION,
    "params": OBJECT,
    "settings": OBJECT,
    "credentials": OBJECT,
    "disabled": BOOLEAN,
    "notes": written(10_000),
}
_NODE_SETTINGS: Final[Mapping[str, Rule]] = {
    "on_error": one_of("stop", "continue", "error_port"),
    "always_output": BOOLEAN,
    "execute_once": BOOLEAN,
    "timeout_s": optional(number(0.001, _YEAR_S)),
    "max_iterations": integer(1, 1_000_000),
    "retry": OBJECT,
}
_RETRY: Final[Mapping[str, Rule]] = {
    "max_attempts": integer(1, 100),
    "initial_s": number(0, _YEAR_S),
    "factor": number(1, 100),
    "max_s": number(0, _YEAR_S),
    "jitter": BOOLEAN,
}
_WORKFLOW_SETTINGS: Final[Mapping[str, Rule]] = {
    "order": one_of("parallel", "sequential"),
    "max_parallel_steps": integer(1, 1_000),
    "max_runs": integer(1, 100_000_000),
    "timeout_s": optional(number(0.001, _YEAR_S)),
    "deadline_s": optional(number(0.001, 10 * _YEAR_S)),
    "max_concurrency": optional(integer(1, 10_000)),
    "concurrency_key": Rule("a text or an expression", lambda key: isinstance(key, str | dict)),
    "max_per_key": optional(integer(1, 10_000)),
    "priority": one_of("low", "default", "high"),
}


@dataclass(frozen=True, slots=True)
class DocumentNode:
    """A node as its author drew it."""

    index: int
    id: str
    name: str
    position: tuple[float, float]
    settings: NodeSettings
    disabled: bool


@dataclass(frozen=True, slots=True)
class DocumentEdge:
    """A wire as its author drew it."""

    index: int
    source: str
    port: str
    target: str
    input: str


@dataclass(frozen=True, slots=True)
class Document:
    """What could be read; parts that were wrong are left out and stand in the findings."""

    nodes: tuple[DocumentNode, ...]
    edges: tuple[DocumentEdge, ...]
    settings: WorkflowSettings
    pinned: tuple[str, ...]


def read_document(source: object, limits: Limits, findings: Findings) -> Document | None:
    """The parts of a document; `None` if there is nothing to go on with."""
    if not is_object(source):
        findings.add("invalid_format", "A workflow document must be a JSON object.")
        return None
    reader = FieldReader(findings, "invalid_format", "")
    fields = cast("dict[str, Any]", reader.read(source, _DOCUMENT, "format", "nodes", "edges"))
    nodes, edges = fields.get("nodes", ()), fields.get("edges", ())
    if _is_too_large(len(nodes), len(edges), limits, findings):
        return None
    settings = FieldReader(findings, "invalid_setting", "/settings").read(
        fields.get("settings", {}), _WORKFLOW_SETTINGS
    )
    found = _nodes(nodes, findings)
    check_groups(fields.get("groups", []), {node.id for node in found}, findings)
    return Document(
        nodes=found,
        edges=_edges(edges, findings),
        settings=WorkflowSettings(**cast("dict[str, Any]", settings)),
        pinned=_pinned(fields.get("pins", {}), findings),
    )


def _is_too_large(nodes: int, edges: int, limits: Limits, findings: Findings) -> bool:
    for what, size, limit in (("nodes", nodes, limits.nodes), ("edges", edges, limits.edges)):
        if size > limit:
            advice = "split it into sub-workflows"
            message = f"The workflow has {size} {what}, more than {limit}: {advice}."
            findings.add(f"too_many_{what}", message, path=f"/{what}")
    return nodes > limits.nodes or edges > limits.edges


def _nodes(sources: list[object], findings: Findings) -> tuple[DocumentNode, ...]:
    found: dict[str, DocumentNode] = {}
    names: dict[str, str] = {}
    for index, source in enumerate(sources):
        node = _node(index, source, findings)
        if node is None:
            continue
        path = f"/nodes/{index}"
        if node.id in found:
            message = f'Two nodes have the id "{node.id}"; every id may occur once.'
            findings.add("duplicate_id", message, path=f"{path}/id", node=node.id)
            continue
        if node.name in names:
            message = f'Two nodes are named "{node.name}"; rename one, expressions go by the name.'
            findings.add("duplicate_name", message, path=f"{path}/name", node=node.id)
        found[node.id] = node
        names.setdefault(node.name, node.id)
    return tuple(found.values())


def _node(index: int, source: object, findings: Findings) -> DocumentNode | None:
    path = f"/nodes/{index}"
    if not is_object(source):
        findings.add("invalid_format", "A node must be an object.", path=path)
        return None
    given = source.get("id")
    known = given if isinstance(given, str) else None
    reader = FieldReader(findings, "invalid_format", path, node=known)
    fields = cast("dict[str, Any]", reader.read(source, _NODE, "id", "name", "type"))
    if "id" not in fields:
        return None
    return DocumentNode(
        index=index,
        id=fields["id"],
        name=fields.get("name", fields["id"]),
        position=tuple(fields.get("position", (0, 0))),
        settings=_node_settings(fields.get("settings", {}), path, fields["id"], findings),
        disabled=fields.get("disabled", False),
    )


def _node_settings(
    source: Mapping[str, object], path: str, node: str, findings: Findings
) -> NodeSettings:
    reader = FieldReader(findings, "invalid_setting", f"{path}/settings", node)
    fields = cast("dict[str, Any]", reader.read(source, _NODE_SETTINGS))
    reader = FieldReader(findings, "invalid_setting", f"{path}/settings/retry", node)
    retry = cast("dict[str, Any]", reader.read(fields.pop("retry", {}), _RETRY))
    return NodeSettings(retry=RetryPolicy(**retry), **fields)


def _edges(sources: list[object], findings: Findings) -> tuple[DocumentEdge, ...]:
    found: list[DocumentEdge] = []
    rules = {"from": ENDPOINT, "to": ENDPOINT}
    for index, source in enumerate(sources):
        path = f"/edges/{index}"
        if not is_object(source):
            findings.add("invalid_format", "An edge must be an object.", path=path, edge=index)
            continue
        reader = FieldReader(findings, "invalid_format", path, edge=index)
        ends = cast("dict[str, Any]", reader.read(source, rules, "from", "to"))
        if len(ends) == 2:
            found.append(DocumentEdge(index, *ends["from"], *ends["to"]))
    return tuple(found)


def _pinned(source: Mapping[str, object], findings: Findings) -> tuple[str, ...]:
    for node, items in source.items():
        right = isinstance(items, list | tuple) and all(
            is_object(item) and is_object(item.get("json")) for item in items
        )
        if not right:
            message = 'Pinned items must be a list of objects, each with an object "json".'
            findings.add("invalid_format", message, path=f"/pins/{pointer(node)}", node=node)
    return tuple(source)


def pointer(part: str) -> str:
    """A name as one part of a JSON pointer (RFC 6901, section 3)."""
    return part.replace("~", "~0").replace("/", "~1")
