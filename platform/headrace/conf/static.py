"""Serves `/static/` without leaving the event loop for any other request.

WhiteNoise finds files, types, compression and caching headers; its own middleware is synchronous
and would send every request through two threads more.
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import iscoroutinefunction
from typing import Any

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.decorators import sync_and_async_middleware
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]


@sync_and_async_middleware
def static_middleware(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Answer for a static file that exists; pass everything else on."""
    noise = WhiteNoiseMiddleware(get_response)

    if iscoroutinefunction(get_response):

        async def handle_async(request: HttpRequest) -> HttpResponseBase:
            if not request.path_info.startswith(noise.static_prefix):
                response: HttpResponseBase = await get_response(request)
                return response
            return await sync_to_async(_served)(noise, request) or await get_response(request)

        return handle_async

    def handle(request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = _served(noise, request) or get_response(request)
        return response

    return handle


def _served(noise: WhiteNoiseMiddleware, request: HttpRequest) -> HttpResponse | None:
    path = request.path_info
    file = noise.find_file(path) if noise.autorefresh else noise.files.get(path)
    if file is None:
        return None
    answer = file.get_response(request.method, request.META)
    content = b""
    if answer.file is not None:
        with answer.file as body:
            content = body.read()
    return HttpResponse(content, status=answer.status, headers=dict(answer.headers))
