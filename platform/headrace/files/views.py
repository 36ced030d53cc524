"""The API of files: upload, and download by signed addresses."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import quote

from django.conf import settings
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import actor_of
from headrace.files import actions, queries
from headrace.files.errors import FileMissing, FileTooLarge

SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
}


class UploadInput(serializers.Serializer[Any]):
    """A multipart body with one file."""

    file = serializers.FileField()


class FileShape(serializers.Serializer[Any]):
    """A reference to a stored file, as items carry it."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    mime = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()


class AddressShape(serializers.Serializer[Any]):
    """A signed address and how long it is valid."""

    url = serializers.CharField()
    expires_in_s = serializers.IntegerField()


class FilesView(APIView):
    """Uploads."""

    verbs: ClassVar = {"POST": "file.create"}
    parser_classes = (MultiPartParser,)

    @extend_schema(request=UploadInput, responses={201: FileShape})
    def post(self, request: Request) -> Response:
        """Store the part named `file`."""
        upload: Any = request.FILES.get("file")
        if upload is None:
            raise FileMissing
        if upload.size > settings.HEADRACE_MAX_FILE_BYTES:
            raise FileTooLarge(settings.HEADRACE_MAX_FILE_BYTES)
        mime = upload.content_type or ""
        ref = actions.put(upload.read(), name=upload.name or "file", mime=mime)
        return Response(ref.to_json(), status=201)


class FileAddressView(APIView):
    """Addresses of files."""

    verb = "file.view"

    @extend_schema(responses=AddressShape)
    def get(self, request: Request, file_id: str) -> Response:
        """An address for the reader who asks, valid for ten minutes."""
        ref = queries.get(file_id)
        token = queries.sign(ref.id, _reader(request))
        return Response(
            {
                "url": f"/api/v1/files/content/{token}/{quote(ref.name)}",
                "expires_in_s": int(queries.LIFETIME.total_seconds()),
            }
        )


class FileContentView(APIView):
    """Contents of files, never shown inside our own origin (S-040)."""

    verb = "file.view"

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, token: str, name: str) -> StreamingHttpResponse:
        """The file as a download."""
        del name
        served = queries.by_token(token, _reader(request))
        response = StreamingHttpResponse(served.chunks, content_type=served.ref.mime)
        response["Content-Length"] = str(served.ref.size)
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(served.ref.name)}"
        for header, value in SAFE_HEADERS.items():
            response[header] = value
        return response


def _reader(request: Request) -> str:
    actor = actor_of(request)
    return str(actor.person_id or actor.id)
