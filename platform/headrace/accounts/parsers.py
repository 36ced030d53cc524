"""Request bodies as strict JSON: refused by size, depth, text and numbers before a view runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import APIException
from rest_framework.parsers import BaseParser

from headrace_sdk import strict_json


class BodyTooLarge(APIException):
    """The body is larger than `HEADRACE_MAX_BODY_BYTES`."""

    status_code = 413
    default_code = "body_too_large"


class StrictJSONParser(BaseParser):
    """`application/json`; see `headrace_sdk.strict_json` for what is refused."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The value.

        Raises:
            BodyTooLarge: it is longer than allowed.
            InvalidJson: it is not JSON that can be kept.
        """
        del media_type, parser_context
        limit: int = settings.HEADRACE_MAX_BODY_BYTES
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise BodyTooLarge(f"A request body may have {limit} bytes, no more.")
        return strict_json.loads(body)


class JsonPatchParser(StrictJSONParser):
    """`application/json-patch+json` (RFC 6902)."""

    media_type = "application/json-patch+json"
