"""`Math.…`, without `random`: a run that is repeated must compute the same."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Final

from headrace.expressions.library.functions import Table
from headrace.expressions.values.coercion import normal, to_int32, to_number, to_uint32
from headrace.expressions.values.kinds import UNDEFINED, Value
from headrace.expressions.values.numbers import INFINITY, NAN, Number, is_negative

MATH: Final = Table("Math", has_receiver=False)
MATH_CONSTANTS: Final[dict[str, Number]] = {
    "E": math.e,
    "LN10": math.log(10),
    "LN2": math.log(2),
    "LOG10E": math.log10(math.e),
    "LOG2E": math.log2(math.e),
    "PI": math.pi,
    "SQRT1_2": math.sqrt(0.5),
    "SQRT2": math.sqrt(2),
}


@MATH.add("abs(number)", "Math.abs(-5)", is_linear=False)
def absolute(value: Value = UNDEFINED) -> Number:
    """The number without its sign."""
    return abs(to_number(value))


@MATH.add("ceil(number)", "Math.ceil(1.2)", is_linear=False)
def ceil(value: Value = UNDEFINED) -> Number:
    """The next whole number above."""
    return _rounded(value, math.ceil)


@MATH.add("floor(number)", "Math.floor(1.8)", is_linear=False)
def floor(value: Value = UNDEFINED) -> Number:
    """The next whole number below."""
    return _rounded(value, math.floor)


@MATH.add("round(number)", "Math.round(2.5)", is_linear=False)
def round_(value: Value = UNDEFINED) -> Number:
    """The nearest whole number; halves go up."""
    return _rounded(value, _nearest)


@MATH.add("trunc(number)", "Math.trunc(-1.8)", is_linear=False)
def trunc(value: Value = UNDEFINED) -> Number:
    """The number without its fraction."""
    return _rounded(value, math.trunc)


def _nearest(value: float) -> int:
    below = math.floor(value)
    return below if value - below < 0.5 else below + 1


def _rounded(value: Value, how: Callable[[float], int]) -> Number:
    exact = to_number(value)
    if isinstance(exact, int) or not abs(exact) < INFINITY:
        return exact
    whole = how(exact)
    return -0.0 if not whole and is_negative(exact) else normal(whole)


@MATH.add("sign(number)", "Math.sign(-5)", is_linear=False)
def sign(value: Value = UNDEFINED) -> Number:
    """1, -1 or 0 as the number is positive, negative or zero."""
    exact = to_number(value)
    if not exact or math.isnan(exact):
        return exact
    return 1 if exact > 0 else -1


@MATH.add("max(...numbers)", "Math.max(3, 7, 5)")
def maximum(*values: Value) -> Number:
    """The largest of the numbers."""
    return _extreme(values, 1)


@MATH.add("min(...numbers)", "Math.min(3, 7, 5)")
def minimum(*values: Value) -> Number:
    """The smallest of the numbers."""
    return _extreme(values, -1)


def _extreme(values: tuple[Value, ...], direction: int) -> Number:
    numbers = [to_number(value) for value in values]
    if any(map(math.isnan, numbers)):
        return NAN
    # The sign bit decides between 0 and -0, which are equal.
    rank = [(direction * value, -direction * is_negative(value), value) for value in numbers]
    return max(rank, default=(0, 0, -direction * INFINITY))[2]


@MATH.add("pow(base, exponent)", "Math.pow(2, 10)", is_linear=False)
def power(base: Value = UNDEFINED, exponent: Value = UNDEFINED) -> Number:
    """The base raised to the exponent."""
    left, right = to_number(base), to_number(exponent)
    if math.isnan(right) or (abs(left) == 1 and abs(right) == INFINITY):
        return NAN
    try:
        return normal(math.pow(left, right))
    except OverflowError:
        return -INFINITY if left < 0 and right % 2 == 1 else INFINITY
    except ValueError:
        # Zero to a negative power, else the root of a negative number.
        if left:
            return NAN
        return -INFINITY if is_negative(left) and right % 2 == 1 else INFINITY


@MATH.add("sqrt(number)", "Math.sqrt(16)", is_linear=False)
def square_root(value: Value = UNDEFINED) -> Number:
    """The square root."""
    return _real(math.sqrt, value)


@MATH.add("cbrt(number)", "Math.cbrt(27)", is_linear=False)
def cube_root(value: Value = UNDEFINED) -> Number:
    """The cube root."""
    return _real(_cube_root, value)


def _cube_root(value: float) -> float:
    root = math.cbrt(value)
    if not math.isfinite(root):
        return root
    # C libraries differ in the last bit; JavaScript engines give the nearest.
    near = (root, math.nextafter(root, -INFINITY), math.nextafter(root, INFINITY))
    return min(near, key=lambda candidate: abs(Fraction(candidate) ** 3 - Fraction(value)))


@MATH.add("hypot(...numbers)", "Math.hypot(3, 4)")
def hypotenuse(*values: Value) -> Number:
    """The square root of the sum of squares."""
    return normal(math.hypot(*map(to_number, values)))


@MATH.add("exp(number)", "Math.exp(1)", is_linear=False)
def exponential(value: Value = UNDEFINED) -> Number:
    """The number e raised to a power."""
    return _real(math.exp, value)


@MATH.add("log(number)", "Math.log(Math.E)", is_linear=False)
def logarithm(value: Value = UNDEFINED) -> Number:
    """The natural logarithm."""
    return _logarithm(math.log, value)


@MATH.add("log2(number)", "Math.log2(8)", is_linear=False)
def logarithm_2(value: Value = UNDEFINED) -> Number:
    """The logarithm to base 2."""
    return _logarithm(math.log2, value)


@MATH.add("log10(number)", "Math.log10(1000)", is_linear=False)
def logarithm_10(value: Value = UNDEFINED) -> Number:
    """The logarithm to base 10."""
    return _logarithm(math.log10, value)


@MATH.add("sin(radians)", "Math.sin(0)", is_linear=False)
def sine(value: Value = UNDEFINED) -> Number:
    """The sine."""
    return _real(math.sin, value)


@MATH.add("cos(radians)", "Math.cos(0)", is_linear=False)
def cosine(value: Value = UNDEFINED) -> Number:
    """The cosine."""
    return _real(math.cos, value)


@MATH.add("tan(radians)", "Math.tan(0)", is_linear=False)
def tangent(value: Value = UNDEFINED) -> Number:
    """The tangent."""
    return _real(math.tan, value)


@MATH.add("asin(number)", "Math.asin(1)", is_linear=False)
def arc_sine(value: Value = UNDEFINED) -> Number:
    """The angle with that sine."""
    return _real(math.asin, value)


@MATH.add("acos(number)", "Math.acos(1)", is_linear=False)
def arc_cosine(value: Value = UNDEFINED) -> Number:
    """The angle with that cosine."""
    return _real(math.acos, value)


@MATH.add("atan(number)", "Math.atan(1)", is_linear=False)
def arc_tangent(value: Value = UNDEFINED) -> Number:
    """The angle with that tangent."""
    return _real(math.atan, value)


@MATH.add("atan2(y, x)", "Math.atan2(1, 1)", is_linear=False)
def arc_tangent_2(y: Value = UNDEFINED, x: Value = UNDEFINED) -> Number:
    """The angle of the point x, y."""
    return normal(math.atan2(to_number(y), to_number(x)))


@MATH.add("imul(left, right)", "Math.imul(3, 4)", is_linear=False)
def multiply_32(left: Value = UNDEFINED, right: Value = UNDEFINED) -> Number:
    """The product in 32 bits."""
    return to_int32(normal(to_uint32(left) * to_uint32(right) % 2**32))


@MATH.add("clz32(number)", "Math.clz32(1)", is_linear=False)
def leading_zeros(value: Value = UNDEFINED) -> Number:
    """How many zeros lead the number's 32 bits."""
    return 32 - to_uint32(value).bit_length()


def _real(function: Callable[[float], float], value: Value) -> Number:
    try:
        return normal(function(to_number(value)))
    except ValueError:
        return NAN
    except OverflowError:
        return INFINITY


def _logarithm(function: Callable[[float], float], value: Value) -> Number:
    return _real(function, value) if to_number(value) else -INFINITY
