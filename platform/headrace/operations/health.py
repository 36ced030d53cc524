"""`/healthz`: this process lives. `/readyz`: it can do its work."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db import Error, InterfaceError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from headrace.tenants import schemas
from headrace.tenants.context import public


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers at all."""
    del request
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and is migrated; without Redis it is only `degraded`."""
    del request
    with public():
        database = _database()
        broker = _broker()
    is_ready = database == "ok"
    facts: dict[str, Any] = {"database": database, "broker": broker}
    status = "unavailable" if not is_ready else "ok" if broker == "ok" else "degraded"
    return JsonResponse({"status": status, **facts}, status=200 if is_ready else 503)


def _database() -> str:
    try:
        return "ok" if schemas.is_current() else "not migrated"
    except (Error, InterfaceError):
        return "unavailable"


def _broker() -> str:
    try:
        cache.set("readyz", 1, 5)
    except Exception:  # noqa: BLE001 - the client raises errors of several libraries
        return "unavailable"
    return "ok"
