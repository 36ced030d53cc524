"""What objects can do, and `Object.…`: their own entries only, for there is no prototype."""

from __future__ import annotations

from typing import Final

from headrace.expressions import utf16
from headrace.expressions.library.functions import Table
from headrace.expressions.values.coercion import OBJECT_TEXT, is_nullish, property_key
from headrace.expressions.values.comparison import same_value
from headrace.expressions.values.json_text import own_keys
from headrace.expressions.values.kinds import UNDEFINED, Value
from headrace.expressions.values.numbers import is_negative
from headrace.expressions.values.properties import has, not_an_object, read

Object = dict[str, Value]
OBJECTS: Final = Table("Object", has_receiver=True)
OBJECT: Final = Table("Object", has_receiver=False)


@OBJECTS.add("hasOwnProperty(key)", '({a: 1}).hasOwnProperty("a")', is_linear=False)
def has_own_property(value: Object, key: Value = UNDEFINED) -> bool:
    """Does the object have that key?"""
    return has(value, key)


@OBJECTS.add("toString()", "({}).toString()", is_linear=False)
def to_string(_: Object) -> str:
    """`[object Object]`; use `JSON.stringify` to see what is inside."""
    return OBJECT_TEXT


@OBJECTS.add("valueOf()", "({a: 1}).valueOf()", is_linear=False)
def itself(value: Object) -> Object:
    """The object itself."""
    return value


@OBJECT.add("keys(object)", "Object.keys({a: 1, b: 2})")
def keys(value: Value = UNDEFINED) -> list[Value]:
    """The keys of an object."""
    return list(_own_keys(value))


@OBJECT.add("values(object)", "Object.values({a: 1, b: 2})")
def values(value: Value = UNDEFINED) -> list[Value]:
    """The values of an object."""
    return [read(value, key) for key in _own_keys(value)]


@OBJECT.add("entries(object)", "Object.entries({a: 1, b: 2})")
def entries(value: Value = UNDEFINED) -> list[Value]:
    """The entries of an object as pairs of key and value."""
    return [[key, read(value, key)] for key in _own_keys(value)]


@OBJECT.add("fromEntries(pairs)", 'Object.fromEntries([["a", 1], ["b", 2]])')
def from_entries(pairs: Value = UNDEFINED) -> Object:
    """An object made of pairs of key and value."""
    if not isinstance(pairs, list):
        raise not_an_object(pairs, "an array of pairs")
    return {property_key(read(_pair(pair), 0)): read(pair, 1) for pair in pairs}


@OBJECT.add("assign(target, ...sources)", "Object.assign({}, {a: 1}, {b: 2})")
def assign(target: Value = UNDEFINED, *sources: Value) -> Object:
    """A new object with the entries of all of them; the later ones win."""
    if not isinstance(target, dict):
        raise not_an_object(target, "an object")
    merged = dict(target)
    for source in sources:
        merged |= spread(source)
    return merged


@OBJECT.add("hasOwn(object, key)", 'Object.hasOwn({a: 1}, "a")', is_linear=False)
def has_own(value: Value = UNDEFINED, key: Value = UNDEFINED) -> bool:
    """Does the object have that key?"""
    if is_nullish(value):
        raise not_an_object(value, "an object")
    return has(value, key)


@OBJECT.add("is(left, right)", "Object.is(0 / 0, NaN)")
def is_(left: Value = UNDEFINED, right: Value = UNDEFINED) -> bool:
    """Are both the same value? NaN is itself, and 0 is not -0."""
    both_zero = type(left) in {int, float} and left == 0 and same_value(left, right)
    return is_negative(left) == is_negative(right) if both_zero else same_value(left, right)


def spread(value: Value) -> Object:
    """The entries that `{...value}` adds: none for what is no object."""
    if isinstance(value, dict):
        return value
    return {} if is_nullish(value) else {key: read(value, key) for key in _own_keys(value)}


def _own_keys(value: Value) -> list[str]:
    if isinstance(value, dict):
        return own_keys(value)
    if is_nullish(value):
        raise not_an_object(value, "an object")
    if isinstance(value, str):
        return list(map(str, range(utf16.length(value))))
    return list(map(str, range(len(value)))) if isinstance(value, list) else []


def _pair(value: Value) -> Value:
    if not isinstance(value, list | dict):
        raise not_an_object(value, "a pair of key and value")
    return value
