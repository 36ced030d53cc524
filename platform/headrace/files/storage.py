"""Where blobs lie: Django's storage, one folder a tenant, named by content.

A name that a client gave never becomes part of a path (S-017).
"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final, cast

from django.core.files.storage import FileSystemStorage, default_storage

from headrace.files.errors import StorageFull
from headrace.tenants.context import current

CHUNK_BYTES: Final = 256 * 1024
FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


def key(sha256: str) -> str:
    """The storage key of a blob of the current tenant."""
    return f"{current().id}/{sha256[:2]}/{sha256}"


def digest(content: bytes) -> str:
    """The SHA-256 of a content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


class DurableStorage(FileSystemStorage):
    """Files on this machine, on the disk before anybody refers to them."""

    def write_once(self, name: str, content: bytes) -> None:
        """Write and fsync under a temporary name, then rename: never half a file.

        Raises:
            StorageFull: the disk is; nothing of the file is left (R-028).
        """
        target = Path(self.path(name))
        if target.exists():
            return
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _write(target, content)
        except OSError as error:
            if error.errno in FULL:
                raise StorageFull from error
            raise


def write(content: bytes) -> str:
    """Store a content of the current tenant durably; returns its SHA-256."""
    sha256 = digest(content)
    storage = cast("DurableStorage", default_storage)
    storage.write_once(key(sha256), content)
    return sha256


def read(sha256: str) -> bytes:
    """A whole blob."""
    with cast("IO[bytes]", default_storage.open(key(sha256), "rb")) as file:
        return file.read()


def delete(sha256: str) -> None:
    """Remove a blob; nothing happens if it is not there."""
    default_storage.delete(key(sha256))


def chunks(sha256: str) -> Iterator[bytes]:
    """A blob piece by piece; the tenant need not be at work any more when they are read."""
    return _pieces(key(sha256))


def _write(target: Path, content: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
        draft = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            draft.unlink()
            raise
    draft.rename(target)


def _pieces(name: str) -> Iterator[bytes]:
    with cast("IO[bytes]", default_storage.open(name, "rb")) as file:
        while piece := file.read(CHUNK_BYTES):
            yield piece
