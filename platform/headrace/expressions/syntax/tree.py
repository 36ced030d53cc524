"""The tree of an expression. Every part knows its place in the source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from headrace.expressions.errors import Span
from headrace.expressions.values.kinds import Value


@dataclass(frozen=True, slots=True)
class Node:
    """Any part; `start` and `end` are its place in the template's text."""

    start: int
    end: int

    @property
    def span(self) -> Span:
        """Start and end in one."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """`5`, `"text"`, `true`, `null`, `undefined`."""

    value: Value


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable, function or parameter."""

    name: str


@dataclass(frozen=True, slots=True)
class NodeReference(Node):
    """`$("Name")`."""

    name: str


@dataclass(frozen=True, slots=True)
class Member(Node):
    """`target.name` and `target["name"]`; `optional` with `?.`."""

    target: Node
    name: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Index(Node):
    """`target[key]`; `optional` with `?.`."""

    target: Node
    key: Node
    optional: bool


@dataclass(frozen=True, slots=True)
class Call(Node):
    """`callee(…)`. An argument may be a `Spread` or an `Arrow`."""

    callee: Node
    arguments: tuple[Node, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """A run of steps with a `?.` among them: nothing there means `undefined` for all of it."""

    steps: Node


@dataclass(frozen=True, slots=True)
class Unary(Node):
    """`!x`, `-x`, `+x`, `~x`, `typeof x`, `void x`."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """Both sides are evaluated."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Logical(Node):
    """`&&`, `||`, `??`: the right side only when it is needed."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Conditional(Node):
    """`test ? chosen : otherwise`."""

    test: Node
    chosen: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class TemplateLiteral(Node):
    """A text between backquotes; its literal pieces are `Literal` nodes."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Spread(Node):
    """`...values`, within an array, an object or arguments."""

    values: Node


@dataclass(frozen=True, slots=True)
class ArrayLiteral(Node):
    """`[…]`."""

    elements: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entry(Node):
    """`key: value` of an object; a fixed key is a `Literal`."""

    key: Node
    value: Node


@dataclass(frozen=True, slots=True)
class ObjectLiteral(Node):
    """`{…}`, of `Entry` and `Spread`."""

    entries: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ArrayPattern(Node):
    """`[a, , b]` as a parameter; None where an element is left out."""

    elements: tuple[Node | None, ...]


@dataclass(frozen=True, slots=True)
class ObjectPattern(Node):
    """`{a, b: c}` as a parameter: keys and what they are bound to."""

    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Arrow(Node):
    """`(parameters) => body`. A parameter is a `Name` or a pattern."""

    parameters: tuple[Node, ...]
    body: Node


def children(node: Node) -> Iterator[Node]:
    """The parts directly under a node, in the order of the source."""
    for field in fields(node):
        yield from _nodes_in(getattr(node, field.name))


def _nodes_in(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for element in value:
            yield from _nodes_in(element)
