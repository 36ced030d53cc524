"""A disk without room: nothing is half kept, and whoever uploads hears why."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from headrace.files import actions
from headrace.files.errors import StorageFull
from headrace.files.models import File


@pytest.fixture
def full(monkeypatch):
    """The disk says that it is full at the moment at which a file must be on it."""

    monkeypatch.setattr(os, "fsync", _refuse)


def test_an_upload_is_refused_with_a_time_to_try_again(api, full):
    """R-028."""
    body = {"file": SimpleUploadedFile("a.txt", b"content")}

    answer = api().django.post("/api/v1/files/", body, format="multipart")

    assert (answer.status_code, answer.json()["code"]) == (503, "storage_full")
    assert int(answer["Retry-After"]) > 0


def test_nothing_is_left_of_a_file_that_found_no_room(in_alpha, full):
    with pytest.raises(StorageFull):
        actions.put(b"no room for this", name="a.txt", mime="text/plain")

    folder = Path(default_storage.path(str(in_alpha.id)))
    assert not [one for one in folder.rglob("tmp*") if one.is_file()]
    assert not File.objects.exists()


def test_with_room_again_the_same_file_is_kept(in_alpha, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", _refuse)
        with pytest.raises(StorageFull):
            actions.put(b"room later", name="a.txt", mime="text/plain")

    kept = actions.put(b"room later", name="a.txt", mime="text/plain")

    assert kept.size == len(b"room later")


def _refuse(_descriptor):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
