"""One broken convention."""

from __future__ import annotations

from dataclasses import dataclass

from headrace_sdk.node import AnyNode


@dataclass(frozen=True, slots=True)
class Violation:
    """`rule` is a stable word; `message` says what to change."""

    node: str
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.node}: {self.message} [{self.rule}]"

    @classmethod
    def of(cls, node_class: AnyNode, rule: str, message: str) -> Violation:
        """A violation by a node that may even lack a type."""
        return cls(getattr(node_class, "type", node_class.__qualname__), rule, message)
