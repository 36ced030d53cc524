"""Deletes files that nobody holds, and contents that nobody names, any more (engine-rules 18)."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from headrace.files import storage
from headrace.files.models import Blob, File, Hold
from headrace.files.ports import ports

UNTOUCHED_FOR: Final = timedelta(hours=24)
"""A content that was touched later may be about to be named."""

BATCH: Final = 200


def collect() -> int:
    """Delete a batch of files and contents of the current tenant; how many contents went."""
    _delete_loose()
    old = Blob.objects.filter(touched_at__lt=Now() - UNTOUCHED_FOR, file=None)
    found = set(old.order_by("touched_at").values_list("sha256", flat=True)[: BATCH * 10])
    unnamed = sorted(found - ports.naming.named(found))[:BATCH]
    return sum(_delete(sha256) for sha256 in unnamed)


def _delete_loose() -> None:
    held = Hold.objects.filter(file_id=OuterRef("pk"))
    loose = File.objects.filter(~Exists(held), is_loose=True, created_at__lt=Now() - UNTOUCHED_FOR)
    ids = loose.order_by("created_at").values_list("pk", flat=True)[: BATCH * 10]
    File.objects.filter(~Exists(held), pk__in=list(ids)).delete()


@transaction.atomic
def _delete(sha256: str) -> bool:
    """Delete one, unless it was touched or named meanwhile.

    The row is locked until its file is gone: whoever stores the content again waits, finds no file
    and writes it anew.
    """
    old = Blob.objects.filter(pk=sha256, touched_at__lt=Now() - UNTOUCHED_FOR)
    if not old.select_for_update(skip_locked=True).exists():
        return False
    if File.objects.filter(blob_id=sha256).exists() or ports.naming.named([sha256]):
        return False
    Blob.objects.filter(pk=sha256).delete()
    storage.delete(sha256)
    return True
