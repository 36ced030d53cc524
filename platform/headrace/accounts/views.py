"""Sign-in, the session, members and API keys over HTTP."""

from __future__ import annotations

from typing import Any, ClassVar, cast
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts import actions, hand_over, open_sessions, queries, sessions
from headrace.accounts import serializers as shapes
from headrace.accounts.http import Input, actor_of
from headrace.accounts.models import Person
from headrace.accounts.openapi import page_of
from headrace.accounts.permissions import ANYONE, can
from headrace.accounts.types import Role


class SignInView(APIView):
    """`POST auth/sign-in/`."""

    verbs: ClassVar = {"POST": ANYONE}
    authentication_classes = ()

    @extend_schema(request=shapes.SignInInput, responses=shapes.SessionShape)
    def post(self, request: Request) -> Response:
        """Sign in by e-mail address and password."""
        body = _valid(shapes.SignInInput, request)
        host = request.META.get("REMOTE_ADDR", "")
        return _signed_in(request, actions.sign_in(body["email"], body["password"], host=host))


class OneTimeView(APIView):
    """`POST auth/one-time/`."""

    verbs: ClassVar = {"POST": ANYONE}
    authentication_classes = ()

    @extend_schema(request=shapes.OneTimeInput, responses=shapes.SessionShape)
    def post(self, request: Request) -> Response:
        """Sign in by a link that works once."""
        body = _valid(shapes.OneTimeInput, request)
        return _signed_in(request, actions.sign_in_once(body["token"]))


class PlaceView(APIView):
    """`GET auth/place/`."""

    verbs: ClassVar = {"GET": ANYONE}
    authentication_classes = ()

    @extend_schema(responses=shapes.WhereShape)
    def get(self, request: Request) -> Response:
        """Whose sign-in page this is."""
        del request
        return Response({"tenant": sessions.place(), "can_mail": sessions.can_mail()})


class AnywhereView(APIView):
    """`POST auth/anywhere/`, on the bare host."""

    verbs: ClassVar = {"POST": ANYONE}
    authentication_classes = ()

    @extend_schema(request=shapes.SignInInput, responses=shapes.PlacesShape)
    def post(self, request: Request) -> Response:
        """The person's tenants; each address signs them in there once."""
        if sessions.place() is not None:
            raise NotFound
        body = _valid(shapes.SignInInput, request)
        host = request.META.get("REMOTE_ADDR", "")
        found = hand_over.sign_in_anywhere(body["email"], body["password"], host=host)
        return Response({"results": shapes.PlaceShape(found, many=True).data})


class TenantsView(APIView):
    """`GET session/tenants/`."""

    verbs: ClassVar = {"GET": "session.view"}

    @extend_schema(responses=shapes.PlacesShape)
    def get(self, request: Request) -> Response:
        """The tenants that one may switch to."""
        found = hand_over.places_of(actor_of(request))
        return Response({"results": shapes.PlaceShape(found, many=True).data})


class HandOverView(APIView):
    """`POST session/hand-over/`."""

    verbs: ClassVar = {"POST": "session.edit"}

    @extend_schema(request=shapes.HandOverInput, responses=shapes.LinkShape)
    def post(self, request: Request) -> Response:
        """An address that signs the person in at another of their tenants, once."""
        body = _valid(shapes.HandOverInput, request)
        return Response({"url": hand_over.hand_over(actor_of(request), body["tenant"])})


class SignOutView(APIView):
    """`POST auth/sign-out/`."""

    verbs: ClassVar = {"POST": "session.edit"}

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        """End the session."""
        request._request.session.flush()
        return Response(status=204)


class SessionView(APIView):
    """`GET session/`."""

    verbs: ClassVar = {"GET": "session.view"}

    @extend_schema(responses=shapes.SessionShape)
    def get(self, request: Request) -> Response:
        """Who is signed in, where, and what they may do."""
        open_sessions.saw(request._request.session.session_key)
        return Response(sessions.describe(request._request, actor_of(request)))


class PreferencesView(APIView):
    """`PATCH session/preferences/`."""

    verbs: ClassVar = {"PATCH": "session.edit"}

    @extend_schema(request=shapes.PreferencesInput, responses=shapes.PreferencesInput)
    def patch(self, request: Request) -> Response:
        """Change some preferences; answer with all."""
        changes = _valid(shapes.PreferencesInput, request)
        return Response(actions.save_preferences(actor_of(request), changes))


class MembersView(APIView):
    """`GET members/`."""

    verbs: ClassVar = {"GET": "member.view"}

    @extend_schema(responses=page_of(shapes.MemberShape))
    def get(self, request: Request) -> Response:
        """Every member of the tenant."""
        del request
        return _whole_list(shapes.MemberShape, queries.members())


class MemberView(APIView):
    """`members/{id}/`."""

    verbs: ClassVar = {"PATCH": "member.edit", "DELETE": "member.delete"}

    @extend_schema(request=shapes.MemberInput, responses=shapes.MemberShape)
    def patch(self, request: Request, member_id: UUID) -> Response:
        """Give a member another role, shut them out, or let them in again."""
        body = _valid(shapes.MemberInput, request)
        row = queries.member(member_id)
        if "role" in body:
            row = actions.change_role(actor_of(request), member_id, Role(body["role"]))
        if "is_active" in body:
            row = actions.set_active(actor_of(request), member_id, is_active=body["is_active"])
        return Response(shapes.MemberShape(row).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, member_id: UUID) -> Response:
        """End a membership."""
        actions.remove_member(actor_of(request), member_id)
        return Response(status=204)


class ApiKeysView(APIView):
    """`api-keys/`."""

    verbs: ClassVar = {"GET": "api_key.view", "POST": "api_key.create"}

    @extend_schema(responses=page_of(shapes.ApiKeyShape))
    def get(self, request: Request) -> Response:
        """One's own keys; every key for owners and admins."""
        actor = actor_of(request)
        sees_all = can(actor, "member.edit")
        return _whole_list(
            shapes.ApiKeyShape, queries.api_keys(None if sees_all else actor.person_id)
        )

    @extend_schema(request=shapes.ApiKeyInput, responses={201: shapes.NewApiKeyShape})
    def post(self, request: Request) -> Response:
        """A new key. Its text is in this answer and nowhere else."""
        body = _valid(shapes.ApiKeyInput, request)
        row, text = actions.create_api_key(
            actor_of(request),
            body["name"],
            scopes=body.get("scopes"),
            role=Role(body["role"]) if "role" in body else None,
            expires_at=body.get("expires_at"),
        )
        return Response({**shapes.ApiKeyShape(row).data, "key": text}, status=201)


class ApiKeyView(APIView):
    """`api-keys/{id}/`."""

    verbs: ClassVar = {"DELETE": "api_key.delete"}

    @extend_schema(responses={204: None})
    def delete(self, request: Request, key_id: UUID) -> Response:
        """Revoke a key."""
        actions.delete_api_key(actor_of(request), key_id)
        return Response(status=204)


def _valid(shape: type[Input], request: Request) -> dict[str, Any]:
    body = shape(data=request.data)
    body.is_valid(raise_exception=True)
    return cast("dict[str, Any]", body.validated_data)


def _signed_in(request: Request, person: Person) -> Response:
    return Response(sessions.signed_in(request._request, person))


def _whole_list(shape: type[Any], rows: object) -> Response:
    return Response({"results": shape(rows, many=True).data, "next": None})
