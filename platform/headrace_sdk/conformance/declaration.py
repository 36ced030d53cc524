"""What a node says about itself: names, documentation, ports and examples."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Final

from headrace_sdk.conformance.violation import Violation
from headrace_sdk.node import AnyNode, Capability, Node, PortsFrom, Trigger
from headrace_sdk.ports import resolve_ports

_TYPE: Final = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_ICON: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_ATTRIBUTES: Final = ("type", "title", "category", "Params")
MIN_DOCUMENTATION: Final = 40
"""Characters; a sentence that says what comes out is longer."""


def check_declaration(node_class: AnyNode) -> Iterator[Violation]:
    """Violations in what can be read without running anything."""
    missing = [name for name in _ATTRIBUTES if not hasattr(node_class, name)]
    for name in missing:
        yield Violation.of(node_class, "declared", f"Give it the class attribute {name!r}.")
    if missing:
        return
    yield from _check_names(node_class)
    yield from _check_documentation(node_class)
    yield from _check_ports(node_class)
    yield from _check_methods(node_class)


def _check_names(node_class: AnyNode) -> Iterator[Violation]:
    if not _TYPE.fullmatch(node_class.type):
        yield Violation.of(node_class, "type", "Write the type as pack.node, in lower_snake words.")
    if not _ICON.fullmatch(node_class.icon):
        yield Violation.of(node_class, "icon", "Name an icon in lower-case-with-dashes.")
    if not node_class.title.strip() or not node_class.category.strip():
        yield Violation.of(node_class, "title", "Give it a title and a category.")
    if node_class.version < 1:
        yield Violation.of(node_class, "version", "Versions count from 1.")


def _check_documentation(node_class: AnyNode) -> Iterator[Violation]:
    own = vars(node_class).get("__doc__") or ""
    if len(inspect.cleandoc(own)) < MIN_DOCUMENTATION:
        message = "Say in the docstring what it does, when to use it and what comes out."
        yield Violation.of(node_class, "documentation", message)
    if not node_class.examples:
        yield Violation.of(node_class, "example", "Give it an example that can be run.")


def _check_ports(node_class: AnyNode) -> Iterator[Violation]:
    for ports in (node_class.inputs, node_class.outputs):
        ids = [port.id for port in ports]
        if len(set(ids)) != len(ids):
            yield Violation.of(node_class, "ports", f"Two ports have one id: {ids}.")
    for rule in (node_class.inputs_from, node_class.outputs_from):
        if rule is not None and rule.path and not _is_resolvable(node_class, rule):
            message = f"No example's parameters give a port by {rule.path!r}."
            yield Violation.of(node_class, "x-ports", message)


def _is_resolvable(node_class: AnyNode, rule: PortsFrom) -> bool:
    only_path = PortsFrom(rule.path)
    return any(resolve_ports(only_path, example.params) for example in node_class.examples)


def _check_methods(node_class: AnyNode) -> Iterator[Violation]:
    if issubclass(node_class, Trigger):
        if node_class.register.__func__ is Trigger.register.__func__:  # type: ignore[attr-defined]
            yield Violation.of(node_class, "register", "A trigger says what it waits for.")
    elif issubclass(node_class, Capability):
        if "provide" not in _defined(node_class, Capability):
            yield Violation.of(node_class, "provide", "Write `async def provide`.")
    elif not inspect.iscoroutinefunction(node_class.run) or node_class.run is Node.run:
        yield Violation.of(node_class, "run", "Write `async def run`.")
    if node_class.effect == "varies" and "effect_of" not in _defined(node_class):
        yield Violation.of(node_class, "effect", "An effect that varies needs `effect_of`.")


def _defined(node_class: AnyNode, base: AnyNode = Node) -> set[str]:
    """The names that a class or its bases below `base` define."""
    below = node_class.__mro__[: node_class.__mro__.index(base)]
    return {name for base in below for name in vars(base)}
