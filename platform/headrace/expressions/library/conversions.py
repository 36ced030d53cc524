"""The functions that stand alone: `String(…)`, `parseInt(…)` and the like."""

from __future__ import annotations

import math
import re
from typing import Final
from urllib.parse import quote, unquote

from headrace.expressions import utf16
from headrace.expressions.errors import ExpressionError
from headrace.expressions.library.functions import Table
from headrace.expressions.library.numbers import parse_float, parse_int
from headrace.expressions.limits import check_text_length
from headrace.expressions.values.coercion import to_number, to_text, to_uint32, truthy
from headrace.expressions.values.kinds import UNDEFINED, Value
from headrace.expressions.values.numbers import INFINITY, Number

GLOBALS: Final = Table("", has_receiver=False)
STRING: Final = Table("String", has_receiver=False)
_BROKEN_ESCAPE: Final = re.compile("%(?![0-9A-Fa-f]{2})")

GLOBALS.add("parseFloat(text)", 'parseFloat("1.5 kg")')(parse_float)
GLOBALS.add("parseInt(text, radix?)", 'parseInt("ff", 16)')(parse_int)


@GLOBALS.add("String(value)", "String(5)")
def string(*value: Value) -> str:
    """The value as text."""
    return to_text(value[0]) if value else ""


@GLOBALS.add("Number(value)", 'Number("5")')
def number(*value: Value) -> Number:
    """The value as a number, NaN when it is none."""
    return to_number(value[0]) if value else 0


@GLOBALS.add("Boolean(value)", 'Boolean("yes")', is_linear=False)
def boolean(value: Value = UNDEFINED) -> bool:
    """Does the value count as true? Empty texts, 0, NaN, null and undefined do not."""
    return truthy(value)


@GLOBALS.add("isNaN(value)", 'isNaN("five")')
def is_nan(value: Value = UNDEFINED) -> bool:
    """Is the value no number, even after conversion?"""
    return math.isnan(to_number(value))


@GLOBALS.add("isFinite(value)", 'isFinite("5")')
def is_finite(value: Value = UNDEFINED) -> bool:
    """Is the value a finite number, after conversion?"""
    return abs(to_number(value)) < INFINITY


@GLOBALS.add("encodeURIComponent(text)", 'encodeURIComponent("a b&c")')
def encode_uri_component(text: Value = UNDEFINED) -> str:
    """The text in a form that can stand in a URL as one value."""
    return _encoded(to_text(text), "!~*'()")


@GLOBALS.add("encodeURI(text)", 'encodeURI("https://example.com/a b")')
def encode_uri(text: Value = UNDEFINED) -> str:
    """A whole URL with the characters that no URL may hold encoded."""
    return _encoded(to_text(text), "!~*'();/?:@&=+$,#")


@GLOBALS.add("decodeURIComponent(text)", 'decodeURIComponent("a%20b")')
def decode_uri_component(text: Value = UNDEFINED) -> str:
    """What `encodeURIComponent` made, as it was."""
    encoded = to_text(text)
    if _BROKEN_ESCAPE.search(encoded):
        raise _malformed()
    try:
        return unquote(encoded, errors="strict")
    except UnicodeDecodeError as error:
        raise _malformed() from error


def _encoded(text: str, safe: str) -> str:
    check_text_length(3 * len(text))
    try:
        return quote(text, safe=safe)
    except UnicodeEncodeError as error:
        raise _malformed() from error


def _malformed() -> ExpressionError:
    return ExpressionError("URI malformed: the text holds half a character.", code="uri_error")


@STRING.add("fromCharCode(...codes)", "String.fromCharCode(72, 105)")
def from_char_code(*codes: Value) -> str:
    """The text with these UTF-16 codes."""
    return utf16.text("".join(chr(to_uint32(code) % 2**16) for code in codes))


@STRING.add("fromCodePoint(...codes)", "String.fromCodePoint(128512)")
def from_code_point(*codes: Value) -> str:
    """The text with these Unicode code points."""
    points = [to_number(code) for code in codes]
    for point in points:
        if not 0 <= point <= 0x10FFFF or point != int(point):
            raise ExpressionError("Invalid code point.", code="range_error")
    return utf16.text("".join(chr(int(point)) for point in points))
