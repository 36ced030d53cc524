"""The files of a workspace by their paths: what the tools on files do."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Now

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.files import actions as files
from headrace.files import queries as stored
from headrace.tenants.context import current
from headrace.toolservers.models import SpaceFile
from headrace.toolservers.paths import file_path, folder_path
from headrace_sdk.errors import UserError

MAX_FILE: Final = 8 * 1024 * 1024
"""Bytes of one file: it travels in one message of the protocol."""
MAX_FILES: Final = 10_000
MAX_BYTES: Final = 1024 * 1024 * 1024
"""Of all files of a workspace together."""
MAX_LISTED: Final = 1_000
_ALONE: Final = "select pg_advisory_xact_lock(hashtextextended(%s, 0))"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file. `size` in bytes."""

    path: str
    size: int
    mime: str
    updated_at: datetime
    updated_by: str


def listed(actor: Actor, folder: str) -> tuple[Sequence[str], Sequence[Entry]]:
    """The folders and the files right below a folder, at most `MAX_LISTED` of each, by name.

    Raises:
        Forbidden, UserError: as they say.
    """
    require(actor, "file.view")
    top = folder_path(folder)
    begin = f"{top}/" if top else ""
    folders: list[str] = []
    files: list[Entry] = []
    for row in _below(top).order_by("path").iterator():
        name, slash, _ = row.path[len(begin) :].partition("/")
        if not slash:
            files.append(_entry(row))
        elif f"{begin}{name}" not in folders[-1:]:
            folders.append(f"{begin}{name}")
    return sorted(set(folders))[:MAX_LISTED], files[:MAX_LISTED]


def read(actor: Actor, path: str) -> tuple[Entry, bytes]:
    """A whole file.

    Raises:
        Forbidden, UserError: as they say.
    """
    require(actor, "file.view")
    row = _row(file_path(path))
    return _entry(row), stored.read(row.file_id)


@transaction.atomic
def write(actor: Actor, path: str, content: bytes, *, replace: bool) -> Entry:
    """Put a file at a path; one that stands there goes if `replace`.

    Raises:
        Forbidden, UserError: as they say.
    """
    require(actor, "file.create")
    place = file_path(path)
    if len(content) > MAX_FILE:
        message = f"A file may have {MAX_FILE} bytes; this one has {len(content)}."
        raise UserError(message, field="content", code="file_too_large")
    _alone()
    old = SpaceFile.objects.filter(path=place).first()
    if old is not None and not replace:
        message = f"There is a file {place} already. Say that it is to be replaced."
        raise UserError(message, field="path", code="file_exists")
    _refuse_clash(place)
    _refuse_full(len(content), old)
    mime = mimetypes.guess_type(place)[0] or "application/octet-stream"
    kept = files.put(content, name=place.rpartition("/")[2], mime=mime)
    row = old or SpaceFile(path=place)
    if old is not None:
        files.release([old.file_id])
    row.file_id, row.size, row.mime = UUID(kept.id), kept.size, kept.mime
    row.updated_at, row.updated_by_name = Now(), actor.label[:200]
    row.save()
    row.refresh_from_db()
    _note(actor, "written", row, {"bytes": kept.size})
    return _entry(row)


@transaction.atomic
def move(actor: Actor, path: str, to: str) -> Entry:
    """Give a file another path, where none may stand.

    Raises:
        Forbidden, UserError: as they say.
    """
    require(actor, "file.create")
    source, target = file_path(path), file_path(to)
    _alone()
    row = _row(source)
    if SpaceFile.objects.filter(path=target).exists():
        message = f"There is a file {target} already."
        raise UserError(message, field="to", code="file_exists")
    row.path = target
    row.save(update_fields=["path"])
    _refuse_clash(target)
    _note(actor, "moved", row, {"from": source})
    return _entry(row)


@transaction.atomic
def delete(actor: Actor, path: str) -> None:
    """Take a file away for good.

    Raises:
        Forbidden, UserError: as they say.
    """
    require(actor, "file.create")
    _alone()
    row = _row(file_path(path))
    _note(actor, "deleted", row, {"bytes": row.size})
    files.release([row.file_id])
    row.delete()


def _row(path: str) -> SpaceFile:
    row = SpaceFile.objects.filter(path=path).first()
    if row is None:
        message = f"There is no file {path}. List the folder to see what there is."
        raise UserError(message, field="path", code="no_file")
    return row


def _refuse_clash(path: str) -> None:
    """A name is a file or a folder, not both."""
    names = path.split("/")
    above = ["/".join(names[:count]) for count in range(1, len(names))]
    if SpaceFile.objects.filter(path__in=above).exists():
        message = "A part of the path is a file, in which nothing can stand."
        raise UserError(message, field="path", code="not_a_folder")
    if _below(path).exists():
        message = f"{path} is a folder."
        raise UserError(message, field="path", code="is_a_folder")


def _below(folder: str) -> QuerySet[SpaceFile]:
    beginning = Q(path__startswith=f"{folder}/") if folder else Q()
    return SpaceFile.objects.filter(beginning)


def _refuse_full(size: int, old: SpaceFile | None) -> None:
    others = SpaceFile.objects.exclude(pk=old.pk) if old else SpaceFile.objects.all()
    held = others.aggregate(total=Sum("size"))["total"] or 0
    if held + size > MAX_BYTES or others.count() >= MAX_FILES:
        message = (
            f"The workspace's files may be {MAX_FILES:,}, and {MAX_BYTES:,} bytes together. "
            "Delete some first."
        )
        raise UserError(message, field="path", code="space_full")


def _alone() -> None:
    """One writer at a time in a workspace, so that limits hold and no path is both things."""
    with connection.cursor() as cursor:
        cursor.execute(_ALONE, [f"space:{current().id}"])


def _note(actor: Actor, what: str, row: SpaceFile, facts: dict[str, object]) -> None:
    told = {"path": row.path, **facts}
    audit.record(actor.value, f"space_file.{what}", "space_file", row.pk, told)


def _entry(row: SpaceFile) -> Entry:
    return Entry(row.path, row.size, row.mime, row.updated_at, row.updated_by_name)
