"""AWS Signature Version 4 for requests to S3 and whatever speaks its protocol.

Source: AWS Identity and Access Management User Guide, "Create a signed AWS API request".
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote, urlsplit

_ALGORITHM: Final = "AWS4-HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class AwsKeys:
    """Who signs, for which region; `session_token` only with keys that expire."""

    access_key: str
    secret_key: str
    region: str
    session_token: str = ""


def signed_headers(
    keys: AwsKeys,
    method: str,
    url: str,
    *,
    at: datetime,
    query: Sequence[tuple[str, str]] = (),
    body: bytes = b"",
    service: str = "s3",
) -> Mapping[str, str]:
    """The headers to send along with exactly this request; `at` is the time in UTC.

    The path must be written as it is sent (S3 is not encoded twice).
    """
    parts = urlsplit(url)
    stamp = at.strftime("%Y%m%dT%H%M%SZ")
    content = hashlib.sha256(body).hexdigest()
    headers = {"host": parts.netloc, "x-amz-content-sha256": content, "x-amz-date": stamp}
    if keys.session_token:
        headers["x-amz-security-token"] = keys.session_token
    names = ";".join(sorted(headers))
    request = "\n".join(
        (
            method.upper(),
            parts.path or "/",
            _query(query),
            *(f"{name}:{headers[name]}" for name in sorted(headers)),
            "",
            names,
            content,
        )
    )
    scope = f"{stamp[:8]}/{keys.region}/{service}/aws4_request"
    signature = _signature(keys, stamp, scope, request)
    sent = {name: value for name, value in headers.items() if name != "host"}
    sent["authorization"] = (
        f"{_ALGORITHM} Credential={keys.access_key}/{scope}, "
        f"SignedHeaders={names}, Signature={signature}"
    )
    return sent


def signed_url(
    keys: AwsKeys,
    method: str,
    url: str,
    *,
    at: datetime,
    lives_s: int,
    query: Sequence[tuple[str, str]] = (),
    service: str = "s3",
) -> str:
    """An address that allows this one request without the keys, for `lives_s` seconds from `at`."""
    parts = urlsplit(url)
    stamp = at.strftime("%Y%m%dT%H%M%SZ")
    scope = f"{stamp[:8]}/{keys.region}/{service}/aws4_request"
    told = [
        *query,
        ("X-Amz-Algorithm", _ALGORITHM),
        ("X-Amz-Credential", f"{keys.access_key}/{scope}"),
        ("X-Amz-Date", stamp),
        ("X-Amz-Expires", str(lives_s)),
        ("X-Amz-SignedHeaders", "host"),
    ]
    if keys.session_token:
        told.append(("X-Amz-Security-Token", keys.session_token))
    lines = (method.upper(), parts.path or "/", _query(told), f"host:{parts.netloc}", "", "host")
    signature = _signature(keys, stamp, scope, "\n".join((*lines, "UNSIGNED-PAYLOAD")))
    return f"{url}?{_query(told)}&X-Amz-Signature={signature}"


def _signature(keys: AwsKeys, stamp: str, scope: str, request: str) -> str:
    digest = hashlib.sha256(request.encode()).hexdigest()
    text = "\n".join((_ALGORITHM, stamp, scope, digest))
    return hmac.new(_key(keys, scope), text.encode(), hashlib.sha256).hexdigest()


def _query(query: Sequence[tuple[str, str]]) -> str:
    pairs = sorted((quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in query)
    return "&".join(f"{name}={value}" for name, value in pairs)


def _key(keys: AwsKeys, scope: str) -> bytes:
    key = f"AWS4{keys.secret_key}".encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key
