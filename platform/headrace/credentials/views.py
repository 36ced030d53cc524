"""The vault over HTTP: write-only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, cast
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import Input, actor_of
from headrace.accounts.openapi import page_of
from headrace.accounts.paging import CursorPages
from headrace.credentials import actions, queries
from headrace.credentials.ports import ports
from headrace.credentials.serializers import CredentialChange, CredentialInput, CredentialShape
from headrace.credentials.types import CredentialRow


class CredentialsView(APIView):
    """`credentials/`."""

    verbs: ClassVar = {"GET": "credential.view", "POST": "credential.edit"}

    @extend_schema(responses=page_of(CredentialShape))
    def get(self, request: Request) -> Response:
        """The tenant's credentials, without their values."""
        pages = CursorPages()
        rows = pages.paginate_queryset(queries.rows(), request, view=self) or []
        return pages.get_paginated_response(_shown([queries.as_row(row) for row in rows]))

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
        del request
        return Response(_shown([queries.credential(credential_id)])[0])

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


def _valid(shape: type[Input], request: Request) -> dict[str, Any]:
    body = shape(data=request.data)
    body.is_valid(raise_exception=True)
    return cast("dict[str, Any]", body.validated_data)


def _shown(rows: Sequence[CredentialRow]) -> list[dict[str, Any]]:
    uses = ports.uses.workflows_using([row.id for row in rows])
    return [
        CredentialShape(
            {
                "id": row.id,
                "name": row.name,
                "type": row.type,
                "hosts": row.hosts,
                "created_at": row.created_at,
                "updated_at": row.updated_at,
                "has_value": row.has_value,
                "used_by": uses.get(row.id, ()),
            }
        ).data
        for row in rows
    ]
