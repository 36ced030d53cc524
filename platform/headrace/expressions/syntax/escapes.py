r"""What `\n`, `\x41`, `\u{1F600}` and the like stand for in texts."""

from __future__ import annotations

from typing import Final

from headrace.expressions.errors import ExpressionSyntaxError
from headrace.expressions.values.numbers import is_digits
from headrace.expressions.values.text import LINE_ENDS

_SINGLE: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}
_DIGITS: Final = frozenset("0123456789")


def read_escape(source: str, start: int) -> tuple[str, int]:
    """What the escape with its backslash at `start` stands for, and where it ends.

    Raises:
        ExpressionSyntaxError: there is no such escape.
    """
    letter = source[start + 1 : start + 2]
    after = start + 2
    if letter in {"x", "u"}:
        return _hexadecimal(source, start, letter)
    if letter in _DIGITS:
        if letter != "0" or source[after : after + 1] in _DIGITS:
            raise _failure(
                "Octal escapes are not available. Write \\x and two digits.", start, after
            )
        return "\0", after
    if letter == "\r" and source[after : after + 1] == "\n":
        return "", after + 1
    if letter and letter in LINE_ENDS:
        return "", after
    return _SINGLE.get(letter, letter), after


def _hexadecimal(source: str, start: int, letter: str) -> tuple[str, int]:
    digits_start = start + 2
    if letter == "u" and source.startswith("{", digits_start):
        digits_start += 1
        end = source.find("}", digits_start)
        end = len(source) if end < 0 else end
        after = end + 1
    else:
        end = after = digits_start + (2 if letter == "x" else 4)
    digits = source[digits_start:end]
    is_whole = end <= len(source) and is_digits(digits, 16)
    if not is_whole or len(digits.lstrip("0")) > 6 or int(digits, 16) > 0x10FFFF:
        raise _failure(
            f"The escape \\{letter} needs hexadecimal digits of a character.", start, after
        )
    return chr(int(digits, 16)), after


def _failure(message: str, start: int, end: int) -> ExpressionSyntaxError:
    return ExpressionSyntaxError(message, construct="escape", span=(start, end))
