"""How the API describes itself: sign-in, names of operations, bodies of views that declare none."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers
from rest_framework.generics import GenericAPIView


def page_of(shape: type[serializers.Serializer[Any]]) -> serializers.Serializer[Any]:
    """The shape of a page of these; `next` is the cursor of the page after it."""
    name = f"{shape.__name__.removesuffix('Shape')}PageShape"
    parts = {"results": shape(many=True), "next": serializers.CharField(allow_null=True)}
    return inline_serializer(name, parts)


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call] # library
    """`X-API-Key`."""

    target_class = "headrace.accounts.http.ApiKeyAuthentication"
    name = "apiKey"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """The header."""
        del auto_schema
        return {"type": "apiKey", "in": "header", "name": "X-API-Key"}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call] # library
    """The session cookie."""

    target_class = "headrace.accounts.http.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """The cookie; writes also need `X-CSRFToken`."""
        del auto_schema
        return {"type": "apiKey", "in": "cookie", "name": "headrace_session"}


class Schema(AutoSchema):
    """Operations are named by their address, so that names stay when views move."""

    _VERBS: ClassVar = {
        "get": "get",
        "post": "post",
        "put": "replace",
        "patch": "change",
        "delete": "delete",
    }

    def get_operation_id(self) -> str:
        """For example `get_workflows_id`."""
        steps = self.path.removeprefix("/api/v1/").replace("{", "").replace("}", "")
        words = [word for word in steps.replace("-", "_").split("/") if word]
        return "_".join([self._VERBS[self.method.lower()], *words])

    def _get_serializer(self) -> Any:
        """A free-form object where a view declares nothing."""
        if isinstance(self.view, GenericAPIView):
            return super()._get_serializer()  # type: ignore[no-untyped-call] # library
        return OpenApiTypes.OBJECT
