"""Reads of the file store, and the signed addresses at which a browser fetches a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.core import signing

from headrace.files import storage
from headrace.files.errors import FileNotFound
from headrace.files.models import File
from headrace.tenants.context import current
from headrace_sdk.items import FileRef, Item

SALT: Final = "headrace.files"
LIFETIME: Final = timedelta(minutes=10)


def get(file_id: UUID | str) -> FileRef:
    """The reference of a file of this tenant.

    Raises:
        FileNotFound: there is none, or the id is not an id.
    """
    wanted = as_id(file_id)
    if wanted is None:
        raise FileNotFound
    file = File.objects.select_related("blob").filter(pk=wanted).first()
    if file is None:
        raise FileNotFound
    return FileRef(str(file.pk), file.name, file.mime, file.blob.size, file.blob.sha256)


def read(file_id: UUID | str) -> bytes:
    """The content of a file of this tenant.

    Raises:
        FileNotFound: there is none.
    """
    return storage.read(get(file_id).sha256)


def content(sha256: str) -> bytes:
    """What `actions.keep` stored."""
    return storage.read(sha256)


def named_by(items: Iterable[Item]) -> set[UUID]:
    """The files that items carry; what is no id of a file is left out."""
    refs = (ref for item in items if item.binary for ref in item.binary.values())
    return {id_ for ref in refs if (id_ := as_id(ref.id)) is not None}


def as_id(text: object) -> UUID | None:
    """The id that a reference names, if it is one."""
    try:
        return UUID(str(text))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Served:
    """A file on its way to a browser."""

    ref: FileRef
    chunks: Iterator[bytes]


def sign(file_id: str, person: str) -> str:
    """A token for one file, tenant and reader, valid for `LIFETIME`."""
    value = {"t": current().id.hex, "f": file_id, "p": person}
    return signing.dumps(value, salt=SALT, compress=False)


def by_token(token: str, person: str) -> Served:
    """The file behind a token.

    Raises:
        FileNotFound: forged, expired, of another tenant, or signed for somebody else.
    """
    try:
        value = signing.loads(token, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature:
        raise FileNotFound from None
    if value["t"] != current().id.hex or value["p"] != person:
        raise FileNotFound
    ref = get(value["f"])
    return Served(ref, storage.chunks(ref.sha256))
