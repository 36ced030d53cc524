"""Authentication and authorisation of API views: who asks, and does the view's verb allow it?

Every view names its right, as `verb` or per method as `verbs`. A view without one is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from headrace.accounts import actions, queries
from headrace.accounts.permissions import ANYONE, require
from headrace.accounts.types import PUBLIC, Actor
from headrace.tenants.context import current_or_none

if TYPE_CHECKING:
    from rest_framework.views import APIView


def actor_of(request: Request | HttpRequest) -> Actor:
    """Who asks; `PUBLIC` without sign-in."""
    actor = getattr(request, "user", None)
    return actor if isinstance(actor, Actor) else PUBLIC


class ApiKeyAuthentication(BaseAuthentication):
    """`X-API-Key: hr_…`."""

    def authenticate(self, request: Request) -> tuple[Actor, None] | None:
        """The key's actor; `None` without the header.

        Raises:
            AuthenticationFailed: there is a key, but not a valid one.
        """
        text = request.headers.get("X-API-Key")
        if text is None:
            return None
        actor = queries.actor_by_api_key(text) if current_or_none() else None
        if actor is None or actor.id is None:
            raise AuthenticationFailed("This API key is unknown, expired or revoked.")
        actions.note_use(actor.id)
        return actor, None

    def authenticate_header(self, request: Request) -> str:
        """Makes the answer to anonymous callers a 401."""
        del request
        return 'ApiKey realm="headrace"'


class SessionAuthentication(BaseAuthentication):
    """The session cookie of a browser, with its CSRF token on every write."""

    def authenticate(self, request: Request) -> tuple[Actor, None] | None:
        """The signed-in person; `None` without a valid session.

        Raises:
            PermissionDenied: the CSRF token is missing or wrong.
        """
        if current_or_none() is None:
            return None
        actor = queries.actor_by_session(request._request.session)
        if actor is None:
            return None
        _enforce_csrf(request._request)
        return actor, None


class DeclaredVerb(BasePermission):
    """Lets a request through if its actor may use the verb that the view declares."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Default deny.

        Raises:
            Forbidden: somebody is signed in, but may not do this.
        """
        verb = verb_of(view, request.method or "")
        if verb == ANYONE:
            return True
        actor = actor_of(request)
        if verb is None or not actor.is_authenticated:
            return False
        require(actor, verb)
        return True


def verb_of(view: object, method: str) -> str | None:
    """The right that a view asks for in this method; `None` where it declares none."""
    verbs: dict[str, str] = getattr(view, "verbs", {})
    if method in {"HEAD", "OPTIONS"} and method not in verbs:
        method = "GET" if "GET" in verbs else next(iter(verbs), method)
    return verbs.get(method) or getattr(view, "verb", None)


class Input(serializers.Serializer[Any]):
    """A request body of which every field is known; others are refused, not ignored (S-056)."""

    @classmethod
    def read(cls, request: Request) -> dict[str, Any]:
        """The validated fields of a request's body.

        Raises:
            ValidationError: with the path of every fault.
        """
        body = cls(data=request.data)
        body.is_valid(raise_exception=True)
        return dict(body.validated_data)

    def to_internal_value(self, data: Any) -> Any:
        """The validated fields."""
        unknown = set(data) - set(self.fields) if isinstance(data, dict) else set()
        if unknown:
            raise serializers.ValidationError(
                dict.fromkeys(sorted(unknown), "There is no such field.")
            )
        return super().to_internal_value(data)


class _CsrfCheck(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> Any:
        del request
        return reason


def _enforce_csrf(request: HttpRequest) -> None:
    check = _CsrfCheck(lambda _request: HttpResponse())
    check.process_request(request)
    reason = check.process_view(request, lambda _request: HttpResponse(), (), {})
    if reason:
        raise PermissionDenied(f"CSRF check failed: {reason}", code="csrf_failed")
