"""What every node keeps to. `check_node` lists what one does not; an empty list is the goal.

Needs the package `jsonschema`, as tests have it.
"""

from __future__ import annotations

from headrace_sdk.conformance.behaviour import check_behaviour
from headrace_sdk.conformance.declaration import check_declaration
from headrace_sdk.conformance.form import check_form
from headrace_sdk.conformance.violation import Violation
from headrace_sdk.node import AnyNode

__all__ = ["Violation", "check_node"]


def check_node(node_class: AnyNode) -> list[Violation]:
    """Every convention that a node breaks: its declaration, its form, then its behaviour.

    The behaviour is tried only when the declaration is whole, for it needs the examples.
    """
    violations = [*check_declaration(node_class), *check_form(node_class)]
    return violations or list(check_behaviour(node_class))
