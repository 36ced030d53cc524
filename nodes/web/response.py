"""Reads what a remote side answered: as JSON, text or a file, or as the error that it is."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

from headrace_sdk import HttpResponse, JsonValue, UpstreamError
from headrace_sdk.strict_json import InvalidJson, loads

ReadAs = Literal["auto", "json", "text", "file"]

RETRYABLE: Final = frozenset((408, 425, 429, 500, 502, 503, 504))
SHOWN_CHARACTERS: Final = 500
KEPT_CHARACTERS: Final = 2_000
MAX_RETRY_AFTER_S: Final = 86_400.0

_TEXT_TYPES: Final = re.compile(r"text/|application/(xml|javascript|x-www-form-urlencoded)|.*\+xml")
_FILE_NAME: Final = re.compile(r"""filename\*?=(?:UTF-8'')?"?([^";]+)"?""", re.IGNORECASE)


def mime_of(response: HttpResponse) -> str:
    """The content type without its parameters, in lower case."""
    return response.headers.get("content-type", "").partition(";")[0].strip().lower()


def kind_of(response: HttpResponse, wanted: ReadAs) -> ReadAs:
    """How to read it: as wanted, else by its content type, as a file if nothing else fits."""
    if wanted != "auto":
        return wanted
    mime = mime_of(response)
    if mime == "application/json" or mime.endswith("+json"):
        return "json"
    return "text" if not mime or not response.body or _TEXT_TYPES.match(mime) else "file"


def json_of(response: HttpResponse, item: int) -> JsonValue:
    """The body as JSON; an empty one is null.

    Raises:
        UpstreamError: it is not JSON; `invalid_response`.
    """
    if not response.body:
        return None
    try:
        return loads(response.body)
    except InvalidJson as error:
        message = f"The answer cannot be read as JSON: {error.message} Read it as text instead."
        raise UpstreamError(
            message, retryable=False, status=response.status, code="invalid_response", item=item
        ) from None


def file_name(response: HttpResponse) -> str:
    """The name that the remote side gives the file, else the last part of the address."""
    found = _FILE_NAME.search(response.headers.get("content-disposition", ""))
    name = unquote(found[1]) if found else urlsplit(response.url).path.rpartition("/")[2]
    return re.sub(r"[\x00-\x1f/\\]", "_", name)[:200] or "file"


def failure(method: str, response: HttpResponse, now: datetime, item: int) -> UpstreamError:
    """The error for a status that says it did not work.

    A refusal for now (429, or 503 with Retry-After) had no effect there, so that it may be
    repeated even if the request writes.
    """
    retry_after_s = _retry_after_s(response.headers.get("retry-after", ""), now)
    refused = response.status == 429 or (response.status == 503 and retry_after_s is not None)
    body = response.text
    address = urlsplit(response.url)
    message = f"{method} {address.scheme}://{address.netloc.rpartition('@')[2]}{address.path}"
    message += f" answered {response.status}{_phrase(response.status)}"
    shown = " ".join(body.split())[:SHOWN_CHARACTERS]
    return UpstreamError(
        f"{message}: {shown}" if shown else f"{message}.",
        sent="no" if refused else "yes",
        retry_after_s=retry_after_s,
        retryable=response.status in RETRYABLE,
        status=response.status,
        code="http_status",
        item=item,
        facts={"status": response.status, "body": body[:KEPT_CHARACTERS]},
    )


def _phrase(status: int) -> str:
    try:
        return f" {HTTPStatus(status).phrase}"
    except ValueError:
        return ""


def _retry_after_s(text: str, now: datetime) -> float | None:
    """Seconds to wait, from a number or a date (RFC 9110, 10.2.3)."""
    if text.isascii() and text.isdigit():
        return min(float(text), MAX_RETRY_AFTER_S)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    return min(max((moment - now).total_seconds(), 0.0), MAX_RETRY_AFTER_S)
