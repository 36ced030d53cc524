"""Cells: what a column of a type keeps, and how it is shown."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

import orjson

from headrace.tables.limits import MAX_ROW_BYTES
from headrace.tables.types import Column
from headrace_sdk.comparison import kind_of
from headrace_sdk.conversion import convert
from headrace_sdk.errors import UserError
from headrace_sdk.items import JsonValue
from headrace_sdk.moments import as_moment, to_text
from headrace_sdk.texts import as_text

LARGEST: Final = 2**63
NUL: Final = rb"\u0000"


class DoesNotFit(ValueError):
    """The value cannot be kept; the text says why."""


def fitted(column: Column, value: JsonValue) -> JsonValue:
    """The value as the column keeps it; `None` where the cell is to be empty.

    Null and the empty text mean an empty cell in every column.

    Raises:
        DoesNotFit: it is of another type and cannot be read as this one.
    """
    if value is None or value == "":
        return None
    try:
        kept = _FITTED[column.type](value)
    except UserError as error:
        raise DoesNotFit(error.message) from None
    if len(_encoded(kept)) > MAX_ROW_BYTES:
        message = f"A row may have {MAX_ROW_BYTES // 1024} KiB. Keep large things as files."
        raise DoesNotFit(message)
    return kept


def size_of(cells: Mapping[str, JsonValue]) -> int:
    """Bytes of a row."""
    return len(_encoded(dict(cells)))


def _encoded(value: JsonValue) -> bytes:
    try:
        encoded = orjson.dumps(value)
    except TypeError:
        message = "It holds a number or a character that cannot be kept exactly."
        raise DoesNotFit(message) from None
    # PostgreSQL's JSON has no character 0.
    if NUL in encoded.replace(rb"\\", b""):
        message = "It holds the character NUL, which no table can keep."
        raise DoesNotFit(message)
    return encoded


def _number(value: JsonValue) -> JsonValue:
    number = convert(value, "number")
    if not isinstance(number, (int, float)) or not math.isfinite(number):
        message = f"{as_text(value)[:60]!r} ({kind_of(value)}) is not a number."
        raise DoesNotFit(message)
    if isinstance(number, int) and abs(number) >= LARGEST:
        message = "The number is too large to be kept exactly. Use a column for text."
        raise DoesNotFit(message)
    return number


def _date_time(value: JsonValue) -> JsonValue:
    moment = as_moment(value.strip() if isinstance(value, str) else value)
    try:
        if moment is not None:
            return to_text(moment)
    except OverflowError:
        pass
    message = f"{as_text(value)[:60]!r} is not a date with time. Write it as 2026-01-31T09:30:00Z."
    raise DoesNotFit(message)


_FITTED: Final[Mapping[str, Callable[[JsonValue], JsonValue]]] = {
    "text": lambda value: convert(value, "text"),
    "number": _number,
    "boolean": lambda value: convert(value, "boolean"),
    "date_time": _date_time,
    "json": lambda value: value,
}
