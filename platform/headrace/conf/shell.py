"""The page that carries the single-page application."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from headrace.accounts import queries

_THEMES = {"light", "dark", "system"}
_THEME_COOKIE = "headrace_theme"  # written by the application on this device


@dataclass(frozen=True, slots=True)
class Assets:
    """The files that the page loads, below `/static/app/`."""

    script: str
    styles: tuple[str, ...]
    preloads: tuple[str, ...]


@require_safe
@ensure_csrf_cookie
def shell(request: HttpRequest) -> HttpResponse:
    """The page for every address below `/app`; the application itself asks who is signed in."""
    assets = _assets()
    if assets is None:
        return render(request, "unbuilt.html", status=503)
    response = render(
        request,
        "shell.html",
        {
            "assets": assets,
            "nonce": request.csp_nonce,  # type: ignore[attr-defined] # set by our middleware
            "theme": _theme(request),
            "base": f"{settings.STATIC_URL}app/",
        },
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _theme(request: HttpRequest) -> str:
    """What was chosen on this device, else what the person chose anywhere."""
    chosen = request.COOKIES.get(_THEME_COOKIE)
    if chosen in _THEMES:
        return chosen
    actor = queries.actor_by_session(request.session)
    facts = queries.person_facts(actor.id) if actor else None
    theme = facts["preferences"].get("theme") if facts else None
    return theme if theme in _THEMES else "system"


def _assets() -> Assets | None:
    manifest = settings.FRONTEND_DIST / ".vite" / "manifest.json"
    try:
        return _parsed(manifest, manifest.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=2)
def _parsed(manifest: Path, _changed_ns: int) -> Assets:
    chunks: dict[str, dict[str, Any]] = json.loads(manifest.read_text())
    entry = next(chunk for chunk in chunks.values() if chunk.get("isEntry"))
    imports = _imports(chunks, entry)
    styles = [style for chunk in (entry, *imports) for style in chunk.get("css", [])]
    return Assets(entry["file"], tuple(dict.fromkeys(styles)), tuple(c["file"] for c in imports))


def _imports(chunks: dict[str, dict[str, Any]], entry: dict[str, Any]) -> list[dict[str, Any]]:
    """Everything that the entry imports at once, each before what imports it."""
    found: dict[str, dict[str, Any]] = {}
    waiting = list(entry.get("imports", []))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = chunks[name]
            waiting.extend(chunks[name].get("imports", []))
    return list(found.values())
