"""Which functions and methods there are, by the name or the kind of value that has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from headrace.expressions.library import data_arrays, data_texts
from headrace.expressions.library.arrays import ARRAY, ARRAYS
from headrace.expressions.library.conversions import GLOBALS, STRING
from headrace.expressions.library.data_objects import NOTHING
from headrace.expressions.library.functions import Function, Table
from headrace.expressions.library.json_functions import JSON
from headrace.expressions.library.mathematics import MATH, MATH_CONSTANTS
from headrace.expressions.library.moments import DATE_TIME, MOMENTS
from headrace.expressions.library.numbers import BOOLEANS, NUMBER, NUMBER_CONSTANTS, NUMBERS
from headrace.expressions.library.objects import OBJECT, OBJECTS
from headrace.expressions.library.strings import STRINGS
from headrace.expressions.values.kinds import Undefined, Value
from headrace.expressions.values.moments import DateTime

FUNCTIONS: Final[Mapping[str, Function]] = GLOBALS

NAMESPACES: Final[dict[str, Table]] = {
    "Array": ARRAY,
    "DateTime": DATE_TIME,
    "JSON": JSON,
    "Math": MATH,
    "Number": NUMBER,
    "Object": OBJECT,
    "String": STRING,
}

CONSTANTS: Final[dict[str, Mapping[str, Value]]] = {
    "Math": MATH_CONSTANTS,
    "Number": NUMBER_CONSTANTS,
}

METHODS: Final[dict[type, Table]] = {
    str: STRINGS,
    int: NUMBERS,
    float: NUMBERS,
    bool: BOOLEANS,
    list: ARRAYS,
    dict: OBJECTS,
    DateTime: MOMENTS,
    type(None): NOTHING,
    Undefined: NOTHING,
}

ENTERED: Final = (data_arrays, data_texts)
"""They enter what they have into the tables of arrays and texts."""


def methods_named(name: str) -> dict[type, Function]:
    """The methods of that name by the kind of value that has them; empty if there is none."""
    return {kind: table[name] for kind, table in METHODS.items() if name in table}
