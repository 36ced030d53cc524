"""One's own name, password and open sessions over HTTP."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts import actions, open_sessions, passwords, sessions
from headrace.accounts import team_shapes as shapes
from headrace.accounts.http import actor_of
from headrace.accounts.openapi import page_of
from headrace.accounts.permissions import ANYONE
from headrace.accounts.serializers import SessionShape


class PersonView(APIView):
    """`PATCH session/person/`."""

    verbs: ClassVar = {"PATCH": "session.edit"}

    @extend_schema(request=shapes.PersonInput, responses=SessionShape)
    def patch(self, request: Request) -> Response:
        """Change one's name."""
        actions.rename(actor_of(request), shapes.PersonInput.read(request)["name"].strip())
        return Response(sessions.describe(request._request, actor_of(request)))


class PasswordView(APIView):
    """`POST session/password/`."""

    verbs: ClassVar = {"POST": "session.edit"}

    @extend_schema(request=shapes.ChangePasswordInput, responses=SessionShape)
    def post(self, request: Request) -> Response:
        """Set another password; every other session ends."""
        body = shapes.ChangePasswordInput.read(request)
        host = request.META.get("REMOTE_ADDR", "")
        person = passwords.change(actor_of(request), body["current"], body["password"], host=host)
        return Response(sessions.signed_in(request._request, person))


class ForgottenView(APIView):
    """`POST auth/forgotten/`."""

    verbs: ClassVar = {"POST": ANYONE}
    authentication_classes = ()

    @extend_schema(request=shapes.ForgottenInput, responses={202: None})
    def post(self, request: Request) -> Response:
        """Ask for a link to set another password; the answer is the same for every address."""
        body = shapes.ForgottenInput.read(request)
        if sessions.place() is None:
            raise NotFound
        passwords.forgotten(body["email"], host=request.META.get("REMOTE_ADDR", ""))
        return Response(status=202)


class NewPasswordView(APIView):
    """`POST auth/new-password/`."""

    verbs: ClassVar = {"POST": ANYONE}
    authentication_classes = ()

    @extend_schema(request=shapes.NewPasswordInput, responses=SessionShape)
    def post(self, request: Request) -> Response:
        """Set a password by a link and sign in."""
        body = shapes.NewPasswordInput.read(request)
        host = request.META.get("REMOTE_ADDR", "")
        person = passwords.reset(body["token"], body["password"], host=host)
        return Response(sessions.signed_in(request._request, person))


class BrowserSessionsView(APIView):
    """`sessions/`."""

    verbs: ClassVar = {"GET": "session.view", "DELETE": "session.edit"}

    @extend_schema(responses=page_of(shapes.BrowserSessionShape))
    def get(self, request: Request) -> Response:
        """One's own browsers that are signed in here."""
        rows = open_sessions.sessions_of(actor_of(request), request._request.session.session_key)
        found = shapes.BrowserSessionShape(rows, many=True).data
        return Response({"results": found, "next": None})

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """End all of them but this one."""
        open_sessions.end_others(actor_of(request), request._request.session.session_key)
        return Response(status=204)


class BrowserSessionView(APIView):
    """`sessions/{id}/`."""

    verbs: ClassVar = {"DELETE": "session.edit"}

    @extend_schema(responses={204: None})
    def delete(self, request: Request, session_id: UUID) -> Response:
        """End one of them."""
        open_sessions.end(actor_of(request), session_id)
        return Response(status=204)
