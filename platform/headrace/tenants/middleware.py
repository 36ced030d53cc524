"""Puts the tenant of the host at work for each HTTP request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from inspect import iscoroutinefunction
from typing import Any, Final

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.decorators import sync_and_async_middleware

from headrace.tenants import queries
from headrace.tenants.context import TenantRef, public, tenant
from headrace.tenants.errors import TenantNotFound, TenantNotMigrated

HEALTH_PATHS: Final = ("/healthz", "/readyz")
STATIC_PATH: Final = "/static/"
OPERATOR_PATH: Final = "/admin/"

Handler = Callable[[HttpRequest], Any]


@sync_and_async_middleware
def tenant_middleware(get_response: Handler) -> Handler:
    """Health, static files and operators' pages use the shared schema; all else has a tenant.

    An unknown host is answered with the same 404 for every path (T-022, T-031).
    """
    if iscoroutinefunction(get_response):

        async def handle_async(request: HttpRequest) -> HttpResponseBase:
            host = request.META.get("HTTP_HOST", "")
            try:
                ref = None if _is_shared(request.path) else await queries.aby_host(host)
                scope = _scope(request, host, ref)
            except (TenantNotFound, TenantNotMigrated) as error:
                return _refusal(error)
            with scope:
                response: Awaitable[HttpResponseBase] = get_response(request)
                return await response

        return handle_async

    def handle(request: HttpRequest) -> HttpResponseBase:
        host = request.META.get("HTTP_HOST", "")
        try:
            ref = None if _is_shared(request.path) else queries.by_host(host)
            scope = _scope(request, host, ref)
        except (TenantNotFound, TenantNotMigrated) as error:
            return _refusal(error)
        with scope:
            answer: HttpResponseBase = get_response(request)
            return answer

    return handle


def _is_shared(path: str) -> bool:
    return path in HEALTH_PATHS or path.startswith((STATIC_PATH, OPERATOR_PATH))


def _scope(
    request: HttpRequest, host: str, ref: TenantRef | None
) -> AbstractContextManager[object]:
    request.tenant = ref  # type: ignore[attr-defined] # ours; None on shared paths
    if ref is not None:
        return tenant(ref)
    is_open = request.path in HEALTH_PATHS or request.path.startswith(STATIC_PATH)
    if is_open or (request.path.startswith(OPERATOR_PATH) and queries.serves_operators(host)):
        return public()
    raise TenantNotFound


def _refusal(error: TenantNotFound | TenantNotMigrated) -> JsonResponse:
    response = JsonResponse(
        {
            "type": f"https://headrace.dev/problems/{error.code}",
            "title": "Not found" if error.status == 404 else "Service unavailable",
            "status": error.status,
            "detail": error.message,
            "code": error.code,
            "errors": [],
            "facts": {},
        },
        status=error.status,
        content_type="application/problem+json",
    )
    if error.status == 503:
        response.headers["Retry-After"] = "5"
    return response
