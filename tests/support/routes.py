"""Every route that Django serves, with a made-up value for each part of its address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern

from headrace.tenants.ids import new_id

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
_PART = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")


@dataclass(frozen=True)
class Route:
    """An address pattern and what serves it."""

    pattern: str
    view: Any

    def address(self, values: Mapping[str, object] | None = None) -> str:
        """An address that fits, with `values` for parts by name."""
        given = values or {}
        return _PART.sub(lambda part: str(given.get(part["name"]) or _value(part)), self.pattern)

    @property
    def parts(self) -> dict[str, str]:
        """The kind of each part by its name."""
        return {part["name"]: part["kind"] or "str" for part in _PART.finditer(self.pattern)}

    @property
    def view_class(self) -> Any:
        """The class of an API view; `None` for a function."""
        return getattr(self.view, "cls", None)


def routes(patterns: Any = None, prefix: str = "/") -> Iterator[Route]:
    """All of them, included ones with their prefix."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        whole = prefix + _text(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, whole)
        elif isinstance(entry, URLPattern):
            yield Route(whole, entry.callback)


def _text(pattern: Any) -> str:
    if isinstance(pattern, RoutePattern):
        return str(pattern._route)
    assert isinstance(pattern, RegexPattern)
    return re.sub(r"\(\?.*\)\??|[\^$]|\.\*", "", str(pattern._regex))


def _value(part: re.Match[str]) -> str:
    return {"uuid": str(new_id()), "int": "1"}.get(part["kind"] or "", "unknown")
