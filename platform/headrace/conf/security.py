"""Response headers that limit what a page may do (S-041), and the nonce of a page's own styles."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from inspect import iscoroutinefunction
from typing import Any, Final

from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

_POLICY: Final = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'nonce-{nonce}'",
        "font-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
    ]
)
_PERMISSIONS: Final = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


@sync_and_async_middleware
def headers_middleware(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Give each request a `csp_nonce`, and each response the policy unless it brought its own."""
    if iscoroutinefunction(get_response):

        async def handle_async(request: HttpRequest) -> HttpResponseBase:
            nonce = _give_nonce(request)
            response: Awaitable[HttpResponseBase] = get_response(request)
            return _restrict(await response, nonce)

        return handle_async

    def handle(request: HttpRequest) -> HttpResponseBase:
        nonce = _give_nonce(request)
        return _restrict(get_response(request), nonce)

    return handle


def _give_nonce(request: HttpRequest) -> str:
    nonce = secrets.token_urlsafe(16)
    request.csp_nonce = nonce  # type: ignore[attr-defined] # read by the shell view
    return nonce


def _restrict(response: HttpResponseBase, nonce: str) -> HttpResponseBase:
    response.headers.setdefault("Content-Security-Policy", _POLICY.format(nonce=nonce))
    response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
    return response
