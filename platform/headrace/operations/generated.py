"""Files that are derived from the code; `make gen` writes them, and a check compares them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from drf_spectacular.generators import SchemaGenerator

from headrace.catalog.queries import catalog_json, documentation
from headrace.engine.events import EVENT_TYPES
from headrace.expressions import reference
from headrace_sdk.fields import WIDGETS

_NOTICE = "// Written by `make gen` from {source}. Do not edit.\n\n"


def files() -> Iterator[tuple[Path, str]]:
    """Each file's path from the root of the project, and its content."""
    api = Path("frontend/src/api")
    generator = SchemaGenerator()  # type: ignore[no-untyped-call] # library
    schema = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    yield api / "openapi.json", _json(schema)
    yield (
        api / "events.gen.ts",
        _NOTICE.format(source="headrace.engine.events")
        + _constant("EVENT_TYPES", "EventType", sorted(EVENT_TYPES)),
    )
    yield (
        api / "widgets.gen.ts",
        _NOTICE.format(source="headrace_sdk.fields") + _constant("WIDGETS", "Widget", WIDGETS),
    )
    yield Path("fixtures/catalog.json"), _json(catalog_json())
    yield Path("fixtures/expressions/reference.json"), _json(reference())
    for name, page in documentation().items():
        yield Path("docs/nodes") / name, page


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _constant(name: str, union: str, words: list[str] | tuple[str, ...]) -> str:
    lines = "".join(f'  "{word}",\n' for word in words)
    return (
        f"export const {name} = [\n{lines}] as const;\n\n"
        f"export type {union} = (typeof {name})[number];\n"
    )
