"""What values are written as: constants, template literals, arrays and objects."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Final

from headrace.expressions.syntax import refusals
from headrace.expressions.syntax.cursor import Cursor
from headrace.expressions.syntax.tokens import Kind
from headrace.expressions.syntax.tree import (
    ArrayLiteral,
    Entry,
    Literal,
    Name,
    Node,
    ObjectLiteral,
    Spread,
    TemplateLiteral,
)
from headrace.expressions.values.kinds import UNDEFINED, Value
from headrace.expressions.values.numbers import INFINITY, NAN, number_text

_CONSTANTS: Final[dict[str, Value]] = {
    "true": True,
    "false": False,
    "null": None,
    "undefined": UNDEFINED,
    "NaN": NAN,
    "Infinity": INFINITY,
}


class LiteralParser(ABC):
    """The part of the parser that begins at a value; `expression` is the other part."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.last_end = 0

    @abstractmethod
    def expression(self) -> Node:
        """One expression."""

    def literal(self) -> Node:
        """The value that begins at the current token."""
        cursor = self.cursor
        token = cursor.token
        if token.kind is Kind.LITERAL:
            cursor.advance()
            return Literal(*token.span, token.value)
        if token.kind is Kind.NAME and token.text in _CONSTANTS:
            cursor.advance()
            return Literal(*token.span, _CONSTANTS[token.text])
        if token.kind is Kind.BACKQUOTE:
            return self._template()
        if cursor.accept("["):
            elements = self._list("]", self._element)
            return ArrayLiteral(token.start, self.last_end, elements)
        if cursor.accept("{"):
            entries = self._list("}", self._entry)
            return ObjectLiteral(token.start, self.last_end, entries)
        raise cursor.unexpected("A value should stand here.")

    def _list(self, closing: str, read: Callable[[], Node]) -> tuple[Node, ...]:
        """What stands between commas up to `closing`; `last_end` is where that ends."""
        nodes = []
        while not self.cursor.at(closing):
            nodes.append(read())
            if not self.cursor.accept(","):
                break
        self.last_end = self.cursor.expect(closing).end
        return tuple(nodes)

    def _element(self) -> Node:
        cursor = self.cursor
        if cursor.at(","):
            raise cursor.failure("Write undefined where an element is left out.", "array hole")
        return self._spread() or self.expression()

    def _spread(self) -> Node | None:
        start = self.cursor.token.start
        if not self.cursor.accept("..."):
            return None
        values = self.expression()
        return Spread(start, values.end, values)

    def _entry(self) -> Node:
        cursor = self.cursor
        spread = self._spread()
        if spread is not None:
            return spread
        token = cursor.token
        can_stand_alone = cursor.at_name()
        key = self._key()
        if can_stand_alone and cursor.at(",", "}"):
            return Entry(*token.span, key, Name(*token.span, token.text))
        if not cursor.at(":"):
            self._refuse_member()
        if isinstance(key, Literal) and key.value == "__proto__" and token.text != "[":
            raise cursor.failure(refusals.PROTOTYPE, "__proto__", token.span)
        cursor.advance()
        value = self.expression()
        return Entry(token.start, value.end, key, value)

    def _key(self) -> Node:
        cursor = self.cursor
        token = cursor.token
        if cursor.accept("["):
            key = self.expression()
            cursor.expect("]")
            return key
        if token.kind is Kind.NAME:
            return Literal(*cursor.advance().span, token.text)
        if token.kind is Kind.LITERAL:
            cursor.advance()
            is_text = isinstance(token.value, str)
            return Literal(*token.span, token.value if is_text else number_text(token.value))
        raise cursor.unexpected("A key should stand here.")

    def _refuse_member(self) -> None:
        cursor = self.cursor
        if cursor.at("(") or cursor.token.kind is Kind.NAME:
            raise cursor.failure("An object holds values only, as key: value.", "method")
        raise cursor.unexpected("A colon and a value should follow the key.")

    def _template(self) -> Node:
        cursor = self.cursor
        start = cursor.token.start
        parts: list[Node] = []
        piece, closing = cursor.tokens.template_piece(cursor.token.end)
        while closing == "${":
            parts.append(Literal(*piece.span, piece.value))
            cursor.advance()
            parts.append(self.expression())
            if not cursor.at("}"):
                raise cursor.unexpected("A } should end the placeholder here.")
            piece, closing = cursor.tokens.template_piece(cursor.token.end)
        parts.append(Literal(*piece.span, piece.value))
        end = cursor.tokens.position
        cursor.advance()
        if len(parts) == 1:
            return Literal(start, end, piece.value)
        return TemplateLiteral(start, end, tuple(parts))
