"""JavaScript numbers: doubles that print the shortest digits that read back the same.

A whole number up to 2^53 is kept as `int`, which prints and indexes as it should; everything else
is a `float`. Source of printing and reading: ECMA-262, Number::toString and StringToNumber.
"""

from __future__ import annotations

import math
import re

from headrace.expressions.values.text import WHITESPACE

Number = int | float

SAFE = 2**53
NAN = math.nan
INFINITY = math.inf

_DECIMAL = re.compile(r"[+-]?(?:Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)", re.ASCII)
_RADIX_PREFIXES = {"0x": 16, "0o": 8, "0b": 2}
# 2^1024 is beyond every double, so digits past this many can not matter in any base.
_MAX_DIGITS = 1100


def whole(value: int) -> Number:
    """The double nearest to an integer of any size."""
    if -SAFE <= value <= SAFE:
        return value
    try:
        return float(value)
    except OverflowError:
        return INFINITY if value > 0 else -INFINITY


def number(value: Number) -> Number:
    """The same number as `int` where we keep it so. `-0` stays a float: an `int` has none."""
    if isinstance(value, int):
        return whole(int(value))
    if value.is_integer() and -SAFE <= value <= SAFE and (value or not is_negative(value)):
        return int(value)
    return value


def is_negative(value: Number) -> bool:
    """Is the sign bit set? True for `-0`."""
    return math.copysign(1.0, value) < 0


def number_text(value: Number, /) -> str:
    """How JavaScript prints a number."""
    value = whole(value) if type(value) is int else value
    if type(value) is int:
        return str(value)
    if not math.isfinite(value):
        return _NOT_FINITE[str(value)]
    if not value:
        return "0"
    digits, point = decimal_digits(abs(value))
    return ("-" if value < 0 else "") + place_point(digits, point)


_NOT_FINITE = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}


def decimal_digits(value: float) -> tuple[str, int]:
    """Shortest digits of a positive number, and how many of them stand before the point."""
    mantissa, _, exponent = repr(value).partition("e")
    before, _, after = mantissa.partition(".")
    digits = (before + after).lstrip("0")
    leading = len(before + after) - len(digits)
    return digits.rstrip("0"), len(before) - leading + int(exponent or 0)


def place_point(digits: str, point: int) -> str:
    """Digits with the decimal point after `point` of them, or as JavaScript does, an exponent."""
    if len(digits) <= point <= 21:
        return digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    return with_exponent(digits, point - 1)


def with_exponent(digits: str, exponent: int) -> str:
    """`digits` with one of them before the point, and an explicit exponent."""
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{fraction}e{exponent:+d}"


def number_from_text(text: str, /) -> Number:
    """What `Number("…")` gives: NaN for anything but one whole number literal."""
    text = text.strip(WHITESPACE)
    if not text:
        return 0
    radix = _RADIX_PREFIXES.get(text[:2].lower())
    if radix is not None:
        digits = text[2:]
        return whole_from_digits(digits, radix) if is_digits(digits, radix) else NAN
    match = _DECIMAL.fullmatch(text)
    return _from_decimal(text) if match else NAN


def leading_number(text: str) -> Number:
    """What `parseFloat("…")` gives: the longest number at the beginning, else NaN."""
    match = _DECIMAL.match(text.lstrip(WHITESPACE))
    return _from_decimal(match[0]) if match else NAN


def leading_integer(text: str, radix: int) -> Number:
    """What `parseInt("…", radix)` gives; `radix` 0 means 10, or 16 after `0x`."""
    text = text.lstrip(WHITESPACE)
    sign = -1 if text.startswith("-") else 1
    text = text[1:] if text[:1] in {"-", "+"} else text
    if radix in {0, 16} and text[:2].lower() == "0x":
        radix, text = 16, text[2:]
    radix = radix or 10
    if not 2 <= radix <= 36:
        return NAN
    end = next((i for i, digit in enumerate(text) if not is_digits(digit, radix)), len(text))
    return signed(sign, whole_from_digits(text[:end], radix)) if end else NAN


def signed(sign: int, value: Number) -> Number:
    """`value` or its opposite; the opposite of 0 is -0."""
    if sign > 0:
        return value
    return -value if value else -0.0


def is_digits(text: str, radix: int) -> bool:
    """Is this a non-empty run of digits of that base?"""
    allowed = "0123456789abcdefghijklmnopqrstuvwxyz"[:radix]
    return bool(text) and not text.lower().strip(allowed) and text.isascii()


def whole_from_digits(digits: str, radix: int) -> Number:
    """The number that a run of digits of that base spells."""
    digits = digits.lstrip("0") or "0"
    return INFINITY if len(digits) > _MAX_DIGITS else whole(int(digits, radix))


def _from_decimal(text: str) -> Number:
    value = float(text.replace("Infinity", "inf"))
    return number(value)
