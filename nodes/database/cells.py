"""Values of databases as JSON: exact where JSON can be, as texts where it cannot."""

from __future__ import annotations

import base64
import math
from datetime import date, datetime, time, timedelta
from functools import singledispatch

from headrace_sdk import JsonValue


@singledispatch
def plain(value: object) -> JsonValue:
    """A cell as JSON.

    Decimals, and integers beyond 64 bits, become texts, so that no digit is lost; bytes become
    base64, times ISO 8601, a length of time seconds.
    """
    return str(value)


@plain.register(bool)
@plain.register(str)
@plain.register(type(None))
def _same(value: str | bool | None) -> JsonValue:
    return value


@plain.register(int)
def _integer(value: int) -> JsonValue:
    return value if -(2**63) <= value < 2**64 else str(value)


@plain.register(float)
def _float(value: float) -> JsonValue:
    return value if math.isfinite(value) else None


@plain.register(datetime)
@plain.register(date)
@plain.register(time)
def _moment(value: datetime | date | time) -> JsonValue:
    return value.isoformat()


@plain.register(timedelta)
def _length(value: timedelta) -> JsonValue:
    return value.total_seconds()


@plain.register(bytes)
@plain.register(bytearray)
@plain.register(memoryview)
def _bytes(value: bytes | bytearray | memoryview) -> JsonValue:
    return base64.b64encode(value).decode()


@plain.register(list)
@plain.register(tuple)
def _list(value: list | tuple) -> JsonValue:  # type: ignore[type-arg]
    return [plain(element) for element in value]


@plain.register(dict)
def _object(value: dict) -> JsonValue:  # type: ignore[type-arg]
    return {str(name): plain(element) for name, element in value.items()}
