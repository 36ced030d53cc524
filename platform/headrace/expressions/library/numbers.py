"""What numbers and booleans can do, and `Number.…`."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from headrace.expressions.errors import ExpressionError
from headrace.expressions.library.functions import Table
from headrace.expressions.values.coercion import to_int32, to_integer, to_text
from headrace.expressions.values.kinds import UNDEFINED, Value
from headrace.expressions.values.numbers import (
    INFINITY,
    NAN,
    SAFE,
    Number,
    leading_integer,
    leading_number,
    number_text,
    with_exponent,
)

NUMBERS: Final = Table("Number", has_receiver=True, steps=10)
BOOLEANS: Final = Table("Boolean", has_receiver=True)
NUMBER: Final = Table("Number", has_receiver=False)
NUMBER_CONSTANTS: Final[dict[str, Number]] = {
    "EPSILON": 2.0**-52,
    "MAX_SAFE_INTEGER": SAFE - 1,
    "MAX_VALUE": 1.7976931348623157e308,
    "MIN_SAFE_INTEGER": 1 - SAFE,
    "MIN_VALUE": 5e-324,
    "NEGATIVE_INFINITY": -INFINITY,
    "NaN": NAN,
    "POSITIVE_INFINITY": INFINITY,
}

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_BEYOND_FIXED: Final = 10**21


@NUMBERS.add("toFixed(digits?)", "(3.14159).toFixed(2)", is_linear=False)
def to_fixed(value: Number, digits: Value = UNDEFINED) -> str:
    """The number with so many digits after the point, rounded half away from zero."""
    count = _digit_count(digits, 0, 100, "toFixed")
    if not abs(value) < _BEYOND_FIXED:
        return number_text(value)
    exact = Decimal(value).quantize(Decimal(1).scaleb(-count), context=_rounding(200))
    return f"{exact.copy_abs() if not value else exact:f}"


@NUMBERS.add("toPrecision(digits?)", "(1234.5).toPrecision(3)", is_linear=False)
def to_precision(value: Number, digits: Value = UNDEFINED) -> str:
    """The number with so many digits in all."""
    if digits is UNDEFINED or not abs(value) < INFINITY:
        return number_text(value)
    count = _digit_count(digits, 1, 100, "toPrecision")
    shown, exponent = _significant(value, count)
    sign = "-" if value < 0 else ""
    if exponent < -6 or exponent >= count:
        return sign + with_exponent(shown, exponent)
    if exponent == count - 1:
        return sign + shown
    if exponent >= 0:
        return f"{sign}{shown[: exponent + 1]}.{shown[exponent + 1 :]}"
    return f"{sign}0.{'0' * -(exponent + 1)}{shown}"


@NUMBERS.add("toExponential(digits?)", "(12345).toExponential(2)", is_linear=False)
def to_exponential(value: Number, digits: Value = UNDEFINED) -> str:
    """The number with an exponent and so many digits after the point."""
    count = _digit_count(digits, 0, 100, "toExponential")
    if not abs(value) < INFINITY:
        return number_text(value)
    if digits is UNDEFINED:
        count = len(Decimal(repr(value)).normalize().as_tuple().digits) - 1
    shown, exponent = _significant(value, count + 1)
    return ("-" if value < 0 else "") + with_exponent(shown, exponent)


@NUMBERS.add("toString(radix?)", "(255).toString(16)", is_linear=False)
def number_to_string(value: Number, radix: Value = UNDEFINED) -> str:
    """The number as text, for whole numbers in any base from 2 to 36."""
    base = to_integer(radix, 10)
    if not 2 <= base <= 36:
        raise ExpressionError("toString() radix must be between 2 and 36.", code="range_error")
    if base == 10 or not abs(value) < INFINITY:
        return number_text(value)
    if value != int(value) or abs(value) > SAFE:
        raise ExpressionError(
            "toString(radix) is for whole numbers up to 2^53. Round the number first.",
            code="range_error",
        )
    return ("-" if value < 0 else "") + _in_base(abs(int(value)), int(base))


@NUMBERS.add("valueOf()", "(5).valueOf()", is_linear=False)
def number_itself(value: Number) -> Number:
    """The number itself."""
    return value


@BOOLEANS.add("toString()", "true.toString()", is_linear=False)
def boolean_to_string(value: bool) -> str:
    """`true` or `false` as text."""
    return to_text(value)


@BOOLEANS.add("valueOf()", "true.valueOf()", is_linear=False)
def boolean_itself(value: bool) -> bool:
    """The boolean itself."""
    return value


@NUMBER.add("isFinite(value)", "Number.isFinite(1 / 0)", is_linear=False)
def is_finite(value: Value = UNDEFINED) -> bool:
    """Is the value a number, and neither NaN nor infinite?"""
    return _is_number(value) and abs(value) < INFINITY


@NUMBER.add("isInteger(value)", "Number.isInteger(5.0)", is_linear=False)
def is_integer(value: Value = UNDEFINED) -> bool:
    """Is the value a whole number?"""
    return is_finite(value) and value == int(value)


@NUMBER.add("isNaN(value)", "Number.isNaN(0 / 0)", is_linear=False)
def is_nan(value: Value = UNDEFINED) -> bool:
    """Is the value NaN, the result of impossible arithmetic?"""
    return _is_number(value) and math.isnan(value)


@NUMBER.add("isSafeInteger(value)", "Number.isSafeInteger(2 ** 53)", is_linear=False)
def is_safe_integer(value: Value = UNDEFINED) -> bool:
    """Is the value a whole number that no other number is mistaken for?"""
    return is_integer(value) and abs(value) < SAFE


@NUMBER.add("parseFloat(text)", 'Number.parseFloat("1.5 kg")')
def parse_float(value: Value = UNDEFINED) -> Number:
    """The number with which a text begins, or NaN."""
    return leading_number(to_text(value))


@NUMBER.add("parseInt(text, radix?)", 'Number.parseInt("ff", 16)')
def parse_int(value: Value = UNDEFINED, radix: Value = UNDEFINED) -> Number:
    """The whole number with which a text begins, or NaN."""
    return leading_integer(to_text(value), to_int32(radix))


def _is_number(value: Value) -> bool:
    return type(value) is int or type(value) is float


def _digit_count(digits: Value, least: int, most: int, method: str) -> int:
    count = to_integer(digits)
    if not least <= count <= most:
        raise ExpressionError(
            f"{method}() digits argument must be between {least} and {most}.", code="range_error"
        )
    return int(count)


def _rounding(precision: int) -> Context:
    # Enough digits for any double, so that only the wanted rounding happens.
    return Context(prec=precision, rounding=ROUND_HALF_UP)


def _significant(value: Number, count: int) -> tuple[str, int]:
    """`count` digits of the number's magnitude, and the exponent of the first one."""
    if not value:
        return "0" * count, 0
    rounded = _rounding(count).create_decimal(abs(Decimal(value)))
    digits = "".join(map(str, rounded.as_tuple().digits)).ljust(count, "0")
    return digits, rounded.adjusted()


def _in_base(value: int, base: int) -> str:
    digits = ""
    while value:
        value, last = divmod(value, base)
        digits = _DIGITS[last] + digits
    return digits or "0"
