"""Gives every request an id that its answer, its log lines and its audit entries share."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from inspect import iscoroutinefunction
from typing import Any, Final
from uuid import uuid4

from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

from headrace.audit.origin import Origin, comes_from

HEADER: Final = "X-Request-ID"
_GIVEN: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")


@sync_and_async_middleware
def request_id_middleware(
    get_response: Callable[[HttpRequest], Any],
) -> Callable[[HttpRequest], Any]:
    """Take the caller's id, where it is a plain word, so that one id follows a call everywhere."""
    if iscoroutinefunction(get_response):

        async def handle_async(request: HttpRequest) -> HttpResponseBase:
            where = _origin(request)
            with comes_from(where):
                response: Awaitable[HttpResponseBase] = get_response(request)
                return _named(await response, where)

        return handle_async

    def handle(request: HttpRequest) -> HttpResponseBase:
        where = _origin(request)
        with comes_from(where):
            return _named(get_response(request), where)

    return handle


def _origin(request: HttpRequest) -> Origin:
    given = request.headers.get(HEADER, "")
    name = given if _GIVEN.fullmatch(given) else uuid4().hex
    return Origin(str(request.META.get("REMOTE_ADDR") or ""), name)


def _named(response: HttpResponseBase, where: Origin) -> HttpResponseBase:
    response.headers[HEADER] = where.request_id
    return response
