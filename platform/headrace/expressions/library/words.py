"""What JavaScript knows beyond the quick evaluator: a name that stands here is no mistake."""

from __future__ import annotations

from typing import Final

from headrace.expressions.library import data_arrays, data_objects, data_texts
from headrace.expressions.library.index import METHODS


def words_of(text: str) -> frozenset[str]:
    """Words with blanks between them."""
    return frozenset(text.split())


GLOBALS: Final = words_of(
    """
    AggregateError ArrayBuffer BigInt BigInt64Array BigUint64Array Boolean DataView Date
    Duration Error EvalError Float32Array Float64Array Int16Array Int32Array Int8Array Interval
    Intl Map Promise Proxy RangeError ReferenceError Reflect RegExp Set Symbol SyntaxError
    TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakSet atob
    btoa decodeURI escape luxon unescape $jmespath
    """
)

STATIC: Final = {
    "Array": frozenset(),
    "DateTime": words_of(
        """
    DATETIME_FULL DATETIME_FULL_WITH_SECONDS DATETIME_HUGE DATETIME_HUGE_WITH_SECONDS
    DATETIME_MED DATETIME_MED_WITH_SECONDS DATETIME_MED_WITH_WEEKDAY DATETIME_SHORT
    DATETIME_SHORT_WITH_SECONDS DATE_FULL DATE_HUGE DATE_MED DATE_MED_WITH_WEEKDAY DATE_SHORT
    TIME_24_SIMPLE TIME_24_WITH_LONG_OFFSET TIME_24_WITH_SECONDS TIME_24_WITH_SHORT_OFFSET
    TIME_SIMPLE TIME_WITH_LONG_OFFSET TIME_WITH_SECONDS TIME_WITH_SHORT_OFFSET fromFormat
    fromHTTP fromJSDate fromObject fromRFC2822 fromSQL fromString invalid isDateTime local max
    min utc
    """
    ),
    "JSON": frozenset(),
    "Math": words_of("acosh asinh atanh cosh expm1 fround log1p random sinh sumPrecise tanh"),
    "Number": frozenset(),
    "Object": words_of(
        """
    create defineProperties defineProperty freeze getOwnPropertyNames getPrototypeOf groupBy
    isFrozen isSealed preventExtensions seal setPrototypeOf
    """
    ),
    "String": frozenset({"raw"}),
}
"""What stands behind the names that the quick evaluator has, too."""

CHANGING: Final = words_of(
    """
    add assign clear copyWithin defineProperties defineProperty delete divideEqually fill pop
    push reverse set setPrototypeOf shift sort splice unshift
    """
)
"""After one of these the data may be another; a copy is changed, never what others read."""

METHOD_NAMES: Final = words_of(
    """
    abutsEnd abutsStart add apply bind call catch clear codePointAt contains copyWithin count
    delete diff diffNow difference engulfs entries equals exec fill finally findLast flags
    forEach get getDate getDay getFullYear getHours getMilliseconds getMinutes getMonth
    getSeconds getTime getTimezoneOffset getUTCDate getUTCDay getUTCFullYear getUTCHours
    getUTCMilliseconds getUTCMinutes getUTCMonth getUTCSeconds has hasOwnProperty hasSame
    intersection isAfter isBefore isDisjointFrom isPrototypeOf isSubsetOf isSupersetOf
    isWellFormed keys localeCompare mapEndpoints mapUnits match matchAll negate next normalize
    overlaps pop propertyIsEnumerable push reconfigure removeZeros rescale search set setDate
    setFullYear setHours setLocale setMilliseconds setMinutes setMonth setSeconds setTime
    setUTCDate setUTCFullYear setUTCHours setUTCMilliseconds setUTCMinutes setUTCMonth
    setUTCSeconds shift shiftTo shiftToAll splice split splitAt splitBy subarray
    symmetricDifference take test then toArray toBSON toDateString toDuration toHTTP toHuman
    toISOString toISOWeekDate toJSDate toJSON toLocal toLocaleDateString toLocaleLowerCase
    toLocaleParts toLocaleString toLocaleTimeString toLocaleUpperCase toMillis toObject
    toRFC2822 toRelative toRelativeCalendar toSQL toSQLDate toSQLTime toSpliced toTimeString
    toUTCString trimLeft trimRight union unshift until values with drop reduceRight
    """
)
"""Methods of JavaScript's own values and of luxon's."""

_OURS: Final = frozenset(module.__name__ for module in (data_arrays, data_objects, data_texts))

DATA_FUNCTIONS: Final = frozenset(
    name
    for table in METHODS.values()
    for name, function in table.items()
    if function.call.__module__ in _OURS
)
"""What values can do beyond JavaScript; `sandbox/guest/data.js` has the same."""

CHECKS_NOTHING: Final = frozenset({"isEmpty", "isNotEmpty"})
"""Data functions that also `null` and `undefined` have."""
