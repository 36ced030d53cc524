"""Everything that is wrong with a document, from all sides, in one list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from headrace.catalog.queries import catalog, check_params, shapes_for, stored_params, switched_off
from headrace.engine import Problem, check_graph
from headrace.expressions import ExpressionProblem, check_value, compile_value
from headrace.expressions.errors import ExpressionSyntaxError
from headrace.workflows.error_workflows import error_workflow_problems
from headrace.workflows.model_fills import model_fill_problems
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.node import Node, Trigger


def problems(document: JsonObject) -> tuple[Problem, ...]:
    """Graph, parameters, expressions and credentials; errors come before warnings."""
    graph = check_graph(document, shapes_for(document), reads=reads(document))
    found = [*graph, *error_workflow_problems(document)]
    if not any(problem.code in _FORMAT_CODES for problem in graph):
        found.extend(_node_problems(document))
        found.extend(model_fill_problems(document))
        found.extend(_setting_problems(document))
    return tuple(sorted(found, key=lambda problem: problem.severity != "error"))


_FORMAT_CODES = frozenset({"invalid_format", "too_many_nodes", "too_many_edges"})


def reads(document: JsonObject) -> Mapping[str, frozenset[str]]:
    """For each node id, the names of the nodes that its expressions mention."""
    found: dict[str, frozenset[str]] = {}
    for _, node in _nodes(document):
        try:
            names = compile_value(node.get("params") or {}).node_names
        except ExpressionSyntaxError:
            continue
        if names:
            found[cast("str", node["id"])] = names
    return found


def _nodes(document: JsonObject) -> Iterator[tuple[int, JsonObject]]:
    nodes = document.get("nodes")
    for index, node in enumerate(nodes if isinstance(nodes, list) else []):
        if isinstance(node, dict) and isinstance(node.get("id"), str):
            yield index, node


def _setting_problems(document: JsonObject) -> Iterator[Problem]:
    settings = cast("JsonObject", document.get("settings") or {})
    for fault in check_value(settings.get("concurrency_key")):
        path = f"/settings/concurrency_key{fault.path}"
        yield Problem(code=fault.code, message=fault.message, node=None, path=path)


def _node_problems(document: JsonObject) -> Iterator[Problem]:
    names = {node.get("name") for _, node in _nodes(document)}
    off = switched_off({str(node.get("type")) for _, node in _nodes(document)})
    for index, node in _nodes(document):
        node_class = catalog().find(str(node.get("type")))
        base = f"/nodes/{index}"
        if node.get("type") in off and not node.get("disabled"):
            yield Problem(
                code="plugin_off",
                message=f"The plugin of {node['type']} is switched off. An owner can switch it on.",
                node=cast("str", node["id"]),
                path=f"{base}/type",
            )
        yield from _expression_problems(node, base, names)
        if node_class is not None:
            yield from _parameter_problems(node_class, node, base)
            yield from _credential_problems(node_class, node, base)


def _expression_problems(node: JsonObject, base: str, names: set[JsonValue]) -> Iterator[Problem]:
    params = node.get("params") or {}
    faults = list(check_value(params))
    for fault in faults:
        yield _expression_problem(node, base, fault)
    if faults:
        return
    for name in sorted(compile_value(params).node_names - names):
        yield Problem(
            code="unknown_node_name",
            message=f'An expression mentions the node "{name}", which is not in this workflow.',
            node=cast("str", node["id"]),
            path=f"{base}/params",
        )


def _expression_problem(node: JsonObject, base: str, fault: ExpressionProblem) -> Problem:
    return Problem(
        code=fault.code,
        message=fault.message,
        node=cast("str", node["id"]),
        path=f"{base}/params{fault.path}",
    )


def _parameter_problems(node_class: type[Node], node: JsonObject, base: str) -> Iterator[Problem]:  # type: ignore[type-arg]
    params = stored_params(node_class, node)
    for pointer, message in check_params(node_class, params):
        yield Problem(
            code="invalid_parameter",
            message=message,
            node=cast("str", node["id"]),
            path=f"{base}/params{pointer}",
        )
    if issubclass(node_class, Trigger) and not compile_value(params).is_constant:
        yield Problem(
            code="trigger_expression",
            message="A trigger is set up before any data exists: write values, not expressions.",
            node=cast("str", node["id"]),
            path=f"{base}/params",
        )


def _credential_problems(node_class: type[Node], node: JsonObject, base: str) -> Iterator[Problem]:  # type: ignore[type-arg]
    chosen = node.get("credentials") or {}
    params = stored_params(node_class, node)
    for slot in node_class.credentials:
        shown = slot.show_if is None or params.get(slot.show_if[0]) in slot.show_if[1]
        if slot.required and shown and not cast("JsonObject", chosen).get(slot.name):
            yield Problem(
                code="credential_missing",
                message=f"Choose a credential ({' or '.join(slot.types)}).",
                node=cast("str", node["id"]),
                path=f"{base}/credentials/{slot.name}",
            )
