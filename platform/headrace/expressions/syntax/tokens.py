"""Cuts an expression into tokens, one at a time. Source: ECMA-262, Lexical Grammar."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from typing import Final

from headrace.expressions.errors import ExpressionSyntaxError, Span
from headrace.expressions.syntax.escapes import read_escape
from headrace.expressions.utf16 import text as paired
from headrace.expressions.values.kinds import Value
from headrace.expressions.values.numbers import Number, is_digits, number, whole_from_digits
from headrace.expressions.values.text import LINE_ENDS, WHITESPACE


class Kind(Enum):
    """What a token is."""

    NAME = auto()
    LITERAL = auto()
    BACKQUOTE = auto()
    SIGN = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the source; `text` as written, `value` what a literal stands for."""

    kind: Kind
    text: str
    start: int
    end: int
    value: Value = None

    @property
    def span(self) -> Span:
        """Start and end in one."""
        return self.start, self.end


_SIGNS: Final = (
    (">>>=",),
    ("...", "===", "!==", "**=", ">>>", "<<=", ">>=", "&&=", "||=", "??="),
    (
        *("=>", "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "++", "--", "<<", ">>", "**"),
        *("+=", "-=", "*=", "/=", "%=", "&=", "|=", "^="),
    ),
    tuple("{}()[];,<>+-*/%&|^!~?:=.@#\\"),
)
_SIGNS_BY_LENGTH: Final = {len(signs[0]): frozenset(signs) for signs in _SIGNS}
_RADIX: Final = {"x": 16, "o": 8, "b": 2}
_DIGITS: Final = "0123456789"


class Tokens:
    """Reads tokens from `source`, from `position` on; the parser sees where `{{ … }}` ends."""

    def __init__(self, source: str, position: int) -> None:
        self.source = source
        self.position = position

    def next(self) -> Token:
        """The token at the current position.

        Raises:
            ExpressionSyntaxError: no token can begin or end like this.
        """
        self._skip_blank()
        start = self.position
        character = self.source[start : start + 1]
        if not character:
            return Token(Kind.END, "", start, start)
        if is_name_start(character):
            return self._name(start)
        if character in _DIGITS or (character == "." and self._peek(1, 1) in {*_DIGITS}):
            return self._number(start)
        return self._string(start, character) if character in {'"', "'"} else self._sign(start)

    def template_piece(self, start: int) -> tuple[Token, str]:
        """The text of a template literal from `start`, and what ends it: `${` or a backquote."""
        pieces: list[str] = []
        position = start
        while position < len(self.source):
            character = self.source[position]
            if character == "`" or self.source.startswith("${", position):
                self.position = position + (1 if character == "`" else 2)
                text = paired("".join(pieces))
                token = Token(Kind.LITERAL, self.source[start:position], start, position, text)
                return token, self.source[position : self.position]
            piece, position = self._unit(position)
            pieces.append("\n" if character == "\r" else piece)
        raise self._failure(
            "The template literal is not closed. Add a backquote.", "template literal", start - 1
        )

    def _skip_blank(self) -> None:
        source = self.source
        while True:
            while source[self.position : self.position + 1] and source[self.position] in WHITESPACE:
                self.position += 1
            if source.startswith("/*", self.position):
                end = source.find("*/", self.position + 2)
                if end < 0:
                    raise self._failure(
                        "The comment is not closed. Add */.", "comment", self.position
                    )
                self.position = end + 2
            elif source.startswith("//", self.position):
                self.position = self._line_comment_end(self.position)
            else:
                return

    def _line_comment_end(self, start: int) -> int:
        """A comment ends with its line, or with the expression that it stands in."""
        ends = [self.source.find(end, start) for end in (*LINE_ENDS, "}}")]
        return min((end for end in ends if end >= 0), default=len(self.source))

    def _name(self, start: int) -> Token:
        end = start + 1
        while end < len(self.source) and is_name_part(self.source[end]):
            end += 1
        return self._token(Kind.NAME, start, end)

    def _number(self, start: int) -> Token:
        prefix = self._peek(0, 2).lower()
        radix = _RADIX.get(prefix[1:], 10) if prefix[:1] == "0" else 10
        end = self._decimal_end(start) if radix == 10 else self._digits_end(start + 2, 16)
        written = self.source[start:end]
        if self.source[end : end + 1] == "n":
            raise self._failure(
                "BigInt is not available. Write a number.", "BigInt", start, end + 1
            )
        if is_name_part(self.source[end : end + 1]) or not _is_separated(written, radix):
            raise self._failure("This number is malformed.", "number", start, end + 1)
        return self._literal(start, end, self._number_value(written.replace("_", ""), radix, start))

    def _number_value(self, digits: str, radix: int, start: int) -> Number:
        if radix == 10:
            if digits[0] == "0" and digits[1:2] in {*_DIGITS}:
                raise self._failure(
                    "Octal numbers are written 0o17.", "octal number", start, start + 2
                )
            return number(float(digits))
        if not is_digits(digits[2:], radix):
            raise self._failure("This number is malformed.", "number", start, start + len(digits))
        return whole_from_digits(digits[2:], radix)

    def _decimal_end(self, start: int) -> int:
        end = self._digits_end(start, 10)
        if self.source[end : end + 1] == ".":
            end = self._digits_end(end + 1, 10)
        if self.source[end : end + 1] in {"e", "E"}:
            sign = self.source[end + 1 : end + 2] in {"+", "-"}
            exponent = self._digits_end(end + 1 + sign, 10)
            if exponent == end + 1 + sign:
                raise self._failure("The exponent has no digits.", "number", start, exponent)
            end = exponent
        return end

    def _digits_end(self, start: int, radix: int) -> int:
        end = start
        while end < len(self.source) and (
            is_digits(self.source[end], radix) or (self.source[end] == "_" and end > start)
        ):
            end += 1
        return end

    def _string(self, start: int, quote: str) -> Token:
        pieces: list[str] = []
        position = start + 1
        while position < len(self.source):
            character = self.source[position]
            if character == quote:
                return self._literal(start, position + 1, paired("".join(pieces)))
            if character in "\n\r":
                break
            piece, position = self._unit(position)
            pieces.append(piece)
        raise self._failure(f"The text is not closed. Add {quote}.", "string", start)

    def _unit(self, position: int) -> tuple[str, int]:
        """The character or escape at `position`, and where the next one begins."""
        character = self.source[position]
        if character == "\\":
            return read_escape(self.source, position)
        width = 2 if self.source.startswith("\r\n", position) else 1
        return character, position + width

    def _sign(self, start: int) -> Token:
        if self.source[start] == "`":
            return self._token(Kind.BACKQUOTE, start, start + 1)
        for length, signs in _SIGNS_BY_LENGTH.items():
            text = self._peek(0, length)
            # `a?.5:b` is a condition, not a chain.
            if text in signs and not (text == "?." and self._peek(2, 1) in {*_DIGITS}):
                return self._token(Kind.SIGN, start, start + length)
        raise self._failure(
            f"The character {self.source[start]!r} has no meaning here. Put text between quotes.",
            "character",
            start,
            start + 1,
        )

    def _peek(self, offset: int, length: int) -> str:
        start = self.position + offset
        return self.source[start : start + length]

    def _token(self, kind: Kind, start: int, end: int) -> Token:
        self.position = end
        return Token(kind, self.source[start:end], start, end)

    def _literal(self, start: int, end: int, value: Value) -> Token:
        self.position = end
        return Token(Kind.LITERAL, self.source[start:end], start, end, value)

    def _failure(
        self, message: str, construct: str, start: int, end: int | None = None
    ) -> ExpressionSyntaxError:
        span = (start, len(self.source) if end is None else end)
        return ExpressionSyntaxError(message, construct=construct, span=span)


def _is_separated(written: str, radix: int) -> bool:
    """Does every `_` stand between two digits?"""
    around = pairwise(written.split("_"))
    return all(
        is_digits(left[-1:], radix) and is_digits(right[:1], radix) for left, right in around
    )


def is_name_start(character: str) -> bool:
    """May a name begin with it?"""
    return character == "$" or character.isidentifier()


def is_name_part(character: str) -> bool:
    """May it stand within a name?"""
    return character == "$" or (bool(character) and ("a" + character).isidentifier())
