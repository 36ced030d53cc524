"""The vault over HTTP: write-only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, ClassVar, cast
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import Input, actor_of
from headrace.accounts.openapi import page_of
from headrace.accounts.paging import CursorPages
from headrace.credentials import actions, connecting, queries, sharing, trying
from headrace.credentials.errors import BrowserNeeded
from headrace.credentials.ports import ports
from headrace.credentials.serializers import (
    AuthorizationInput,
    ConnectShape,
    CredentialChange,
    CredentialInput,
    CredentialShape,
    SharingInput,
    TestShape,
)
from headrace.credentials.types import CredentialRow, Level, ShareRow


class CredentialsView(APIView):
    """`credentials/`."""

    verbs: ClassVar = {"GET": "credential.view", "POST": "credential.edit"}

    @extend_schema(responses=page_of(CredentialShape))
    def get(self, request: Request) -> Response:
        """The tenant's credentials, without their values."""
        pages = CursorPages()
        actor = actor_of(request)
        rows = pages.paginate_queryset(queries.rows(actor), request, view=self) or []
        return pages.get_paginated_response(_shown([queries.as_row(actor, row) for row in rows]))

    @extend_schema(request=CredentialInput, responses={201: CredentialShape})
    def post(self, request: Request) -> Response:
        """Seal a new one."""
        body = _valid(CredentialInput, request)
        row = actions.create(
            actor_of(request),
            name=body["name"],
            kind=body["type"],
            data=body["data"],
            hosts=body.get("hosts", ()),
            source=body["source"],
            expires_on=body.get("expires_on"),
        )
        return Response(_shown([row])[0], status=201)


class CredentialView(APIView):
    """`credentials/{id}/`."""

    verbs: ClassVar = {
        "GET": "credential.view",
        "PATCH": "credential.edit",
        "DELETE": "credential.delete",
    }

    @extend_schema(responses=CredentialShape)
    def get(self, request: Request, credential_id: UUID) -> Response:
        """One credential, without its values."""
        return Response(_shown([queries.credential(actor_of(request), credential_id)])[0])

    @extend_schema(request=CredentialChange, responses=CredentialShape)
    def patch(self, request: Request, credential_id: UUID) -> Response:
        """Rename it, bind it to hosts, or replace its values."""
        changes = _valid(CredentialChange, request)
        row = actions.update(actor_of(request), credential_id, **changes)
        return Response(_shown([row])[0])

    @extend_schema(responses={204: None})
    def delete(self, request: Request, credential_id: UUID) -> Response:
        """Destroy it, unless a workflow uses it."""
        actions.delete(actor_of(request), credential_id)
        return Response(status=204)


class CredentialTestView(APIView):
    """`POST credentials/{id}/test/`."""

    verbs: ClassVar = {"POST": "credential.edit"}

    @extend_schema(request=None, responses=TestShape)
    def post(self, request: Request, credential_id: UUID) -> Response:
        """Try it, and say what is wrong; 200 also where it is."""
        return Response(TestShape(trying.test(actor_of(request), credential_id)).data)


class SharingView(APIView):
    """`PUT credentials/{id}/sharing/`."""

    verbs: ClassVar = {"PUT": "credential.share"}

    @extend_schema(request=SharingInput, responses=CredentialShape)
    def put(self, request: Request, credential_id: UUID) -> Response:
        """Replace who else may use or edit it."""
        body = _valid(SharingInput, request)
        people = [ShareRow(one["person_id"], Level(one["level"])) for one in body["people"]]
        everybody = Level(body["everybody"]) if body["everybody"] else None
        row = sharing.share(actor_of(request), credential_id, everybody=everybody, people=people)
        return Response(_shown([row])[0])


class ConnectView(APIView):
    """`POST credentials/{id}/connect/`."""

    verbs: ClassVar = {"POST": "credential.edit"}

    @extend_schema(request=None, responses=ConnectShape)
    def post(self, request: Request, credential_id: UUID) -> Response:
        """Begin to connect an account: where to send the browser."""
        url = connecting.begin(actor_of(request), credential_id, _session(request))
        return Response({"url": url, "callback": connecting.callback_address()})


class AuthorizationsView(APIView):
    """`POST credentials/authorizations/`."""

    verbs: ClassVar = {"POST": "credential.edit"}

    @extend_schema(request=AuthorizationInput, responses=CredentialShape)
    def post(self, request: Request) -> Response:
        """Hand in what the provider sent this browser back with."""
        body = _valid(AuthorizationInput, request)
        row = connecting.complete(actor_of(request), _session(request), **body)
        return Response(_shown([row])[0])


def _session(request: Request) -> connecting.Session:
    """The session of the person's browser.

    Raises:
        BrowserNeeded: an API key asks.
    """
    if actor_of(request).kind != "person":
        raise BrowserNeeded
    return cast("connecting.Session", request._request.session)


def _valid(shape: type[Input], request: Request) -> dict[str, Any]:
    body = shape(data=request.data)
    body.is_valid(raise_exception=True)
    return cast("dict[str, Any]", body.validated_data)


def _shown(rows: Sequence[CredentialRow]) -> list[dict[str, Any]]:
    ids = [row.id for row in rows]
    uses, models = ports.uses.workflows_using(ids), ports.uses.models_using(ids)
    return [
        {
            **CredentialShape(
                {
                    **_facts(row),
                    "used_by": uses.get(row.id, ()),
                    "used_by_models": models.get(row.id, ()),
                }
            ).data
        }
        for row in rows
    ]


def _facts(row: CredentialRow) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in fields(row)}
