"""What objects, numbers, booleans and nothing at all can do beyond JavaScript."""

from __future__ import annotations

from typing import Final

from headrace.expressions.errors import ExpressionError
from headrace.expressions.library.conversions import encode_uri_component
from headrace.expressions.library.functions import Table
from headrace.expressions.library.numbers import BOOLEANS, NUMBERS, to_fixed
from headrace.expressions.library.objects import OBJECTS, Object, spread
from headrace.expressions.values.coercion import is_nullish, property_key, to_text
from headrace.expressions.values.json_text import own_keys, stringify
from headrace.expressions.values.kinds import UNDEFINED, Value
from headrace.expressions.values.numbers import INFINITY, Number, number, number_from_text
from headrace.expressions.values.properties import has

NOTHING: Final = Table("Nothing", has_receiver=True)

_MARKS: Final = {
    "en": (",", "."),
    "de": (".", ","),
    "fr": ("\u202f", ","),
    "de-CH": ("\u2019", "."),
}
"""Between thousands and before decimals. Source: CLDR 46, `latn` symbols."""
_DECIMALS: Final = 3


@NOTHING.add("isEmpty()", "null.isEmpty()", is_linear=False)
def nothing_is_empty(_: Value) -> bool:
    """True: there is nothing."""
    return True


@NOTHING.add("isNotEmpty()", "null.isNotEmpty()", is_linear=False)
def nothing_is_not_empty(_: Value) -> bool:
    """False: there is nothing."""
    return False


@OBJECTS.add("isEmpty()", "({}).isEmpty()", is_linear=False)
def is_empty(value: Object) -> bool:
    """Has the object no keys?"""
    return not value


@OBJECTS.add("isNotEmpty()", "({a: 1}).isNotEmpty()", is_linear=False)
def is_not_empty(value: Object) -> bool:
    """Has the object keys?"""
    return bool(value)


@OBJECTS.add("hasField(key)", '({a: 1}).hasField("a")', is_linear=False)
def has_field(value: Object, key: Value = UNDEFINED) -> bool:
    """Does the object have that key?"""
    return has(value, key)


@OBJECTS.add("keys()", "({a: 1}).keys()")
def keys(value: Object) -> list[Value]:
    """The keys of the object."""
    return list(own_keys(value))


@OBJECTS.add("values()", "({a: 1}).values()")
def values(value: Object) -> list[Value]:
    """The values of the object."""
    return [value[key] for key in own_keys(value)]


@OBJECTS.add("removeField(key)", '({a: 1, b: 2}).removeField("a")')
def remove_field(value: Object, key: Value = UNDEFINED) -> Object:
    """A new object without that key."""
    gone = property_key(key)
    return {name: part for name, part in value.items() if name != gone}


@OBJECTS.add("compact()", '({a: 1, b: null, c: ""}).compact()')
def compact(value: Object) -> Object:
    """A new object without `null`, `undefined` and empty texts."""
    return {name: part for name, part in value.items() if not (is_nullish(part) or part == "")}


@OBJECTS.add("merge(other)", "({a: 1, b: 1}).merge({b: 2})")
def merge(value: Object, other: Value = UNDEFINED) -> Object:
    """A new object with the entries of both; where both have a key, this one's stays."""
    return {**spread(other), **value}


@OBJECTS.add("urlEncode()", '({a: 1, b: "x y"}).urlEncode()')
def url_encode(value: Object) -> str:
    """The entries as a query: `a=1&b=x%20y`."""
    parts = [(key, to_text(value[key])) for key in own_keys(value)]
    return "&".join(f"{encode_uri_component(k)}={encode_uri_component(v)}" for k, v in parts)


@OBJECTS.add("toJsonString()", "({a: 1}).toJsonString()")
def to_json_string(value: Object) -> Value:
    """The object as JSON text."""
    return stringify(value)


@NUMBERS.add("isEven()", "(2).isEven()", is_linear=False)
def is_even(value: Number) -> bool:
    """Is the number even?"""
    return value % 2 == 0 if abs(value) < INFINITY else False


@NUMBERS.add("isOdd()", "(3).isOdd()", is_linear=False)
def is_odd(value: Number) -> bool:
    """Is the number odd?"""
    return abs(value) % 2 == 1 if abs(value) < INFINITY else False


@NUMBERS.add("round(digits?)", "(3.14159).round(2)", is_linear=False)
def rounded(value: Number, digits: Value = UNDEFINED) -> Number:
    """The number with so many digits after the point, rounded half away from zero."""
    return number_from_text(to_fixed(value, digits))


@NUMBERS.add("format(language?)", "(1234567.891).format()", is_linear=False)
def formatted(value: Number, language: Value = UNDEFINED) -> str:
    """The number as people of a language write it, with at most three decimals."""
    name = "en" if language is UNDEFINED else to_text(language)
    marks = _MARKS.get(name) or _MARKS.get(name.partition("-")[0])
    if marks is None:
        known = ", ".join(_MARKS)
        raise ExpressionError(f"Numbers are written in {known}, not {name}.", code="range_error")
    if not abs(value) < 10**21:
        return to_text(value)
    text = to_fixed(value, _DECIMALS).rstrip("0").rstrip(".")
    whole, _, decimals = text.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    thousands = f"{int(digits):,}".replace(",", marks[0])
    return sign + thousands + (marks[1] + decimals if decimals else "")


@NUMBERS.add("toBoolean()", "(1).toBoolean()", is_linear=False)
def number_to_boolean(value: Number) -> bool:
    """False for 0 and NaN, else true."""
    return value == value and value != 0  # noqa: PLR0124 - NaN is not itself


@BOOLEANS.add("toNumber()", "true.toNumber()", is_linear=False)
def boolean_to_number(value: bool) -> Number:
    """1 for true, 0 for false."""
    return number(int(value))
