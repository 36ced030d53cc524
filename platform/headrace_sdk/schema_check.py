"""Does a value fit a JSON Schema? The parts that models are asked for, the rest is let pass.

`type`, `enum`, `const`, `properties`, `required`, `additionalProperties: false`, `items`, `anyOf`,
`minItems`, `maxItems`, `minLength`, `maxLength`, `minimum` and `maximum` (draft 2020-12).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from headrace_sdk.items import JsonObject, JsonValue

DEEPEST: Final = 64


def fault_of(value: JsonValue, schema: JsonObject) -> str | None:
    """The first thing that does not fit, with its place; `None` if everything does."""
    return next(_faults(value, schema, "", 0), None)


def _faults(value: JsonValue, schema: JsonObject, path: str, depth: int) -> Iterator[str]:
    if depth > DEEPEST:
        return
    place = path or "the answer"
    wanted = schema.get("type")
    kinds = wanted if isinstance(wanted, list) else [wanted] if wanted else []
    if kinds and not any(_is(value, str(kind)) for kind in kinds):
        yield f"{place} is not of the type {' or '.join(map(str, kinds))}."
        return
    yield from _choices(value, schema, path, depth)
    yield from _limits(value, schema, place)
    inner = schema.get("items")
    if isinstance(value, dict):
        yield from _of_object(value, schema, path, depth)
    elif isinstance(value, list) and isinstance(inner, dict):
        for index, one in enumerate(value):
            yield from _faults(one, inner, f"{path}/{index}", depth + 1)


def _choices(value: JsonValue, schema: JsonObject, path: str, depth: int) -> Iterator[str]:
    place = path or "the answer"
    choices, others = schema.get("enum"), schema.get("anyOf")
    if isinstance(choices, list) and value not in choices:
        yield f"{place} is none of {choices}."
    if "const" in schema and value != schema["const"]:
        yield f"{place} is not {schema['const']!r}."
    each = [one for one in others if isinstance(one, dict)] if isinstance(others, list) else []
    if each and all(next(_faults(value, one, path, depth + 1), None) for one in each):
        yield f"{place} fits none of the shapes that are allowed."


def _of_object(value: JsonObject, schema: JsonObject, path: str, depth: int) -> Iterator[str]:
    given = schema.get("properties")
    known = given if isinstance(given, dict) else {}
    required = schema.get("required")
    for name in required if isinstance(required, list) else ():
        if name not in value:
            yield f"{path}/{name} is missing."
    for name, one in value.items():
        inner = known.get(name)
        if isinstance(inner, dict):
            yield from _faults(one, inner, f"{path}/{name}", depth + 1)
        elif schema.get("additionalProperties") is False:
            yield f"{path}/{name} is not in the schema."


def _limits(value: JsonValue, schema: JsonObject, place: str) -> Iterator[str]:
    for word, (measure, is_least) in _LIMITS.items():
        limit, size = schema.get(word), measure(value)
        if size is None or isinstance(limit, bool) or not isinstance(limit, int | float):
            continue
        if (size < limit) if is_least else (size > limit):
            yield f"{place} is beyond its {word} of {limit:g}."


def _number(value: JsonValue) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _length(value: JsonValue) -> float | None:
    return len(value) if isinstance(value, str) else None


def _count(value: JsonValue) -> float | None:
    return len(value) if isinstance(value, list) else None


_LIMITS: Final[Mapping[str, tuple[Callable[[JsonValue], float | None], bool]]] = {
    "minimum": (_number, True),
    "maximum": (_number, False),
    "minLength": (_length, True),
    "maxLength": (_length, False),
    "minItems": (_count, True),
    "maxItems": (_count, False),
}


def _is(value: JsonValue, kind: str) -> bool:
    if kind == "integer":
        number = _number(value)
        return number is not None and float(number).is_integer()
    if kind == "number":
        return _number(value) is not None
    python = {"string": str, "boolean": bool, "object": dict, "array": list, "null": type(None)}
    return kind not in python or isinstance(value, python[kind])
