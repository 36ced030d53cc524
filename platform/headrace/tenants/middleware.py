"""Puts the tenant of the host at work for each HTTP request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from inspect import iscoroutinefunction
from typing import Any, Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.decorators import sync_and_async_middleware

from headrace.tenants import queries
from headrace.tenants.addresses import OPERATOR_PATH
from headrace.tenants.context import TenantRef, public, tenant
from headrace.tenants.errors import DatabaseUnavailable, TenantNotFound, TenantNotMigrated

HEALTH_PATHS: Final = ("/healthz", "/readyz")
STATIC_PATH: Final = "/static/"
BARE_PATHS: Final = frozenset(
    {"/", "/app", "/app/", "/app/sign-in", "/api/v1/auth/place/", "/api/v1/auth/anywhere/"}
)
"""On the bare host people sign in and are led to their tenant; nothing else is there."""

RETRY_S: Final = 5

Handler = Callable[[HttpRequest], Any]
Scope = AbstractContextManager[object]


@sync_and_async_middleware
def tenant_middleware(get_response: Handler) -> Handler:
    """Health, static files and operators' pages use the shared schema; all else has a tenant.

    An unknown host is answered with the same 404 for every path (T-022, T-031).
    """
    if iscoroutinefunction(get_response):

        async def handle_async(request: HttpRequest) -> HttpResponseBase:
            try:
                scope = _shared(request) or _tenants(await queries.aby_host(_host(request)))
            except REFUSALS as error:
                return _refusal(error)
            with scope:
                response: Awaitable[HttpResponseBase] = get_response(request)
                return await response

        return handle_async

    def handle(request: HttpRequest) -> HttpResponseBase:
        try:
            scope = _shared(request) or _tenants(queries.by_host(_host(request)))
        except REFUSALS as error:
            return _refusal(error)
        with scope:
            response: HttpResponseBase = get_response(request)
            return response

    return handle


REFUSALS: Final = (TenantNotFound, TenantNotMigrated, OperationalError, InterfaceError)


def _host(request: HttpRequest) -> str:
    return str(request.META.get("HTTP_HOST", ""))


def _shared(request: HttpRequest) -> Scope | None:
    """The shared schema for the paths that belong to no tenant."""
    if request.path in HEALTH_PATHS or request.path.startswith(STATIC_PATH):
        return public()
    if request.path in BARE_PATHS and queries.is_bare(_host(request)):
        return public()
    if not request.path.startswith(OPERATOR_PATH):
        return None
    if not queries.serves_operators(_host(request)):
        raise TenantNotFound
    return public()


def _tenants(ref: TenantRef | None) -> Scope:
    if ref is None:
        raise TenantNotFound
    return tenant(ref)


def _refusal(error: Exception) -> JsonResponse:
    known = (
        error if isinstance(error, TenantNotFound | TenantNotMigrated) else DatabaseUnavailable()
    )
    response = JsonResponse(
        {
            "type": f"https://headrace.dev/problems/{known.code}",
            "title": "Not Found" if known.status == 404 else "Service Unavailable",
            "status": known.status,
            "detail": known.message,
            "code": known.code,
            "errors": [],
            "facts": {},
        },
        status=known.status,
        content_type="application/problem+json",
    )
    if known.status == 503:
        response.headers["Retry-After"] = str(RETRY_S)
    return response
