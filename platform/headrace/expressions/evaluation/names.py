"""Variables and parameters, and what they lead to by `.name` and `[key]`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from headrace.expressions.errors import ExpressionError, Span
from headrace.expressions.evaluation.builder import Builder
from headrace.expressions.evaluation.frame import READ, Closure, Frame
from headrace.expressions.library import words
from headrace.expressions.library.index import CONSTANTS, FUNCTIONS, NAMESPACES
from headrace.expressions.library.moments import start_of
from headrace.expressions.scope import ItemsView
from headrace.expressions.syntax import refusals
from headrace.expressions.syntax.tree import Chain, Index, Member, Name, Node, NodeReference
from headrace.expressions.values.kinds import SKIPPED, UNDEFINED, Value
from headrace.expressions.values.properties import read

_VARIABLES: Final[dict[str, Closure]] = {
    "$json": lambda frame: frame.scope.json,
    "$binary": lambda frame: frame.scope.binary,
    "$itemIndex": lambda frame: frame.scope.item_index,
    "$runIndex": lambda frame: frame.scope.run_index,
    "$now": lambda frame: frame.scope.current_moment(),
    "$today": lambda frame: start_of(frame.scope.current_moment(), "day"),
    "$vars": lambda frame: frame.scope.variables,
    "$execution": lambda frame: frame.scope.execution,
    "$workflow": lambda frame: frame.scope.workflow,
}
_OF_THE_ITEM: Final = frozenset({"$json", "$binary", "$itemIndex"})


def build_name(builder: Builder, node: Name) -> Closure:
    """A parameter or a variable."""
    slot = builder.slot(node.name)
    if slot is not None:
        return lambda frame: frame.slots[slot]
    variable = _VARIABLES.get(node.name)
    if variable is None:
        is_beyond = node.name in words.GLOBALS
        return builder.refuse(node, node.name, _why_not(node.name), is_beyond=is_beyond)
    builder.reads_item |= node.name in _OF_THE_ITEM
    return variable


def build_node_reference(builder: Builder, node: NodeReference) -> Closure:
    """`$("Name")` standing alone."""
    return builder.refuse(node, f'$("{node.name}")', "Add .item, .first(), .last() or .all().")


def build_member(builder: Builder, node: Member) -> Closure:
    """`target.name`."""
    known = build_view_member(builder, node) or build_constant(builder, node)
    if known is not None:
        return known
    target, name, span = builder.closure(node.target), node.name, node.span
    when_nothing = SKIPPED if node.optional else None

    def member(frame: Frame) -> Value:
        value = target(frame)
        if type(value) is dict:
            return value.get(name, UNDEFINED)
        if when_nothing is not None and (value is None or value is UNDEFINED):
            return when_nothing
        return _read(frame, value, name, span)

    return member


def build_index(builder: Builder, node: Index) -> Closure:
    """`target[key]`."""
    if is_view(builder, node.target):
        return builder.refuse(node, "[…]", "Use .all()[0] for the item at a position.")
    target, key, span = (builder.closure(node.target), builder.closure(node.key), node.span)
    is_optional = node.optional

    def index(frame: Frame) -> Value:
        value = target(frame)
        if is_optional and (value is None or value is UNDEFINED):
            return SKIPPED
        return _read(frame, value, key(frame), span)

    return index


def build_chain(builder: Builder, node: Chain) -> Closure:
    """A run of steps that ends early where `?.` meets nothing."""
    steps = builder.closure(node.steps)

    def chain(frame: Frame) -> Value:
        value = steps(frame)
        return UNDEFINED if value is SKIPPED else value

    return chain


def namespace(builder: Builder, node: Node) -> str | None:
    """The name of `Math` and its like, unless a parameter is called so."""
    if isinstance(node, Name) and node.name in NAMESPACES and builder.slot(node.name) is None:
        return node.name
    return None


def build_constant(builder: Builder, node: Member) -> Closure | None:
    """`Math.PI`; None if the target is no namespace."""
    owner = namespace(builder, node.target)
    if owner is None:
        return None
    constants = CONSTANTS.get(owner, {})
    if node.name not in constants:
        full = f"{owner}.{node.name}"
        is_function = node.name in NAMESPACES[owner]
        advice = f"Call it: {full}(…)." if is_function else missing(full)
        is_beyond = not is_function and node.name in words.STATIC[owner]
        return builder.refuse(node, full, advice, is_beyond=is_beyond)
    constant = constants[node.name]
    return lambda _: constant


def is_view(builder: Builder, node: Node) -> bool:
    """Is it `$input` or `$("Name")`?"""
    is_input = isinstance(node, Name) and node.name == "$input" and builder.slot("$input") is None
    return is_input or isinstance(node, NodeReference)


def build_view_member(builder: Builder, node: Member) -> Closure | None:
    """`.item` and `.isExecuted`; None if the target is neither `$input` nor `$("Name")`."""
    if not is_view(builder, node.target):
        return None
    view, span = view_of(builder, node.target), node.span
    if node.name == "item":
        builder.reads_item = True
        return lambda frame: _linked(frame, view(frame), span)
    if node.name == "isExecuted" and isinstance(node.target, NodeReference):
        name = node.target.name
        return lambda frame: frame.scope.node(name) is not None
    return builder.refuse(node, f".{node.name}", "Use .item, .first(), .last() or .all().")


def view_of(builder: Builder, node: Node) -> Callable[[Frame], ItemsView]:
    """What finds the items of `$input` or of a node that has run."""
    if not isinstance(node, NodeReference):
        return lambda frame: frame.scope.input
    builder.node_names.add(node.name)
    name, span = node.name, node.span

    def view(frame: Frame) -> ItemsView:
        found = frame.scope.node(name)
        if found is None:
            raise ExpressionError(
                f'The node "{name}" has not run before this one. '
                f'Connect it before this node, or ask $("{name}").isExecuted first.',
                code="node_not_executed",
                span=span,
            )
        return found

    return view


def missing(name: str) -> str:
    """The message for a name that means nothing."""
    advice = refusals.METHODS.get(name.rpartition(".")[2]) or refusals.VARIABLES.get(name)
    return advice or f"There is no {name}. Text belongs between quotes."


def _why_not(name: str) -> str:
    if name in FUNCTIONS:
        return f"Call it: {name}(…)."
    if name in NAMESPACES:
        return f"Write what of it you need, for instance {name}.{next(iter(NAMESPACES[name]))}(…)."
    if name == "$input":
        return "Add .item, .first(), .last() or .all()."
    return missing(name)


def _linked(frame: Frame, view: ItemsView, span: Span) -> Value:
    item = view.linked(frame.scope.item_index)
    if item is None:
        raise ExpressionError(
            "Several items, or none, led to this one, so .item does not say which is meant. "
            "Use .first(), .last() or .all().",
            code="no_linked_item",
            span=span,
        )
    return item


def _read(frame: Frame, value: Value, key: Value, span: Span) -> Value:
    try:
        if type(value) is str and not value.isascii():
            frame.charge(value, READ)
        return read(value, key)
    except ExpressionError as error:
        error.locate(span)
        raise
