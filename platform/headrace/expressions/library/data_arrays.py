"""What arrays can do beyond JavaScript: the everyday work with lists of values and of objects."""

from __future__ import annotations

from headrace.expressions.errors import ExpressionError
from headrace.expressions.library.arrays import ARRAYS, Array
from headrace.expressions.limits import spend
from headrace.expressions.values.coercion import is_nullish, property_key, to_integer, to_number
from headrace.expressions.values.json_text import stringify
from headrace.expressions.values.kinds import UNDEFINED, Value
from headrace.expressions.values.numbers import Number, number
from headrace.expressions.values.properties import read


@ARRAYS.add("isEmpty()", "[].isEmpty()", is_linear=False)
def is_empty(array: Array) -> bool:
    """Has the array no elements?"""
    return not array


@ARRAYS.add("isNotEmpty()", "[1].isNotEmpty()", is_linear=False)
def is_not_empty(array: Array) -> bool:
    """Has the array elements?"""
    return bool(array)


@ARRAYS.add("first()", "[1, 2].first()", is_linear=False)
def first(array: Array) -> Value:
    """The first element, `undefined` when there is none."""
    return array[0] if array else UNDEFINED


@ARRAYS.add("last()", "[1, 2].last()", is_linear=False)
def last(array: Array) -> Value:
    """The last element, `undefined` when there is none."""
    return array[-1] if array else UNDEFINED


@ARRAYS.add("sum()", '[1, 2, "3"].sum()')
def total(array: Array) -> Number:
    """All elements as numbers, added up."""
    result: Number = 0
    for element in array:
        result = number(result + to_number(element))
    return result


@ARRAYS.add("average()", "[1, 2, 6].average()")
def average(array: Array) -> Number:
    """The mean of all elements; 0 when there is none."""
    return number(total(array) / len(array)) if array else 0


@ARRAYS.add("min()", "[3, 1, 2].min()")
def smallest(array: Array) -> Value:
    """The smallest of all elements as numbers, `undefined` when there is none."""
    return min(_numbers(array)) if array else UNDEFINED


@ARRAYS.add("max()", "[3, 1, 2].max()")
def largest(array: Array) -> Value:
    """The largest of all elements as numbers, `undefined` when there is none."""
    return max(_numbers(array)) if array else UNDEFINED


@ARRAYS.add("unique(key?)", '[{id: 1}, {id: 1}, {id: 2}].unique("id")')
@ARRAYS.add("removeDuplicates(key?)", "[1, 1, 2].removeDuplicates()")
def unique(array: Array, key: Value = UNDEFINED) -> Array:
    """The first of all elements that are equal, or that have the same value behind the key."""
    found: dict[str, Value] = {}
    for element in array:
        found.setdefault(_identity(element if is_nullish(key) else _read(element, key)), element)
    return list(found.values())


@ARRAYS.add("compact()", '[1, null, "", 2].compact()')
def compact(array: Array) -> Array:
    """The elements without `null`, `undefined` and empty texts."""
    return [element for element in array if not (is_nullish(element) or element == "")]


@ARRAYS.add("pluck(...keys)", '[{id: 1, n: "a"}, {id: 2, n: "b"}].pluck("id")')
def pluck(array: Array, *keys: Value) -> Array:
    """What stands behind one key in every element, or objects of several keys."""
    if len(keys) == 1:
        return [_read(element, keys[0]) for element in array]
    spend(len(array) * len(keys))
    return [{property_key(key): _read(element, key) for key in keys} for element in array]


@ARRAYS.add("chunk(size)", "[1, 2, 3].chunk(2)")
def chunk(array: Array, size: Value = UNDEFINED) -> Array:
    """Arrays of so many elements each; the last may have fewer."""
    length = to_integer(size)
    if not 1 <= length <= max(len(array), 1 << 31):
        raise ExpressionError("chunk needs a size of 1 or more.", code="range_error")
    step = int(length)
    return [array[start : start + step] for start in range(0, len(array), step)]


@ARRAYS.add("union(other)", "[1, 2].union([2, 3])")
def union(array: Array, other: Value = UNDEFINED) -> Array:
    """The elements of both, each once."""
    return unique([*array, *_array(other)])


@ARRAYS.add("intersection(other)", "[1, 2].intersection([2, 3])")
def intersection(array: Array, other: Value = UNDEFINED) -> Array:
    """The elements that the other array has, too."""
    known = set(map(_identity, _array(other)))
    return [element for element in array if _identity(element) in known]


@ARRAYS.add("difference(other)", "[1, 2].difference([2, 3])")
def difference(array: Array, other: Value = UNDEFINED) -> Array:
    """The elements that the other array has not."""
    known = set(map(_identity, _array(other)))
    return [element for element in array if _identity(element) not in known]


@ARRAYS.add("smartJoin(key, value)", '[{k: "a", v: 1}, {k: "b", v: 2}].smartJoin("k", "v")')
def smart_join(array: Array, key: Value = UNDEFINED, value: Value = UNDEFINED) -> Value:
    """One object: what stands behind the first key names what stands behind the second."""
    return {property_key(_read(element, key)): _read(element, value) for element in array}


@ARRAYS.add("toJsonString()", "[1, 2].toJsonString()")
def to_json_string(array: Array) -> Value:
    """The array as JSON text."""
    return stringify(array)


def _numbers(array: Array) -> list[Number]:
    numbers = [to_number(element) for element in array]
    nothing = [value for value in numbers if value != value]  # noqa: PLR0124 - NaN is not itself
    return nothing or numbers


def _identity(value: Value) -> str:
    """The same text for equal values alone: 1 is not "1", and the order of keys is theirs."""
    spend(1)
    return f"{type(value).__name__}" if value is UNDEFINED else str(stringify(value))


def _read(element: Value, key: Value) -> Value:
    return UNDEFINED if is_nullish(element) else read(element, key)


def _array(value: Value) -> Array:
    if not isinstance(value, list):
        raise ExpressionError("This method needs another array.", code="type_error")
    return value
