"""Stores a large file in parts, each sent by itself, that become one object at the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from xml.sax.saxutils import escape

from headrace_sdk import NodeError, UpstreamError
from nodes.files.s3_bucket import Bucket

PART_BYTES: Final = 8 * 1024 * 1024
"""The protocol wants 5 MiB at least, but for the last one (CompleteMultipartUpload)."""
IN_PARTS_FROM: Final = 2 * PART_BYTES
ATTEMPTS: Final = 3
"""How often one part is sent before the whole is given up."""


async def store_in_parts(
    bucket: Bucket, key: str, content: bytes, headers: Mapping[str, str]
) -> str:
    """Store it; its etag. What was begun is taken away again if it cannot be ended.

    Raises:
        NodeError: it did not work; then there is no object, or the one that was there before.
    """
    at_end = {name: value for name, value in headers.items() if name == "If-None-Match"}
    at_begin = {name: value for name, value in headers.items() if name not in at_end}
    begun = await bucket.tree("POST", key, query=[("uploads", "")], headers=at_begin)
    upload = begun.findtext("{*}UploadId") or ""
    try:
        etags = [
            await _part(bucket, key, upload, number, content[begin : begin + PART_BYTES])
            for number, begin in enumerate(range(0, len(content), PART_BYTES), start=1)
        ]
        ended = await bucket.tree(
            "POST", key, query=[("uploadId", upload)], body=_listed(etags), headers=at_end
        )
    except NodeError:
        await _give_up(bucket, key, upload)
        raise
    # It may answer 200 and say within that it failed.
    etag = ended.findtext("{*}ETag")
    if etag is None:
        await _give_up(bucket, key, upload)
        word = ended.findtext("{*}Code") or ended.findtext("Code") or "nothing"
        message = f"S3 could not put the parts together: it says {word[:60]}."
        raise UpstreamError(message, code="s3_parts")
    return str(etag).strip('"')


async def _part(bucket: Bucket, key: str, upload: str, number: int, content: bytes) -> str:
    query = [("partNumber", str(number)), ("uploadId", upload)]
    for attempt in range(1, ATTEMPTS + 1):
        try:
            answer = await bucket.send("PUT", key, query=query, body=content)
            return answer.headers.get("etag", "")
        except UpstreamError as error:
            # The same part sent again takes the place of the first one.
            if attempt == ATTEMPTS or not error.is_retryable:
                raise
    return ""


def _listed(etags: list[str]) -> bytes:
    parts = "".join(
        f"<Part><PartNumber>{number}</PartNumber><ETag>{escape(etag)}</ETag></Part>"
        for number, etag in enumerate(etags, start=1)
    )
    return f"<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>".encode()


async def _give_up(bucket: Bucket, key: str, upload: str) -> None:
    """Parts that are left lying cost money."""
    try:
        await bucket.send("DELETE", key, query=[("uploadId", upload)])
    except NodeError:
        # What went wrong before says more; buckets can forget such parts by a rule of their own.
        return
