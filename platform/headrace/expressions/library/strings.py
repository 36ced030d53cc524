"""What texts can do. Positions and lengths count UTF-16 code units, as in JavaScript."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from headrace.expressions import utf16
from headrace.expressions.errors import ExpressionError
from headrace.expressions.library.functions import Table
from headrace.expressions.limits import check_array_length, check_text_length, spend
from headrace.expressions.values.coercion import to_integer, to_number, to_text, to_uint32
from headrace.expressions.values.kinds import UNDEFINED, Value
from headrace.expressions.values.numbers import INFINITY, NAN, Number
from headrace.expressions.values.text import WHITESPACE

STRINGS: Final = Table("String", has_receiver=True)
_PLACEHOLDER: Final = re.compile(r"(\$[$&`'])")
_FORMS: Final = frozenset({"NFC", "NFD", "NFKC", "NFKD"})


def clamp(value: Number, length: int) -> int:
    """A position cut to 0…length."""
    return int(min(max(value, 0), length))


def relative(value: Value, length: int, default: Number) -> int:
    """A position that counts from the end when it is negative, cut to 0…length."""
    position = to_integer(value, default)
    return clamp(position + length if position < 0 else position, length)


@STRINGS.add("at(index)", '"abc".at(-1)')
def at(text: str, index: Value = UNDEFINED) -> Value:
    """The character at a position; negative counts from the end."""
    units = utf16.units(text)
    position = to_integer(index)
    position = position + len(units) if position < 0 else position
    return units[int(position)] if 0 <= position < len(units) else UNDEFINED


@STRINGS.add("charAt(index)", '"abc".charAt(1)')
def char_at(text: str, index: Value = UNDEFINED) -> str:
    """The character at a position, or an empty text."""
    units, position = utf16.units(text), to_integer(index)
    return units[int(position)] if 0 <= position < len(units) else ""


@STRINGS.add("charCodeAt(index)", '"abc".charCodeAt(0)')
def char_code_at(text: str, index: Value = UNDEFINED) -> Number:
    """The UTF-16 code at a position."""
    unit = char_at(text, index)
    return ord(unit) if unit else NAN


@STRINGS.add("codePointAt(index)", '"abc".codePointAt(0)')
def code_point_at(text: str, index: Value = UNDEFINED) -> Value:
    """The Unicode code point at a position."""
    units, position = utf16.units(text), to_integer(index)
    if not 0 <= position < len(units):
        return UNDEFINED
    return ord(utf16.text(units[int(position) : int(position) + 2])[0])


@STRINGS.add("concat(...texts)", '"a".concat("b", 1)')
def concat(text: str, *others: Value) -> str:
    """The texts one after the other."""
    parts = [text, *map(to_text, others)]
    check_text_length(sum(map(len, parts)))
    return utf16.text("".join(parts))


@STRINGS.add("endsWith(text, end?)", '"report.pdf".endsWith(".pdf")')
def ends_with(text: str, search: Value = UNDEFINED, end: Value = UNDEFINED) -> bool:
    """Does the text end so?"""
    units = utf16.units(text)
    until = clamp(to_integer(end, len(units)), len(units))
    return units[:until].endswith(utf16.units(to_text(search)))


@STRINGS.add("includes(text, from?)", '"invoice".includes("voi")')
def includes(text: str, search: Value = UNDEFINED, start: Value = UNDEFINED) -> bool:
    """Does the text contain another?"""
    return index_of(text, search, start) >= 0


@STRINGS.add("indexOf(text, from?)", '"a-b".indexOf("-")')
def index_of(text: str, search: Value = UNDEFINED, start: Value = UNDEFINED) -> int:
    """Where another text first occurs, or -1."""
    units = utf16.units(text)
    return units.find(utf16.units(to_text(search)), clamp(to_integer(start), len(units)))


@STRINGS.add("lastIndexOf(text, from?)", '"a-b-c".lastIndexOf("-")')
def last_index_of(text: str, search: Value = UNDEFINED, start: Value = UNDEFINED) -> int:
    """Where another text last occurs, or -1."""
    units, sought = utf16.units(text), utf16.units(to_text(search))
    position = to_number(start)
    last = len(units) if math.isnan(position) else clamp(to_integer(position), len(units))
    return units.rfind(sought, 0, last + len(sought))


@STRINGS.add("normalize(form?)", '"é".normalize("NFD").length')
def normalize(text: str, form: Value = UNDEFINED) -> str:
    """The text in a Unicode normal form."""
    name = "NFC" if form is UNDEFINED else to_text(form)
    if name not in _FORMS:
        raise ExpressionError(
            "The normalization form should be one of NFC, NFD, NFKC, NFKD.", code="range_error"
        )
    return unicodedata.normalize(name, text)  # type: ignore[arg-type]


@STRINGS.add("padEnd(length, fill?)", '"7".padEnd(3, "0")')
def pad_end(text: str, length: Value = UNDEFINED, fill: Value = UNDEFINED) -> str:
    """The text filled up at its end."""
    return utf16.concat(text, _filling(text, length, fill))


@STRINGS.add("padStart(length, fill?)", '"7".padStart(3, "0")')
def pad_start(text: str, length: Value = UNDEFINED, fill: Value = UNDEFINED) -> str:
    """The text filled up at its start."""
    return utf16.concat(_filling(text, length, fill), text)


def _filling(text: str, length: Value, fill: Value) -> str:
    missing = to_integer(length) - utf16.length(text)
    filler = " " if fill is UNDEFINED else utf16.units(to_text(fill))
    if missing <= 0 or not filler:
        return ""
    check_text_length(missing)
    repeats = int(missing) // len(filler) + 1
    return utf16.text((filler * repeats)[: int(missing)])


@STRINGS.add("repeat(count)", '"ab".repeat(3)')
def repeat(text: str, count: Value = UNDEFINED) -> str:
    """The text so many times."""
    times = to_integer(count)
    if times < 0 or times == INFINITY:
        raise ExpressionError("Invalid count value for repeat.", code="range_error")
    if not text:
        return ""
    check_text_length(len(text) * times)
    return utf16.text(text * int(times))


@STRINGS.add("replace(text, replacement)", '"a-b-c".replace("-", "+")')
def replace(text: str, search: Value = UNDEFINED, replacement: Value = UNDEFINED) -> str:
    """The text with the first occurrence replaced."""
    return _replaced(text, to_text(search), to_text(replacement), 1)


@STRINGS.add("replaceAll(text, replacement)", '"a-b-c".replaceAll("-", "+")')
def replace_all(text: str, search: Value = UNDEFINED, replacement: Value = UNDEFINED) -> str:
    """The text with every occurrence replaced."""
    return _replaced(text, to_text(search), to_text(replacement), -1)


def _replaced(text: str, search: str, replacement: str, most: int) -> str:
    """ECMA-262, GetSubstitution: `$&` is the match, `` $` `` what is before and `$'` after it."""
    units, sought = utf16.units(text), utf16.units(search)
    parts = _PLACEHOLDER.split(replacement)
    if "$`" in parts or "$'" in parts:
        return utf16.text("".join(_replaced_by_surroundings(units, sought, parts, most)))
    filled = "".join({"$$": "$", "$&": sought}.get(part, part) for part in parts)
    count = 1 if most == 1 else units.count(sought)
    check_text_length(len(units) + count * len(filled))
    return utf16.text(units.replace(sought, filled, most))


def _replaced_by_surroundings(
    units: str, sought: str, parts: list[str], most: int
) -> Iterator[str]:
    done = length = 0
    position = units.find(sought)
    while position >= 0 and most:
        spend(len(parts))
        after = position + len(sought)
        known = {"$$": "$", "$&": sought, "$`": units[:position], "$'": units[after:]}
        filled = "".join(known.get(part, part) for part in parts)
        length += len(filled)
        check_text_length(length)
        yield units[done:position]
        yield filled
        done, most = after, most - 1
        position = units.find(sought, after + (not sought))
    yield units[done:]


@STRINGS.add("slice(from?, to?)", '"abc".slice(1)')
def slice_(text: str, start: Value = UNDEFINED, end: Value = UNDEFINED) -> str:
    """A part of the text; negative counts from the end."""
    units = utf16.units(text)
    size = len(units)
    return utf16.text(units[relative(start, size, 0) : relative(end, size, size)])


@STRINGS.add("split(separator?, limit?)", '"a,b".split(",")')
def split(text: str, separator: Value = UNDEFINED, limit: Value = UNDEFINED) -> list[Value]:
    """The parts between separators."""
    most = 2**32 - 1 if limit is UNDEFINED else to_uint32(limit)
    if separator is UNDEFINED:
        return [text][:most]
    units, sought = utf16.units(text), utf16.units(to_text(separator))
    check_array_length(min(most, units.count(sought)))
    if not sought:
        return list(units[:most])
    return [utf16.text(part) for part in units.split(sought, most)[:most]]


@STRINGS.add("startsWith(text, from?)", '"https://x".startsWith("https")')
def starts_with(text: str, search: Value = UNDEFINED, start: Value = UNDEFINED) -> bool:
    """Does the text begin so?"""
    units = utf16.units(text)
    return units.startswith(utf16.units(to_text(search)), clamp(to_integer(start), len(units)))


@STRINGS.add("substring(from, to?)", '"abc".substring(0, 2)')
def substring(text: str, start: Value = UNDEFINED, end: Value = UNDEFINED) -> str:
    """The part between two positions."""
    units = utf16.units(text)
    first = clamp(to_integer(start), len(units))
    last = clamp(to_integer(end, len(units)), len(units))
    return utf16.text(units[min(first, last) : max(first, last)])


@STRINGS.add("substr(from, length?)", '"abcd".substr(1, 2)')
def substr(text: str, start: Value = UNDEFINED, length: Value = UNDEFINED) -> str:
    """So many characters from a position."""
    units = utf16.units(text)
    first = relative(start, len(units), 0)
    count = clamp(to_integer(length, len(units)), len(units))
    return utf16.text(units[first : first + count])


@STRINGS.add("toLowerCase()", '"Ab".toLowerCase()')
def to_lower_case(text: str) -> str:
    """The text in small letters."""
    return text.lower()


@STRINGS.add("toUpperCase()", '"Ab".toUpperCase()')
def to_upper_case(text: str) -> str:
    """The text in capital letters."""
    return text.upper()


@STRINGS.add("trim()", '"  a ".trim()')
def trim(text: str) -> str:
    """The text without white space at its ends."""
    return text.strip(WHITESPACE)


@STRINGS.add("trimStart()", '"  a".trimStart()')
def trim_start(text: str) -> str:
    """The text without white space at its start."""
    return text.lstrip(WHITESPACE)


@STRINGS.add("trimEnd()", '"a  ".trimEnd()')
def trim_end(text: str) -> str:
    """The text without white space at its end."""
    return text.rstrip(WHITESPACE)


@STRINGS.add("toWellFormed()", '"a".toWellFormed()')
def to_well_formed(text: str) -> str:
    """The text without half characters."""
    return utf16.well_formed(text)


@STRINGS.add("toString()", '"a".toString()', is_linear=False)
@STRINGS.add("valueOf()", '"a".valueOf()', is_linear=False)
def itself(text: str) -> str:
    """The text itself."""
    return text
