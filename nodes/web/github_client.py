"""GitHub's REST API: one request, all pages of a list, and when to come back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from headrace_sdk import (
    Context,
    Credential,
    HttpResponse,
    JsonObject,
    JsonValue,
    SecretError,
    UpstreamError,
    UserError,
)
from headrace_sdk.strict_json import dumps
from nodes.web.response import failure, json_of

PAGE: Final = 100
_REPOSITORY: Final = re.compile(r"[A-Za-z0-9-]{1,100}/(?!\.{1,2}$)[\w.-]{1,100}", re.ASCII)
_NEXT: Final = re.compile(r'<([^>]+)>\s*;\s*rel="next"')
_HEADERS: Final = {
    "Accept": "application/vnd.github+json",
    "X-GitHub-Api-Version": "2022-11-28",
    "User-Agent": "headrace",
}


def repository(text: str, item: int) -> str:
    """Owner and name, checked to be nothing else.

    Raises:
        UserError: it is not of that form.
    """
    if not _REPOSITORY.fullmatch(text.strip()):
        message = f"{text[:80]!r} is no repository. Write owner/name, such as acme/shop."
        raise UserError(message, field="repository", code="invalid_repository", item=item)
    return text.strip()


def part(text: str, safe: str = "") -> str:
    """A name as part of an address; no dots that lead elsewhere.

    Raises:
        UserError: it is empty, or has a part that leads upwards.
    """
    if not text.strip("/") or {".", ".."} & set(text.split("/")):
        message = f"{text[:80]!r} names nothing in a repository."
        raise UserError(message, code="invalid_path")
    return quote(text.strip("/"), safe=safe, errors="replace")


class GitHub:
    """The API of one repository, for one item; `url` is where all of it begins."""

    def __init__(
        self, ctx: Context, credential: Credential, url: str, name: str, item: int
    ) -> None:
        self._ctx = ctx
        self._credential = credential
        self._base = f"{url.strip().rstrip('/')}/repos/{repository(name, item)}"
        self._item = item

    async def send(self, method: str, path: str, body: JsonObject) -> JsonObject:
        """What is answered to a change."""
        return _object(json_of(await self._request(method, self._base + path, body), self._item))

    async def content(self, path: str, ref: str) -> JsonObject | None:
        """A file with its content in base64; `None` where there is none.

        Raises:
            UserError: it is a folder, or too large for this way (1 MB).
        """
        query = f"?{urlencode({'ref': ref})}" if ref else ""
        url = f"{self._base}/contents/{part(path, '/')}{query}"
        response = await self._request("GET", url, may_miss=True)
        if response.status == 404:
            return None
        found = json_of(response, self._item)
        if not isinstance(found, dict) or found.get("encoding") not in ("base64", None):
            message = f"{path!r} is a folder, or larger than 1 MB, which GitHub does not give so."
            raise UserError(message, field="path", code="no_file", item=self._item)
        return found

    async def pages(
        self,
        path: str,
        query: Sequence[tuple[str, str]],
        limit: int,
        *,
        within: str = "",
        without: str = "",
    ) -> Sequence[JsonObject]:
        """The elements of a list: in the field `within`, leaving those with a field `without`."""
        asked = urlencode([*query, ("per_page", str(PAGE))])
        url, found = f"{self._base}{path}?{asked}", list[JsonObject]()
        while url and len(found) < limit:
            response = await self._request("GET", url)
            page = json_of(response, self._item)
            rows = page.get(within) if within and isinstance(page, dict) else page
            elements = [_object(one) for one in rows] if isinstance(rows, list) else []
            found += [one for one in elements if not without or without not in one]
            after = _NEXT.search(response.headers.get("link", ""))
            url = after[1] if after else ""
            if urlsplit(url)[:2] != urlsplit(self._base)[:2]:
                break
        return found[:limit]

    async def _request(
        self, method: str, url: str, body: JsonObject | None = None, *, may_miss: bool = False
    ) -> HttpResponse:
        response = await self._ctx.http.request(
            method,
            url,
            headers=_HEADERS if body is None else {**_HEADERS, "Content-Type": "application/json"},
            body=None if body is None else dumps(body),
            credential=self._credential,
            item=self._item,
        )
        if response.status < 400 or (may_miss and response.status == 404):
            return response
        raise self._refusal(method, response)

    def _refusal(self, method: str, response: HttpResponse) -> SecretError | UpstreamError:
        if response.status == 401:
            message = "GitHub refused the token. Check the credential."
            return SecretError(message, code="credential_refused", item=self._item)
        error = failure(method, response, self._ctx.now, self._item)
        limited = response.headers.get("x-ratelimit-remaining") == "0"
        waits = "retry-after" in response.headers
        # GitHub says 403, too, for a limit (REST API, "Rate limits").
        if response.status in {403, 429} and (limited or waits):
            error.code, error.is_retryable, error.sent = "rate_limited", True, "no"
            reset = response.headers.get("x-ratelimit-reset", "")
            if error.retry_after_s is None and reset.isdecimal():
                error.retry_after_s = max(float(reset) - self._ctx.now.timestamp(), 1.0)
        return error


def _object(value: JsonValue) -> JsonObject:
    return value if isinstance(value, dict) else {"value": value}
