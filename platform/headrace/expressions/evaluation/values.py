"""Constants, arrays, objects and template literals."""

from __future__ import annotations

from collections.abc import Callable

from headrace.expressions import utf16
from headrace.expressions.evaluation.builder import Builder
from headrace.expressions.evaluation.frame import JOINED, Closure, Frame, located
from headrace.expressions.library.objects import spread
from headrace.expressions.limits import check_array_length, check_text_length
from headrace.expressions.syntax.tree import (
    ArrayLiteral,
    Entry,
    Literal,
    Node,
    ObjectLiteral,
    Spread,
    TemplateLiteral,
)
from headrace.expressions.values.coercion import property_key, to_primitive, to_text
from headrace.expressions.values.kinds import Value
from headrace.expressions.values.properties import not_an_object

Extend = Callable[[Frame, list[Value]], None]


def build_literal(_: Builder, node: Literal) -> Closure:
    """A constant."""
    value = node.value
    return lambda _: value


def build_template_literal(builder: Builder, node: TemplateLiteral) -> Closure:
    """Pieces of text with values between them."""
    parts = [builder.closure(part) for part in node.parts]

    def template(frame: Frame) -> Value:
        texts = [to_text(to_primitive(part(frame), "string")) for part in parts]
        check_text_length(sum(map(len, texts)))
        text = utf16.text("".join(texts))
        frame.charge(text, JOINED)
        return text

    return located(template, node.span)


def build_array(builder: Builder, node: ArrayLiteral) -> Closure:
    """`[…]`."""
    if not any(isinstance(element, Spread) for element in node.elements):
        elements = [builder.closure(element) for element in node.elements]
        return lambda frame: [element(frame) for element in elements]
    return located(build_list(builder, node.elements), node.span)


def build_list(builder: Builder, nodes: tuple[Node, ...]) -> Callable[[Frame], list[Value]]:
    """What gathers values, some of them from `...values`."""
    extends = [_extend(builder, node) for node in nodes]

    def gather(frame: Frame) -> list[Value]:
        values: list[Value] = []
        for extend in extends:
            extend(frame, values)
        return values

    return gather


def _extend(builder: Builder, node: Node) -> Extend:
    if not isinstance(node, Spread):
        single = builder.closure(node)
        return lambda frame, values: values.append(single(frame))
    several = builder.closure(node.values)

    def extend(frame: Frame, values: list[Value]) -> None:
        added = several(frame)
        if not isinstance(added, list | str):
            raise not_an_object(added, "an array or a text after ...")
        check_array_length(len(values) + len(added))
        frame.spend(len(added))
        values.extend(added)

    return extend


def build_object(builder: Builder, node: ObjectLiteral) -> Closure:
    """`{…}`."""
    fills = [_fill(builder, entry) for entry in node.entries]

    def build(frame: Frame) -> dict[str, Value]:
        result: dict[str, Value] = {}
        for fill in fills:
            fill(frame, result)
        return result

    return located(build, node.span)


def _fill(builder: Builder, node: Node) -> Callable[[Frame, dict[str, Value]], None]:
    if isinstance(node, Entry):
        key, value = builder.closure(node.key), builder.closure(node.value)

        def set_one(frame: Frame, result: dict[str, Value]) -> None:
            result[property_key(key(frame))] = value(frame)

        return set_one
    assert isinstance(node, Spread)
    source = builder.closure(node.values)

    def set_all(frame: Frame, result: dict[str, Value]) -> None:
        added = spread(source(frame))
        frame.spend(len(added))
        result.update(added)

    return set_all
