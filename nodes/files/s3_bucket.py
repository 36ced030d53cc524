"""Speaks to a bucket: signed requests through the guard, and errors in the server's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from lxml import etree

from headrace_sdk import (
    Context,
    Credential,
    HttpResponse,
    JsonObject,
    SecretError,
    UpstreamError,
    UserError,
)
from headrace_sdk.aws_signature import AwsKeys, signed_headers, signed_url

Query = Sequence[tuple[str, str]]
PAGE: Final = 1_000
_BUCKET: Final = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_REFUSED_KEYS: Final = frozenset(
    ("InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken")
)
_SKEWED: Final = "RequestTimeTooSkewed"


@dataclass(frozen=True, slots=True)
class Entry:
    """An object as a listing names it."""

    key: str
    size: int
    modified: str
    etag: str


class Bucket:
    """One bucket, for one item; `now` is the time to sign with until the server says otherwise."""

    def __init__(self, ctx: Context, credential: Credential, name: str, item: int) -> None:
        if not _BUCKET.fullmatch(name):
            message = f"{name[:80]!r} is no bucket: 3 to 63 of a-z, 0-9, dot and dash."
            raise UserError(message, field="bucket", code="invalid_bucket", item=item)
        values = credential.values
        self._ctx = ctx
        self._credential = credential
        self._item = item
        self._now = ctx.now.astimezone(UTC)
        self._base = _address(values["endpoint"], values["region"], name)
        self._keys = AwsKeys(
            values["access_key"],
            credential.secrets["secret_key"].reveal(),
            values["region"],
            credential.secrets["session_token"].reveal(),
        )

    async def send(
        self,
        method: str,
        key: str = "",
        *,
        query: Query = (),
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        max_bytes: int | None = None,
    ) -> HttpResponse:
        """A signed request; signed once more where the server's clock is another one.

        Raises:
            SecretError: the keys are refused.
            UpstreamError: it did not work; the code is `s3_` and the server's own word.
        """

        async def once() -> HttpResponse:
            given = headers or {}
            return await self._once(
                method, key, query=query, body=body, headers=given, max_bytes=max_bytes
            )

        response = await once()
        if response.status == 403 and _word(response) == _SKEWED:
            self._now = _time_of(response)
            response = await once()
        if response.status >= 300:
            raise self._failure(response)
        return response

    async def tree(
        self,
        method: str,
        key: str,
        *,
        query: Query,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> etree._Element:
        """`send`, for what answers with XML."""
        answer = await self.send(method, key, query=query, body=body, headers=headers)
        return _tree(answer, self._item)

    async def entries(self, prefix: str, at_most: int) -> Sequence[Entry]:
        """What is in it, in the order of the keys, page by page."""
        found: list[Entry] = []
        token = ""
        while len(found) < at_most:
            wanted = min(PAGE, at_most - len(found))
            query = [("list-type", "2"), ("max-keys", str(wanted)), ("prefix", prefix)]
            query += [("continuation-token", token)] if token else []
            page = _tree(await self.send("GET", query=query), self._item)
            found += _entries(page)
            token = _text(page, "NextContinuationToken")
            if not token:
                break
        return found[:at_most]

    def address_for(self, method: str, key: str, lives_s: int) -> str:
        """An address by which anybody may do this, for so long."""
        url = self._base + _path(key)
        return signed_url(self._keys, method, url, at=self._now, lives_s=lives_s)

    async def _once(
        self,
        method: str,
        key: str,
        *,
        query: Query,
        body: bytes,
        headers: Mapping[str, str],
        max_bytes: int | None,
    ) -> HttpResponse:
        url = self._base + _path(key)
        signed = signed_headers(self._keys, method, url, at=self._now, query=query, body=body)
        return await self._ctx.http.request(
            method,
            f"{url}?{urlencode(query, quote_via=quote, safe='-_.~')}" if query else url,
            headers={**headers, **signed},
            body=body,
            credential=self._credential,
            timeout_s=300,
            max_bytes=max_bytes,
            follow_redirects=False,
            item=self._item,
        )

    def _failure(self, response: HttpResponse) -> SecretError | UpstreamError:
        word = _word(response) or f"status {response.status}"
        if word in _REFUSED_KEYS:
            message = f"The server refused the keys: {word}. Check the credential."
            return SecretError(message, code="credential_refused", item=self._item)
        told = response.text.partition("<Message>")[2].partition("</Message>")[0][:300]
        if response.status in {301, 307, 400} and word in {
            "PermanentRedirect",
            "TemporaryRedirect",
            "AuthorizationHeaderMalformed",
        }:
            told = f"The bucket is in another region; set it in the credential. {told}"
        busy = response.status in {429, 500, 502, 503, 504}
        return UpstreamError(
            f"S3 says {word}: {told}".strip(": "),
            sent="no" if response.status in {429, 503} else "yes",
            retryable=busy,
            status=response.status,
            code=f"s3_{re.sub(r'(?<!^)(?=[A-Z])|[^A-Za-z0-9]+', '_', word).lower()}",
            item=self._item,
        )


def _address(endpoint: str, region: str, bucket: str) -> str:
    """Amazon wants the bucket in the host (but for one with dots); others in the path."""
    if endpoint:
        parts = urlsplit(endpoint)
        return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/{bucket}"
    host = f"s3.{region}.amazonaws.com"
    return f"https://{host}/{bucket}" if "." in bucket else f"https://{bucket}.{host}"


def _path(key: str) -> str:
    return "/" + quote(key, safe="/-_.~")


def _word(response: HttpResponse) -> str:
    """What is wrong, in one word."""
    found = response.text.partition("<Code>")[2].partition("</Code>")[0]
    return found if re.fullmatch(r"[A-Za-z0-9]{1,60}", found) else ""


def _time_of(response: HttpResponse) -> datetime:
    try:
        return parsedate_to_datetime(response.headers.get("date", "")).astimezone(UTC)
    except ValueError:
        message = "The server says that our clock is wrong, and not what time it is."
        raise UpstreamError(message, sent="no", code="s3_time") from None


def _tree(response: HttpResponse, item: int) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(response.body, parser)
    except etree.XMLSyntaxError:
        message = "The address does not answer like an S3 server. Check it in the credential."
        raise UpstreamError(message, retryable=False, code="invalid_response", item=item) from None


def _entries(page: etree._Element) -> Iterator[Entry]:
    for element in page.iterfind("{*}Contents"):
        size = _text(element, "Size")
        yield Entry(
            _text(element, "Key"),
            int(size) if size.isdecimal() else 0,
            _text(element, "LastModified"),
            _text(element, "ETag").strip('"'),
        )


def _text(element: etree._Element, name: str) -> str:
    return element.findtext(f"{{*}}{name}") or ""


def entry_json(entry: Entry) -> JsonObject:
    """The form in which items carry it."""
    return {
        "key": entry.key,
        "size": entry.size,
        "modified": entry.modified,
        "etag": entry.etag,
    }
