"""Every error of the API as RFC 9457 problem details with a stable `code`; no 500 for bad input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

import pydantic
import rest_framework.exceptions as drf
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from headrace.accounts import denials
from headrace.accounts.errors import Forbidden
from headrace.accounts.http import actor_of
from headrace_sdk.errors import HeadraceError

TYPE_BASE: Final = "https://headrace.dev/problems/"
_RETRY_S: Final = 5


def handle(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """Django REST framework's exception handler."""
    if isinstance(error, Forbidden):
        _note_denial(error, context)
    if isinstance(error, HeadraceError):
        response = _of_headrace(error)
    elif isinstance(error, pydantic.ValidationError):
        response = _of_pydantic(error)
    elif isinstance(error, OperationalError | InterfaceError):
        response = _problem(503, "database_unavailable", "The database does not answer.")
    elif isinstance(error, RequestDataTooBig):
        response = _problem(413, "body_too_large", "The request body is too large.")
    else:
        return _of_framework(error, context)
    set_rollback()
    return response


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    errors: list[dict[str, Any]] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The body of a problem."""
    return {
        "type": TYPE_BASE + code,
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "errors": errors or [],
        "facts": dict(facts or {}),
    }


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answers a form whose CSRF token is missing or wrong."""
    del request
    return _plain(403, "csrf_failed", f"CSRF check failed: {reason}")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answers an address that does not exist."""
    del request, exception
    return _plain(404, "not_found", "There is nothing at this address.")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answers a request that Django itself refuses."""
    del request
    too_large = isinstance(exception, RequestDataTooBig)
    if too_large:
        return _plain(413, "body_too_large", "The request body is too large.")
    return _plain(400, "bad_request", "The request is malformed.")


def server_error(request: HttpRequest) -> HttpResponse:
    """Answers what nobody expected. The details are in the log."""
    del request
    return _plain(500, "internal_error", "Something went wrong on the server. It was logged.")


def _plain(status: int, code: str, detail: str) -> HttpResponse:
    return JsonResponse(
        problem(status, code, detail), status=status, content_type="application/problem+json"
    )


def _problem(status: int, code: str, detail: str, **more: Any) -> Response:
    headers = {"Retry-After": str(_RETRY_S)} if status == 503 else {}
    return Response(
        problem(status, code, detail, **more),
        status=status,
        headers=headers,
        content_type="application/problem+json",
    )


def _of_headrace(error: HeadraceError) -> Response:
    status: int = getattr(error, "status", 400)
    response = _problem(
        status, error.code, error.message, errors=_errors_of(error), facts=error.facts
    )
    retry_after_s = getattr(error, "retry_after_s", None)
    if retry_after_s is not None:
        response.headers["Retry-After"] = str(retry_after_s)
    return response


def _errors_of(error: HeadraceError) -> list[dict[str, Any]]:
    """From `errors` as they are, from `problems` of a workflow, or from the path of one fault."""
    if hasattr(error, "errors"):
        return list(error.errors)
    if hasattr(error, "problems"):
        return [
            {"path": found.path, "message": found.message, "code": found.code}
            for found in error.problems
        ]
    path = getattr(error, "path", "")
    return [{"path": path, "message": error.message, "code": error.code}] if path else []


def _of_pydantic(error: pydantic.ValidationError) -> Response:
    errors = [
        {"path": _pointer(fault["loc"]), "message": fault["msg"], "code": fault["type"]}
        for fault in error.errors(include_url=False, include_context=False, include_input=False)
    ]
    return _problem(400, "invalid_input", "Some fields are wrong. See `errors`.", errors=errors)


def _note_denial(error: Forbidden, context: Mapping[str, Any]) -> None:
    request: HttpRequest = context["request"]
    # The first id of an address is of the thing that the right is about.
    ids = (str(value) for value in context["kwargs"].values() if isinstance(value, UUID))
    facts = {"method": request.method, "path": request.path}
    denials.note(actor_of(request), error, facts, next(ids, ""))


def _of_framework(error: Exception, context: Mapping[str, Any]) -> Response | None:
    response = exception_handler(error, dict(context))
    if response is None:
        return None
    if isinstance(error, drf.ValidationError):
        errors = list(_flattened(error.detail))
        body = problem(400, "invalid_input", "Some fields are wrong. See `errors`.", errors=errors)
    elif isinstance(error, Http404 | drf.NotFound):
        body = problem(404, "not_found", "There is nothing at this address.")
    elif isinstance(error, PermissionDenied):
        body = problem(403, "forbidden", "This is not allowed.")
    else:
        body = problem(response.status_code, _code_of(error), str(getattr(error, "detail", error)))
    response.data = body
    response.content_type = "application/problem+json"
    return response


def _code_of(error: Exception) -> str:
    codes = error.get_codes() if isinstance(error, drf.APIException) else "error"
    return codes if isinstance(codes, str) else "error"


def _flattened(detail: Any, path: str = "") -> Iterator[dict[str, Any]]:
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from _flattened(inner, path if name == "non_field_errors" else f"{path}/{name}")
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            is_nested = isinstance(inner, Mapping | list)
            yield from _flattened(inner, f"{path}/{index}" if is_nested else path)
    else:
        yield {"path": path, "message": str(detail), "code": getattr(detail, "code", "invalid")}


def _pointer(location: tuple[int | str, ...]) -> str:
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in location)
