"""Parcelwise's HTTP API: one request, all pages of a list, and errors in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from headrace_sdk import (
    Choice,
    Credential,
    Http,
    HttpResponse,
    JsonObject,
    JsonValue,
    Lookup,
    SecretError,
    UpstreamError,
    UserError,
)
from headrace_sdk.strict_json import dumps, loads

PAGE: Final = 100
MOST_PAGES: Final = 1_000


async def account_name(http: Http, credential: Credential) -> str:
    """Whose account it is.

    Raises:
        SecretError, UpstreamError: as they say.
    """
    return str((await call(http, credential, "GET", "/account")).get("company", ""))


async def depots(lookup: Lookup) -> Sequence[Choice]:
    """The depots of the account, for a form; none until an account is chosen.

    Raises:
        SecretError, UpstreamError: as they say.
    """
    account = await lookup.credential("account")
    if account is None:
        return []
    rows = await listed(lookup.http, account, "/depots", limit=1_000)
    return [Choice(str(row.get("id")), str(row.get("name"))) for row in rows]


async def listed(
    http: Http,
    credential: Credential,
    path: str,
    query: Sequence[tuple[str, str]] = (),
    *,
    limit: int = PAGE,
    item: int = 0,
) -> list[JsonObject]:
    """The rows of a list, page by page; Parcelwise says by a cursor where the next one begins.

    Raises:
        SecretError, UserError, UpstreamError: as they say.
    """
    rows: list[JsonObject] = []
    cursor: JsonValue = None
    for _ in range(MOST_PAGES):
        asked = [*query, ("limit", str(min(PAGE, limit - len(rows))))]
        asked += [("cursor", str(cursor))] if cursor else []
        page = await call(http, credential, "GET", path, query=asked, item=item)
        found = page.get("rows")
        rows += [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
        cursor = page.get("next")
        if not cursor or len(rows) >= limit:
            break
    return rows[:limit]


async def call(
    http: Http,
    credential: Credential,
    method: str,
    path: str,
    *,
    query: Sequence[tuple[str, str]] = (),
    body: JsonObject | None = None,
    item: int = 0,
) -> JsonObject:
    """One request and the object it was answered with.

    Raises:
        SecretError: the token is refused.
        UserError: the service does not take what the form says.
        UpstreamError: the service failed.
    """
    answer = await http.request(
        method,
        credential.values["server"].rstrip("/") + path,
        headers={"accept": "application/json", "content-type": "application/json"},
        query=query,
        body=None if body is None else dumps(body),
        credential=credential,
        item=item,
    )
    return _object(answer, item)


def _object(answer: HttpResponse, item: int) -> JsonObject:
    try:
        told = loads(answer.body)
    except ValueError:
        told = None
    if answer.status < 400 and isinstance(told, dict):
        return told
    said = told.get("error") if isinstance(told, dict) else None
    if answer.status in {401, 403}:
        message = "Parcelwise refused the token. Make a new one and enter it in the credential."
        raise SecretError(message, code="credential_refused", item=item)
    if answer.status in {400, 404, 409, 422}:
        message = f"Parcelwise does not take this: {said or answer.status}."
        raise UserError(message, code="refused", item=item)
    message = f"Parcelwise failed with status {answer.status}. Trying again later may help."
    wait_s = answer.headers.get("retry-after", "")
    raise UpstreamError(
        message,
        status=answer.status,
        retry_after_s=float(wait_s) if wait_s.isascii() and wait_s.isdigit() else None,
        item=item,
    )
