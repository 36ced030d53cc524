"""What a node does: its examples, and what it makes of data that nobody expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Final

from headrace_sdk.conformance.violation import Violation
from headrace_sdk.errors import NodeError, SecretError, UpstreamError
from headrace_sdk.items import Item, JsonObject, JsonValue
from headrace_sdk.node import AnyNode, Example, Trigger
from headrace_sdk.ports import resolve_ports
from headrace_sdk.testing import RunResult, run_node


def check_behaviour(node_class: AnyNode) -> Iterator[Violation]:
    """Violations that show when it runs."""
    for example in node_class.examples:
        yield from _check_example(node_class, example)
        yield from _check_hostile(node_class, example)
    yield from _check_summary(node_class)


def _check_example(node_class: AnyNode, example: Example) -> Iterator[Violation]:
    ports = _ports(example)
    before = deepcopy(ports)
    try:
        result = _run(node_class, example, ports)
    except (SecretError, UpstreamError) as error:
        if not example.needs:
            yield Violation.of(node_class, "example", f"{example.title!r} failed: {error!r}.")
        return
    except Exception as error:  # noqa: BLE001 - whatever a node raises is reported
        yield Violation.of(node_class, "example", f"{example.title!r} failed: {error!r}.")
        return
    if ports != before:
        yield Violation.of(node_class, "mutation", "It changed the JSON of an item in place.")
    yield from _check_outputs(node_class, example, result)
    yield from _check_lineage(node_class, example, result)
    if node_class.effect == "pure" and _json(result) != _json(_run(node_class, example, ports)):
        yield Violation.of(node_class, "pure", f"{example.title!r} gave two different results.")


def _check_outputs(node_class: AnyNode, example: Example, result: RunResult) -> Iterator[Violation]:
    if example.output is not None:
        expected = {port: items for port, items in example.output.items() if items}
        if _json(result) != expected:
            message = f"{example.title!r} gave {_json(result)}, not {expected}."
            yield Violation.of(node_class, "example", message)
    known = {port.id for port in node_class.outputs}
    if node_class.outputs_from:
        known = set(resolve_ports(node_class.outputs_from, example.params))
    for port in result.outputs.keys() - known:
        yield Violation.of(node_class, "ports", f"It put items on {port!r}, which is no port.")


def _check_lineage(node_class: AnyNode, example: Example, result: RunResult) -> Iterator[Violation]:
    given = list(_ports(example).values())
    if issubclass(node_class, Trigger) or not any(given):
        return
    for port, items in result.outputs.items():
        if not all(item.paired and _is_within(item, given) for item in items):
            message = f"{example.title!r}: items on {port!r} do not say which items they come from."
            yield Violation.of(node_class, "lineage", message)


def _is_within(item: Item, given: Sequence[Sequence[JsonObject]]) -> bool:
    return all(
        0 <= pair.input < len(given) and 0 <= pair.item < len(given[pair.input])
        for pair in item.paired
    )


def _check_hostile(node_class: AnyNode, example: Example) -> Iterator[Violation]:
    for name, item in HOSTILE.items():
        ports = {port: [item] for port in _ports(example)}
        try:
            _run(node_class, example, ports)
        except NodeError as error:
            if not str(error):
                yield Violation.of(node_class, "errors", "An error says what is wrong.")
        except Exception as error:  # noqa: BLE001 - whatever a node raises is reported
            message = f"{example.title!r} raised {error!r} for {name}; raise a NodeError."
            yield Violation.of(node_class, "errors", message)


def _check_summary(node_class: AnyNode) -> Iterator[Violation]:
    names = list(node_class.Params.model_fields)
    stored: list[JsonObject] = [dict.fromkeys(names, value) for value in _ODD_VALUES]
    for params in [{}, *stored, *(example.params for example in node_class.examples)]:
        try:
            summary = node_class.summary(params)
        except Exception as error:  # noqa: BLE001 - whatever a node raises is reported
            yield Violation.of(node_class, "summary", f"`summary` raised {error!r} for {params}.")
        else:
            if not _is_one_line(summary):
                yield Violation.of(node_class, "summary", "`summary` is one line of text.")


def _is_one_line(summary: object) -> bool:
    return isinstance(summary, str) and "\n" not in summary


def _run(
    node_class: AnyNode, example: Example, ports: Mapping[str, Sequence[JsonObject]]
) -> RunResult:
    return run_node(node_class, example.params, inputs=ports, http=example.answers)


def _ports(example: Example) -> dict[str, list[JsonObject]]:
    if example.inputs is not None:
        return {port: list(items) for port, items in example.inputs.items()}
    return {"main": list(example.items)}


def _json(result: RunResult) -> dict[str, list[JsonObject]]:
    return {port: result.json(port) for port, items in result.outputs.items() if items}


def _nested(depth: int) -> JsonValue:
    value: JsonValue = "bottom"
    for _ in range(depth):
        value = {"a": [value]}
    return value


HOSTILE: Final[dict[str, JsonObject]] = {
    "an empty item": {},
    "nulls": {"a": None, "id": None, "name": None, "value": None, "items": None},
    "wrong types": {"a": 1, "id": [], "name": {}, "value": True, "items": "no list"},
    "nesting": {"a": _nested(30), "items": [_nested(30)]},
    "odd names": {"": "", "a.b": 1, "a[0]": 2, "__proto__": {}, "\u202e\U0001f600": "\ufeff"},
    "odd numbers": {"a": 10**400, "id": -0.0, "value": 1e308, "name": 2**53 + 1},
    "long text": {"a": "x" * 100_000, "id": "é" * 10_000, "name": "\u0000"},
}

_ODD_VALUES: Final[tuple[JsonValue, ...]] = ({"=": "{{ $json.a }}"}, None, [], 7, {}, [None], "")
