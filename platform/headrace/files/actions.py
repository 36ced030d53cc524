"""Writes of the file store."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from headrace.files import storage
from headrace.files.errors import FileTooLarge
from headrace.files.models import Blob, File, Hold
from headrace_sdk.items import FileRef

MAX_NAME: Final = 200
_MIME: Final = re.compile(r"[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100}")


def put(content: bytes, *, name: str, mime: str, is_loose: bool = False) -> FileRef:
    """Store a file of the current tenant; the same content is stored once.

    A loose one has a day to be held by somebody; any other stays.

    Raises:
        FileTooLarge: above the limit for one file.
    """
    if len(content) > settings.HEADRACE_MAX_FILE_BYTES:
        raise FileTooLarge(settings.HEADRACE_MAX_FILE_BYTES)
    sha256 = keep(content)
    file = File.objects.create(
        blob_id=sha256, name=display_name(name), mime=safe_mime(mime), is_loose=is_loose
    )
    if not is_loose:
        hold(file.pk, [file.pk])
    return FileRef(str(file.pk), file.name, file.mime, len(content), sha256)


def hold(holder_id: UUID, file_ids: Collection[UUID]) -> None:
    """Let the files stay for as long as the holder does; see `Hold`."""
    holds = [Hold(holder_id=holder_id, file_id=one) for one in file_ids]
    Hold.objects.bulk_create(holds, ignore_conflicts=True)
    File.objects.filter(pk__in=file_ids, is_loose=True).update(is_loose=False)


def release(holder_ids: Collection[UUID]) -> None:
    """The holders are gone: the collector takes what nobody else holds."""
    holds = Hold.objects.filter(holder_id__in=holder_ids)
    held = set(holds.values_list("file_id", flat=True))
    holds.delete()
    others = Hold.objects.filter(file_id=OuterRef("pk"))
    File.objects.filter(~Exists(others), pk__in=held).update(is_loose=True)


def keep(content: bytes) -> str:
    """Store a content durably, to be named by a row within a day; its SHA-256.

    First it is touched, then looked for and written: the collector deletes only what was not
    touched for long, under a lock that the touch waits for. So a content that is found here stays.
    """
    sha256 = storage.digest(content)
    Blob.objects.bulk_create(
        [Blob(sha256=sha256, size=len(content), touched_at=Now())],
        update_conflicts=True,
        unique_fields=["sha256"],
        update_fields=["touched_at"],
    )
    storage.write(content)
    return sha256


def display_name(name: str) -> str:
    """The last part of a client's file name without control and direction characters."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(c for c in last if unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
    return shown.strip(" .")[:MAX_NAME] or "file"


def safe_mime(mime: str) -> str:
    """A well-formed media type without parameters, else `application/octet-stream`."""
    plain = mime.partition(";")[0].strip().lower()
    return plain if _MIME.fullmatch(plain) else "application/octet-stream"
