"""The door from trees to closures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from headrace.expressions.evaluation import calls, names, operators, values
from headrace.expressions.evaluation.builder import Build, Builder, Refusal
from headrace.expressions.evaluation.frame import Closure
from headrace.expressions.syntax import refusals
from headrace.expressions.syntax.tree import (
    ArrayLiteral,
    Arrow,
    Binary,
    Call,
    Chain,
    Conditional,
    Index,
    Literal,
    Logical,
    Member,
    Name,
    Node,
    NodeReference,
    ObjectLiteral,
    TemplateLiteral,
    Unary,
)


@dataclass(frozen=True, slots=True)
class Compiled:
    """An expression ready to run.

    `is_borrowed`: its value is a part of its scope as it stands and needs no second look.
    """

    run: Closure
    slot_count: int
    node_names: frozenset[str]
    reads_item: bool
    is_borrowed: bool
    refusals: tuple[Refusal, ...]


def compile_tree(tree: Node) -> Compiled:
    """Decide what every part of `tree` means; what means nothing is in `refusals`."""
    builder = Builder(_BUILDS)
    run = builder.closure(tree)
    return Compiled(
        run=run,
        slot_count=builder.slot_count,
        node_names=frozenset(builder.node_names),
        reads_item=builder.reads_item,
        is_borrowed=_is_borrowed(tree),
        refusals=tuple(builder.refusals),
    )


def _refuse_arrow(builder: Builder, node: Arrow) -> Closure:
    return builder.refuse(node, "arrow function", refusals.ARROW_PLACE, is_beyond=True)


def _is_borrowed(node: Node) -> bool:
    while isinstance(node, Member):
        node = node.target
    return isinstance(node, Name | NodeReference)


_BUILDS: Final[dict[type[Node], Build]] = {
    Arrow: _refuse_arrow,
    ArrayLiteral: values.build_array,
    Binary: operators.build_binary,
    Call: calls.build_call,
    Chain: names.build_chain,
    Conditional: operators.build_conditional,
    Index: names.build_index,
    Literal: values.build_literal,
    Logical: operators.build_logical,
    Member: names.build_member,
    Name: names.build_name,
    NodeReference: names.build_node_reference,
    ObjectLiteral: values.build_object,
    TemplateLiteral: values.build_template_literal,
    Unary: operators.build_unary,
}
