"""Invitations and roles over HTTP."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts import actions, invitations, sessions
from headrace.accounts import team_shapes as shapes
from headrace.accounts.http import actor_of
from headrace.accounts.openapi import page_of
from headrace.accounts.permissions import ANYONE, ROLE_VERBS
from headrace.accounts.serializers import SessionShape
from headrace.accounts.types import Role


class InvitationsView(APIView):
    """`invitations/`."""

    verb = "member.invite"

    @extend_schema(responses=page_of(shapes.InvitationShape))
    def get(self, request: Request) -> Response:
        """Every invitation that nobody has accepted yet."""
        del request
        rows = shapes.InvitationShape(invitations.invitations(), many=True).data
        return Response({"results": rows, "next": None})

    @extend_schema(request=shapes.InvitationInput, responses={201: shapes.SentInvitationShape})
    def post(self, request: Request) -> Response:
        """Ask somebody in. The link is in this answer and nowhere else."""
        body = shapes.InvitationInput.read(request)
        sent = invitations.invite(actor_of(request), body["email"], Role(body["role"]))
        return Response(_shown(sent), status=201)


class InvitationView(APIView):
    """`invitations/{id}/`."""

    verb = "member.invite"

    @extend_schema(responses={204: None})
    def delete(self, request: Request, invitation_id: UUID) -> Response:
        """Take an invitation back."""
        invitations.revoke(actor_of(request), invitation_id)
        return Response(status=204)


class RenewView(APIView):
    """`invitations/{id}/renew/`."""

    verb = "member.invite"

    @extend_schema(request=None, responses=shapes.SentInvitationShape)
    def post(self, request: Request, invitation_id: UUID) -> Response:
        """Send an invitation again, with a new link; the old one ends."""
        return Response(_shown(invitations.renew(actor_of(request), invitation_id)))


class OfferView(APIView):
    """`POST auth/invitation/`."""

    verbs: ClassVar = {"POST": ANYONE}
    authentication_classes = ()

    @extend_schema(request=shapes.OfferInput, responses=shapes.OfferShape)
    def post(self, request: Request) -> Response:
        """What a link offers, without using it up."""
        token = shapes.OfferInput.read(request)["token"]
        found = invitations.offer(token, host=request.META.get("REMOTE_ADDR", ""))
        return Response(shapes.OfferShape(found).data)


class AcceptView(APIView):
    """`POST auth/invitation/accept/`."""

    verbs: ClassVar = {"POST": ANYONE}
    authentication_classes = ()

    @extend_schema(request=shapes.AcceptInput, responses=SessionShape)
    def post(self, request: Request) -> Response:
        """Become a member and sign in."""
        body = shapes.AcceptInput.read(request)
        person = invitations.accept(
            body["token"],
            body["password"],
            name=body.get("name", ""),
            host=request.META.get("REMOTE_ADDR", ""),
        )
        return Response(sessions.signed_in(request._request, person))


class RolesView(APIView):
    """`GET roles/`."""

    verbs: ClassVar = {"GET": "member.view"}

    @extend_schema(responses=shapes.RolesShape)
    def get(self, request: Request) -> Response:
        """What each role may do."""
        del request
        found = [{"role": role.value, "permissions": sorted(ROLE_VERBS[role])} for role in Role]
        return Response({"results": found})


class LeaveView(APIView):
    """`POST session/leave/`."""

    verbs: ClassVar = {"POST": "session.edit"}

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        """End one's own membership; the last owner cannot."""
        actions.leave(actor_of(request))
        request._request.session.flush()
        return Response(status=204)


def _shown(sent: invitations.Sent) -> dict[str, Any]:
    row = shapes.InvitationShape(sent.row).data
    return {**row, "link": sent.link, "mailed": sent.mailed}
