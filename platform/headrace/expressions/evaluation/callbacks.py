"""Functions as arguments: `item => item.name`, `([key, value]) => …`, and plain `Number`."""

from __future__ import annotations

from collections.abc import Callable

from headrace.expressions.evaluation.builder import Builder
from headrace.expressions.evaluation.frame import Closure, Frame
from headrace.expressions.evaluation.names import namespace
from headrace.expressions.library.functions import Callback, Function
from headrace.expressions.library.index import FUNCTIONS, NAMESPACES
from headrace.expressions.syntax.tree import (
    ArrayPattern,
    Arrow,
    Member,
    Name,
    Node,
    ObjectPattern,
    children,
)
from headrace.expressions.values.kinds import UNDEFINED, Value
from headrace.expressions.values.properties import not_an_object, read

Assign = Callable[[list[Value], Value], None]
"""Puts an argument into the slots of the names that a parameter holds."""


def build_callback(builder: Builder, node: Node) -> Closure | None:
    """What makes the Python function of an argument; None if the argument is a plain value."""
    if isinstance(node, Arrow):
        return build_arrow(builder, node)
    function = function_named(builder, node)
    return None if function is None else _reference(function)


def function_named(builder: Builder, node: Node) -> Function | None:
    """The function that `Number` or `Math.abs` names, unless a parameter is called so."""
    if isinstance(node, Name) and builder.slot(node.name) is None:
        return FUNCTIONS.get(node.name)
    if isinstance(node, Member):
        owner = namespace(builder, node.target)
        return NAMESPACES[owner].get(node.name) if owner else None
    return None


def build_arrow(builder: Builder, node: Arrow) -> Closure:
    """An arrow function; each call pays for the size of its body."""
    names = [name for parameter in node.parameters for name in _names(parameter)]
    if len(set(names)) < len(names):
        return builder.refuse(node, "parameters", "Give every parameter a name of its own.")
    with builder.parameters(names) as places:
        body = builder.closure(node.body)
    slots = dict(zip(names, places, strict=True))
    assigns = [_assign(parameter, slots) for parameter in node.parameters]
    steps = _size(node.body)

    def bind(frame: Frame) -> Callback:
        def callback(*arguments: Value) -> Value:
            frame.spend(steps)
            for assign, argument in zip(assigns, arguments, strict=False):
                assign(frame.slots, argument)
            return body(frame)

        return callback

    def bind_single(frame: Frame) -> Callback:
        (slot,) = places
        parameters = frame.slots

        def callback(argument: Value, *_: Value) -> Value:
            frame.spend(steps)
            parameters[slot] = argument
            return body(frame)

        return callback

    is_single = len(node.parameters) == 1 and isinstance(node.parameters[0], Name)
    return bind_single if is_single else bind


def _reference(function: Function) -> Closure:
    call, accepts = function.call, function.accepts

    def bind(frame: Frame) -> Callback:
        before = (frame.scope,) if function.needs_scope else ()

        def callback(*arguments: Value) -> Value:
            frame.spend(1)
            return call(*before, *arguments[:accepts])

        return callback

    return bind


def _names(pattern: Node) -> list[str]:
    """The names that a parameter binds, in order."""
    if isinstance(pattern, Name):
        return [pattern.name]
    return [name for part in children(pattern) for name in _names(part)]


def _size(node: Node) -> int:
    return 1 + sum(map(_size, children(node)))


def _assign(pattern: Node | None, slots: dict[str, int]) -> Assign:
    if isinstance(pattern, Name):
        return _assign_name(slots[pattern.name])
    if isinstance(pattern, ArrayPattern):
        return _assign_array([_assign(element, slots) for element in pattern.elements])
    if isinstance(pattern, ObjectPattern):
        return _assign_object([(key, _assign(part, slots)) for key, part in pattern.entries])
    return lambda _, __: None


def _assign_name(slot: int) -> Assign:
    def assign(places: list[Value], value: Value) -> None:
        places[slot] = value

    return assign


def _assign_array(elements: list[Assign]) -> Assign:
    def assign(places: list[Value], value: Value) -> None:
        if not isinstance(value, list | str):
            raise not_an_object(value, "an array for the parameter [ ]")
        found = list(value[: len(elements)])
        found += [UNDEFINED] * (len(elements) - len(found))
        for element, part in zip(elements, found, strict=True):
            element(places, part)

    return assign


def _assign_object(entries: list[tuple[str, Assign]]) -> Assign:
    def assign(places: list[Value], value: Value) -> None:
        for key, part in entries:
            part(places, read(value, key))

    return assign
