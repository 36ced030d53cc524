"""Conditions on documents' metadata as database queries: names are checked, values are parameters.

A condition is `{"field", "op", "value"}`; all must hold. The fields `document`, `document_id` and
`key` are those of the document itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Func, JSONField, Q, TextField, Value
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.lookups import (
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    IContains,
    LessThan,
    LessThanOrEqual,
)

from headrace.knowledge.errors import InvalidFilter
from headrace.knowledge.limits import MAX_CONDITIONS, MAX_FIELD
from headrace_sdk.items import JsonValue
from headrace_sdk.knowledge import FILTERS, Condition

FIELD: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.\- ]*")
_COMPARED: Final[dict[str, Any]] = {
    "gt": GreaterThan,
    "gte": GreaterThanOrEqual,
    "lt": LessThan,
    "lte": LessThanOrEqual,
}
_OWN: Final = ("document", "document_id", "key")


def all_hold(conditions: Sequence[Condition]) -> Q:
    """Every condition holds for a chunk.

    Raises:
        InvalidFilter: one of them cannot be asked.
    """
    if len(conditions) > MAX_CONDITIONS:
        message = f"At most {MAX_CONDITIONS} conditions can be asked at once."
        raise InvalidFilter(message)
    found = Q()
    for one in conditions:
        found &= _condition(one)
    return found


def is_field(name: str) -> bool:
    """May metadata have a field of this name?"""
    return len(name) <= MAX_FIELD and FIELD.fullmatch(name) is not None


def _condition(one: Condition) -> Q:
    if one.op not in FILTERS:
        message = f"There is no comparison {one.op[:40]!r}. Choose one of {', '.join(FILTERS)}."
        raise InvalidFilter(message)
    if one.field in _OWN:
        return _of_document(one)
    if not is_field(one.field):
        message = f"{one.field[:40]!r} cannot be a field of metadata."
        raise InvalidFilter(message)
    found = _METADATA[one.op](one)
    return ~found if one.op.startswith("not_") else found


def _equals(one: Condition) -> Q:
    return Q(metadata__contains={one.field: _scalar(one.value)})


def _exists(one: Condition) -> Q:
    return Q(metadata__has_key=one.field)


def _of_document(one: Condition) -> Q:
    column = {"document": "document__name", "key": "document__key"}.get(one.field, "document_id")
    values = one.value if one.op == "in" and isinstance(one.value, list) else [one.value]
    if one.op not in ("equals", "not_equals", "in"):
        message = f"{one.field} can only be asked whether it is something."
        raise InvalidFilter(message)
    wanted = [_id(value) if column == "document_id" else _text(value) for value in values]
    found = Q((f"{column}__in", wanted))
    return ~found if one.op == "not_equals" else found


def _any_of(one: Condition) -> Q:
    if not isinstance(one.value, list) or not 0 < len(one.value) <= 100:
        message = f"{one.field!r} needs a list of 1 to 100 values."
        raise InvalidFilter(message)
    found = Q()
    for value in one.value:
        found |= Q(metadata__contains={one.field: _scalar(value)})
    return found


def _compared(one: Condition) -> Q:
    value = one.value
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        message = f"{one.field!r} is compared with a number or a text (dates as 2026-01-31)."
        raise InvalidFilter(message)
    kind = "string" if isinstance(value, str) else "number"
    at = KeyTransform(one.field, F("metadata"))
    is_kind = Exact(Func(at, function="jsonb_typeof", output_field=TextField()), Value(kind))
    plain = _text(value) if isinstance(value, str) else value
    return Q(is_kind) & Q(_COMPARED[one.op](at, Value(plain, JSONField())))


def _contains(one: Condition) -> Q:
    """A list that has the value, or a text with it somewhere in it."""
    value = _scalar(one.value)
    holds = Q(metadata__contains={one.field: [value]})
    if isinstance(value, str) and value:
        holds |= Q(IContains(KeyTextTransform(one.field, F("metadata")), Value(value)))
    return holds


def _scalar(value: JsonValue) -> JsonValue:
    if isinstance(value, dict | list):
        message = "Compare with a text, a number, true, false or null."
        raise InvalidFilter(message)
    return _text(value) if isinstance(value, str) else value


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > 1_000:
        message = "Compare with a text of up to 1,000 characters."
        raise InvalidFilter(message)
    return value.replace("\x00", "\ufffd")


def _id(value: object) -> UUID:
    try:
        return UUID(str(value))
    except ValueError:
        message = "This is not the id of a document."
        raise InvalidFilter(message) from None


_METADATA: Final[Mapping[str, Callable[[Condition], Q]]] = {
    "equals": _equals,
    "not_equals": _equals,
    "exists": _exists,
    "not_exists": _exists,
    "in": _any_of,
    "contains": _contains,
    **dict.fromkeys(_COMPARED, _compared),
}
