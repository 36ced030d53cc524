"""`/healthz`: this process lives. `/readyz`: it can do its work."""

from __future__ import annotations

from typing import Any, Final

from django.core.cache import cache
from django.db import Error, InterfaceError, connections
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from headrace.executions.queries import sandboxes
from headrace.operations.bounded import Bounded
from headrace.sandbox.queries import levels
from headrace.tenants import schemas
from headrace.tenants.context import public


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers at all."""
    del request
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and is migrated; without Redis it is only `degraded`.

    How the sandbox stands, of this process and of the workers, is told, and decides nothing.
    A database that accepts connections and says nothing is `unavailable`, too (R-016).
    """
    del request
    database = _database_in_time()
    broker = _broker()
    is_ready = database == "ok"
    facts: dict[str, Any] = {
        "database": database,
        "broker": broker,
        "sandbox": levels(),
        "sandbox_of_workers": _sandboxes_in_time() if is_ready else {},
    }
    status = "unavailable" if not is_ready else "ok" if broker == "ok" else "degraded"
    return JsonResponse({"status": status, **facts}, status=200 if is_ready else 503)


def _database() -> str:
    """In a thread of its own, which gives its connection back."""
    try:
        with public():
            return "ok" if schemas.is_current() else "not migrated"
    except (Error, InterfaceError):
        return "unavailable"
    finally:
        connections.close_all()


def _sandboxes() -> dict[str, list[str]]:
    try:
        return sandboxes()
    except (Error, InterfaceError):
        return {}
    finally:
        connections.close_all()


_sandboxes_in_time: Final = Bounded[dict[str, list[str]]](_sandboxes, late={}, limit_s=1.0)
_database_in_time: Final = Bounded(_database, late="unavailable", limit_s=3.0)


def _broker() -> str:
    try:
        with public():
            cache.set("readyz", 1, 5)
    except Exception:  # noqa: BLE001 - the client raises errors of several libraries
        return "unavailable"
    return "ok"
