"""What arrays can do. Data never changes: `sort` and `reverse` give new arrays."""

from __future__ import annotations

from functools import cmp_to_key
from typing import Final

from headrace.expressions import utf16
from headrace.expressions.errors import ExpressionError
from headrace.expressions.library.functions import Callback, Table, as_callback
from headrace.expressions.library.strings import clamp, relative
from headrace.expressions.limits import check_array_length, spend
from headrace.expressions.values.coercion import is_nullish, to_integer, to_number, to_text, truthy
from headrace.expressions.values.coercion import join as join_texts
from headrace.expressions.values.comparison import same_value, strict_equal
from headrace.expressions.values.kinds import UNDEFINED, Value
from headrace.expressions.values.properties import not_an_object

Array = list[Value]
ARRAYS: Final = Table("Array", has_receiver=True)
ARRAY: Final = Table("Array", has_receiver=False)


@ARRAYS.add("at(index)", "[1, 2, 3].at(-1)", is_linear=False)
def at(array: Array, index: Value = UNDEFINED) -> Value:
    """The element at a position; negative counts from the end."""
    position = to_integer(index)
    position = position + len(array) if position < 0 else position
    return array[int(position)] if 0 <= position < len(array) else UNDEFINED


@ARRAYS.add("concat(...values)", "[1].concat([2, 3], 4)")
def concat(array: Array, *others: Value) -> Array:
    """The elements of all arrays one after the other; other values are added as they are."""
    parts = [other if isinstance(other, list) else [other] for other in others]
    check_array_length(len(array) + sum(map(len, parts)))
    return [*array, *(element for part in parts for element in part)]


@ARRAYS.add("every(test)", "[1, 2].every(n => n > 0)", callback=0)
def every(array: Array, test: Value = UNDEFINED) -> bool:
    """Do all elements pass the test?"""
    call = as_callback(test)
    return all(truthy(call(element, i, array)) for i, element in enumerate(array))


@ARRAYS.add("some(test)", "[1, 2].some(n => n > 1)", callback=0)
def some(array: Array, test: Value = UNDEFINED) -> bool:
    """Does any element pass the test?"""
    call = as_callback(test)
    return any(truthy(call(element, i, array)) for i, element in enumerate(array))


@ARRAYS.add("filter(test)", "[1, 2, 3].filter(n => n > 1)", callback=0)
def filter_(array: Array, test: Value = UNDEFINED) -> Array:
    """The elements that pass the test."""
    call = as_callback(test)
    return [element for i, element in enumerate(array) if truthy(call(element, i, array))]


@ARRAYS.add("find(test)", "[1, 2, 3].find(n => n > 1)", callback=0)
def find(array: Array, test: Value = UNDEFINED) -> Value:
    """The first element that passes the test, else `undefined`."""
    index = find_index(array, test)
    return UNDEFINED if index < 0 else array[index]


@ARRAYS.add("findIndex(test)", "[1, 2, 3].findIndex(n => n > 1)", callback=0)
def find_index(array: Array, test: Value = UNDEFINED) -> int:
    """Where the first element is that passes the test, or -1."""
    call = as_callback(test)
    return next((i for i, element in enumerate(array) if truthy(call(element, i, array))), -1)


@ARRAYS.add("findLast(test)", "[1, 2, 3].findLast(n => n < 3)", callback=0)
def find_last(array: Array, test: Value = UNDEFINED) -> Value:
    """The last element that passes the test, else `undefined`."""
    index = find_last_index(array, test)
    return UNDEFINED if index < 0 else array[index]


@ARRAYS.add("findLastIndex(test)", "[1, 2, 3].findLastIndex(n => n < 3)", callback=0)
def find_last_index(array: Array, test: Value = UNDEFINED) -> int:
    """Where the last element is that passes the test, or -1."""
    call = as_callback(test)
    indexes = reversed(range(len(array)))
    return next((i for i in indexes if truthy(call(array[i], i, array))), -1)


@ARRAYS.add("flat(depth?)", "[1, [2, [3]]].flat()")
def flat(array: Array, depth: Value = UNDEFINED) -> Array:
    """The elements with those of inner arrays put in their place."""
    result: Array = []
    levels = to_integer(depth, 1)
    # One iterator per open array, instead of one call: arrays nest deeper than calls may.
    open_arrays = [iter(array)]
    while open_arrays:
        for element in open_arrays[-1]:
            if isinstance(element, list) and len(open_arrays) <= levels:
                open_arrays.append(iter(element))
                break
            result.append(element)
            check_array_length(len(result))
        else:
            open_arrays.pop()
    return result


@ARRAYS.add("flatMap(callback)", "[1, 2].flatMap(n => [n, n * 10])", callback=0)
def flat_map(array: Array, callback: Value = UNDEFINED) -> Array:
    """What the function gives for each element, with arrays among it opened."""
    return flat(map_(array, callback))


@ARRAYS.add("includes(value, from?)", "[1, 2].includes(2)")
def includes(array: Array, value: Value = UNDEFINED, start: Value = UNDEFINED) -> bool:
    """Is the value among the elements?"""
    first = relative(start, len(array), 0)
    return any(same_value(element, value) for element in array[first:])


@ARRAYS.add("indexOf(value, from?)", '["a", "b"].indexOf("b")')
def index_of(array: Array, value: Value = UNDEFINED, start: Value = UNDEFINED) -> int:
    """Where the value first occurs, or -1."""
    indexes = range(relative(start, len(array), 0), len(array))
    return next((i for i in indexes if strict_equal(array[i], value)), -1)


@ARRAYS.add("lastIndexOf(value, from?)", "[1, 2, 1].lastIndexOf(1)")
def last_index_of(array: Array, value: Value = UNDEFINED, start: Value = UNDEFINED) -> int:
    """Where the value last occurs, or -1."""
    last = to_integer(start, len(array) - 1)
    last = last + len(array) if last < 0 else last
    indexes = reversed(range(clamp(last + 1, len(array))))
    return next((i for i in indexes if strict_equal(array[i], value)), -1)


@ARRAYS.add("join(separator?)", '["a", "b"].join(", ")')
def join(array: Array, separator: Value = UNDEFINED) -> str:
    """The elements as one text, with the separator (a comma) between them."""
    return join_texts(array, "," if separator is UNDEFINED else to_text(separator))


@ARRAYS.add("map(callback)", "[1, 2].map(n => n * 2)", callback=0)
def map_(array: Array, callback: Value = UNDEFINED) -> Array:
    """What the function gives for each element."""
    call = as_callback(callback)
    return [call(element, i, array) for i, element in enumerate(array)]


@ARRAYS.add("reduce(callback, initial?)", "[1, 2, 3].reduce((sum, n) => sum + n, 0)", callback=0)
def reduce(array: Array, callback: Value = UNDEFINED, *initial: Value) -> Value:
    """One value made of all elements, first to last."""
    return _folded(as_callback(callback), array, list(range(len(array))), initial)


@ARRAYS.add(
    "reduceRight(callback, initial?)", "[1, 2].reduceRight((text, n) => text + n, '')", callback=0
)
def reduce_right(array: Array, callback: Value = UNDEFINED, *initial: Value) -> Value:
    """One value made of all elements, last to first."""
    return _folded(as_callback(callback), array, list(reversed(range(len(array)))), initial)


def _folded(call: Callback, array: Array, indexes: list[int], initial: tuple[Value, ...]) -> Value:
    if not initial and not indexes:
        raise ExpressionError(
            "Reduce of empty array with no initial value. Give one as the second argument.",
            code="type_error",
        )
    result = initial[0] if initial else array[indexes.pop(0)]
    for i in indexes:
        result = call(result, array[i], i, array)
    return result


@ARRAYS.add("reverse()", "[1, 2, 3].reverse()")
@ARRAYS.add("toReversed()", "[1, 2, 3].toReversed()")
def reverse(array: Array) -> Array:
    """A new array with the elements from last to first."""
    return array[::-1]


@ARRAYS.add("slice(from?, to?)", "[1, 2, 3].slice(-2)")
def slice_(array: Array, start: Value = UNDEFINED, end: Value = UNDEFINED) -> Array:
    """A part of the array; negative positions count from the end."""
    size = len(array)
    return array[relative(start, size, 0) : relative(end, size, size)]


@ARRAYS.add("sort(compare?)", "[3, 1, 2].sort((a, b) => a - b)", callback=0)
@ARRAYS.add("toSorted(compare?)", "[3, 1, 2].toSorted((a, b) => a - b)", callback=0)
def sort(array: Array, compare: Value = UNDEFINED) -> Array:
    """A new array in order: by text, or by the sign of what the function gives for two elements."""
    missing = [element for element in array if element is UNDEFINED]
    present = [element for element in array if element is not UNDEFINED]
    if compare is UNDEFINED:
        present.sort(key=lambda element: utf16.sort_key(to_text(element)))
    else:
        call = as_callback(compare)
        present.sort(key=cmp_to_key(lambda left, right: _sign(call(left, right))))
    return present + missing


def _sign(value: Value) -> int:
    difference = to_number(value)
    return (difference > 0) - (difference < 0)


@ARRAYS.add("toString()", "[1, 2].toString()")
def to_string(array: Array) -> str:
    """The elements with commas between them."""
    return to_text(array)


@ARRAYS.add("valueOf()", "[1, 2].valueOf()", is_linear=False)
def itself(array: Array) -> Array:
    """The array itself."""
    return array


@ARRAY.add("isArray(value)", "Array.isArray([])", is_linear=False)
def is_array(value: Value = UNDEFINED) -> bool:
    """Is the value an array?"""
    return isinstance(value, list)


@ARRAY.add("of(...values)", "Array.of(1, 2)")
def of(*values: Value) -> Array:
    """The arguments as an array."""
    return list(values)


@ARRAY.add("from(values, callback?)", "Array.from({length: 3}, (_, i) => i * 2)", callback=1)
def from_(values: Value = UNDEFINED, callback: Value = UNDEFINED) -> Array:
    """An array of the characters of a text, or of so many elements as `length` says."""
    elements = _elements(values)
    if callback is UNDEFINED:
        return elements
    call = as_callback(callback)
    return [call(element, i) for i, element in enumerate(elements)]


def _elements(values: Value) -> Array:
    """A new list of an array's elements, a text's characters or an array-like object's entries."""
    if is_nullish(values):
        raise not_an_object(values, "an array or a text")
    if isinstance(values, dict):
        length = max(to_integer(values.get("length", UNDEFINED)), 0)
        check_array_length(length)
        spend(int(length))
        return [values.get(str(i), UNDEFINED) for i in range(int(length))]
    check_array_length(len(values) if isinstance(values, str | list) else 0)
    return list(values) if isinstance(values, str | list) else []
