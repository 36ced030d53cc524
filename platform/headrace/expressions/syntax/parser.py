"""The grammar: precedence climbing over ECMA-262's expressions that neither change nor declare."""

from __future__ import annotations

from typing import Final

from headrace.expressions.limits import MAX_TREE_DEPTH
from headrace.expressions.syntax import refusals
from headrace.expressions.syntax.cursor import Cursor
from headrace.expressions.syntax.literals import LiteralParser
from headrace.expressions.syntax.patterns import read_parameters
from headrace.expressions.syntax.tokens import Kind
from headrace.expressions.syntax.tree import (
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
    Spread,
    Unary,
    children,
)

_LEVELS: Final = (
    ("??",),
    ("||",),
    ("&&",),
    ("|",),
    ("^",),
    ("&",),
    ("==", "!=", "===", "!=="),
    ("<", ">", "<=", ">=", "in"),
    ("<<", ">>", ">>>"),
    ("+", "-"),
    ("*", "/", "%"),
    ("**",),
)
_PRECEDENCE: Final = {sign: level for level, signs in enumerate(_LEVELS) for sign in signs}
_LOGICAL: Final = frozenset({"&&", "||", "??"})
_UNARY: Final = frozenset({"!", "-", "+", "~", "typeof", "void"})


def parse_expression(source: str, start: int) -> tuple[Node, int]:
    """The expression whose `{{` ends at `start`, and the offset behind its `}}`.

    Raises:
        ExpressionSyntaxError: it is not in our language.
    """
    cursor = Cursor(source, start)
    if cursor.at("}"):
        raise cursor.failure(
            "There is nothing between {{ and }}.", "{{ }}", (start, cursor.token.start)
        )
    tree = Parser(cursor).expression()
    end = cursor.token.end + 1
    if not cursor.at("}") or source[end - 1 : end] != "}":
        raise cursor.unexpected("The expression should end here with }}.")
    _check_depth(cursor, tree)
    return tree, end


class Parser(LiteralParser):
    """Reads expressions from a cursor."""

    def __init__(self, cursor: Cursor) -> None:
        super().__init__(cursor)
        self._grouped: set[int] = set()

    def expression(self) -> Node:
        """One expression, up to a sign that can not go on with it."""
        cursor = self.cursor
        with cursor.nested():
            start = cursor.token.start
            if self._arrow() is not None:
                raise cursor.failure(
                    refusals.ARROW_PLACE, "arrow function", (start, cursor.token.start)
                )
            test = self._binary(0)
            if not cursor.accept("?"):
                return test
            chosen = self.expression()
            cursor.expect(":")
            otherwise = self.expression()
            return Conditional(test.start, otherwise.end, test, chosen, otherwise)

    def argument(self) -> Node:
        """One argument of a call: an expression, `...values`, or an arrow function."""
        start = self.cursor.token.start
        if self.cursor.accept("..."):
            values = self.expression()
            return Spread(start, values.end, values)
        return self._arrow() or self.expression()

    def _arrow(self) -> Arrow | None:
        start = self.cursor.token.start
        parameters = read_parameters(self.cursor)
        if parameters is None:
            return None
        if self.cursor.at("{"):
            raise self.cursor.failure(refusals.ARROW_BODY, "function body")
        body = self.expression()
        return Arrow(start, body.end, parameters, body)

    def _binary(self, least: int) -> Node:
        cursor = self.cursor
        first = cursor.token.start
        left = self._unary()
        while _PRECEDENCE.get(cursor.token.text, -1) >= least:
            sign = cursor.advance()
            level = _PRECEDENCE[sign.text]
            if sign.text == "**":
                if isinstance(left, Unary) and left.start == first:
                    raise cursor.failure(refusals.SIGNED_POWER, "signed power", left.span)
                with cursor.nested():
                    right = self._binary(level)
            else:
                right = self._binary(level + 1)
            left = self._joined(sign.text, left, right)
        return left

    def _joined(self, operator: str, left: Node, right: Node) -> Node:
        span = (left.start, right.end)
        if operator not in _LOGICAL:
            return Binary(*span, operator, left, right)
        if self._mixes(operator, left) or self._mixes(operator, right):
            raise self.cursor.failure(refusals.MIXED_LOGIC, "??", span)
        return Logical(*span, operator, left, right)

    def _mixes(self, operator: str, side: Node) -> bool:
        if not isinstance(side, Logical) or id(side) in self._grouped:
            return False
        return (side.operator == "??") != (operator == "??")

    def _unary(self) -> Node:
        cursor = self.cursor
        if cursor.token.text not in _UNARY:
            return self._postfix()
        operator = cursor.advance()
        with cursor.nested():
            operand = self._unary()
        return Unary(operator.start, operand.end, operator.text, operand)

    def _postfix(self) -> Node:
        cursor = self.cursor
        node = self._primary()
        is_chain = False
        while True:
            optional = cursor.accept("?.")
            is_chain = is_chain or optional
            step = self._step(node, optional)
            if step is None:
                break
            node = step
        if cursor.token.kind is Kind.BACKQUOTE:
            message = "A template literal can not follow a value. Put + between them."
            raise cursor.failure(message, "tagged template")
        return Chain(*node.span, node) if is_chain else node

    def _step(self, target: Node, optional: bool) -> Node | None:
        """The next `.name`, `[key]` or `(…)` after `target`, if there is one."""
        cursor = self.cursor
        if cursor.accept("["):
            key = self.expression()
            end = cursor.expect("]").end
            return self._indexed(target, key, end, optional)
        if cursor.accept("("):
            arguments = self._list(")", self.argument)
            return Call(target.start, self.last_end, target, arguments, optional)
        if optional or cursor.accept("."):
            if cursor.token.kind is not Kind.NAME:
                raise cursor.unexpected("A name should follow the point.")
            name = cursor.advance()
            return self._member(target, name.text, name.end, optional)
        return None

    def _indexed(self, target: Node, key: Node, end: int, optional: bool) -> Node:
        if isinstance(key, Literal) and isinstance(key.value, str):
            return self._member(target, key.value, end, optional)
        if isinstance(target, Name) and target.name == "$node":
            raise self.cursor.failure(
                refusals.COMPUTED_NODE, "$node[…]", key.span, code="computed_node_name"
            )
        return Index(target.start, end, target, key, optional)

    def _member(self, target: Node, name: str, end: int, optional: bool) -> Node:
        span = (target.start, end)
        if isinstance(target, Name) and target.name == "$node":
            return Member(*span, NodeReference(*span, name), "item", optional=False)
        return Member(*span, target, name, optional)

    def _primary(self) -> Node:
        cursor = self.cursor
        if cursor.at("("):
            return self._group()
        if cursor.token.text == "$" and cursor.token.kind is Kind.NAME:
            return self._node_reference()
        if cursor.at_name():
            name = cursor.advance()
            return Name(*name.span, name.text)
        return self.literal()

    def _group(self) -> Node:
        self.cursor.advance()
        node = self.expression()
        self.cursor.expect(")")
        self._grouped.add(id(node))
        return node

    def _node_reference(self) -> Node:
        cursor = self.cursor
        dollar = cursor.advance()
        if not cursor.at("("):
            return Name(*dollar.span, dollar.text)
        cursor.advance()
        name = self.expression()
        end = cursor.expect(")").end
        if not isinstance(name, Literal) or not isinstance(name.value, str):
            raise cursor.failure(
                refusals.COMPUTED_NODE, "$(…)", (dollar.start, end), code="computed_node_name"
            )
        return NodeReference(dollar.start, end, name.value)


def _check_depth(cursor: Cursor, tree: Node) -> None:
    """Long chains are not nested in the source, but they are in the tree."""
    pending = [(tree, 1)]
    while pending:
        node, depth = pending.pop()
        if depth > MAX_TREE_DEPTH:
            message = f"More than {MAX_TREE_DEPTH} operations in one chain. Split the expression."
            raise cursor.failure(message, "chain", node.span, code="expression_too_deep")
        pending.extend((child, depth + 1) for child in children(node))
