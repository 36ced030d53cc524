"""Moves over the tokens of one expression: look at one, take it, refuse it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from headrace.expressions.errors import ExpressionSyntaxError, Span
from headrace.expressions.limits import MAX_NESTING
from headrace.expressions.syntax import refusals
from headrace.expressions.syntax.tokens import Kind, Token, Tokens

_NAMED_OPERATORS: Final = frozenset({"in", "typeof", "void", "instanceof"})
_NAMED_LITERALS: Final = frozenset({"true", "false", "null", "undefined", "NaN", "Infinity"})


class Cursor:
    """The current token, and what may be asked of it."""

    def __init__(self, source: str, position: int) -> None:
        self.source = source
        self.tokens = Tokens(source, position)
        self.token = self.tokens.next()
        self._nesting = 0

    def at(self, *signs: str) -> bool:
        """Is the current token one of these signs?"""
        return self.token.kind is Kind.SIGN and self.token.text in signs

    def at_name(self) -> bool:
        """Is the current token a name that may be given to something?"""
        text = self.token.text
        return (
            self.token.kind is Kind.NAME
            and text not in refusals.KEYWORDS
            and text not in _NAMED_OPERATORS
            and text not in _NAMED_LITERALS
        )

    def advance(self) -> Token:
        """Take the current token."""
        taken = self.token
        self.token = self.tokens.next()
        return taken

    def accept(self, sign: str) -> bool:
        """Take the current token if it is `sign`."""
        found = self.at(sign)
        if found:
            self.advance()
        return found

    def expect(self, sign: str) -> Token:
        """Take `sign`, or say what stands in its place."""
        if not self.at(sign):
            raise self.unexpected(f"Expected {sign} here.")
        return self.advance()

    def mark(self) -> tuple[Token, int]:
        """Where to `rewind` to."""
        return self.token, self.tokens.position

    def rewind(self, mark: tuple[Token, int]) -> None:
        """Go back to a `mark`."""
        self.token, self.tokens.position = mark

    @contextmanager
    def nested(self) -> Iterator[None]:
        """One level deeper; refuses what is nested too deeply to be evaluated safely."""
        if self._nesting >= MAX_NESTING:
            message = f"More than {MAX_NESTING} levels deep. Move a part into a node of its own."
            raise self.failure(message, "nesting", code="expression_too_deep")
        self._nesting += 1
        try:
            yield
        finally:
            self._nesting -= 1

    def unexpected(self, hint: str) -> ExpressionSyntaxError:
        """The error for the current token, which is called by its own name where it has one."""
        token = self.token
        if token.kind is Kind.END:
            return self.failure("The expression is not closed. Add }}.", "{{")
        if token.kind is Kind.NAME and token.text in refusals.KEYWORDS:
            return self.failure(refusals.KEYWORDS[token.text], token.text)
        construct, advice = refusals.SIGNS.get(token.text, (token.text, hint))
        return self.failure(advice, construct)

    def failure(
        self, message: str, construct: str, span: Span | None = None, *, code: str | None = None
    ) -> ExpressionSyntaxError:
        """The error for a piece of the source, by default the current token."""
        return ExpressionSyntaxError(
            message, construct=construct, span=span or self.token.span, code=code
        )
