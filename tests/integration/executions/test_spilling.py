"""Very large items lie in the file store, and nothing stays there that nobody names."""

from __future__ import annotations

import random
import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.db.models.functions import Now

from headrace.executions import queries, retention
from headrace.executions.models import (
    Execution,
    InboxEntry,
    LogSegment,
    Payload,
    Snapshot,
    WaitToken,
)
from headrace.files import actions as files
from headrace.files import collector, storage
from headrace.files.models import Blob
from headrace.tenants.context import current, tenant
from tests.support.engine import begin, ended, working
from tests.support.workflows import MANUAL, document, node

pytestmark = pytest.mark.usefixtures("committed")

PASSES = document([MANUAL, node("end", "flow.no_op")], "start -> end")
LONG = "".join(random.Random(1).choices("abcdefghijklmnop", k=900_000))


@pytest.fixture
def spilled(in_alpha, owner):
    """A run whose items are too large for the database."""
    with working():
        execution = begin(owner, PASSES, {"text": LONG})
        assert ended(execution) == "completed"
    return execution


def make_old(*, days=2):
    Blob.objects.update(touched_at=Now() - timedelta(days=days))


def test_items_above_the_limit_are_files_and_read_back_the_same(spilled):
    rows = Payload.objects.filter(execution_id=spilled)
    page = queries.step_items(spilled, "end", "0", side="output", port=None, offset=0, limit=10)

    assert {row.body for row in rows} == {None}
    assert all(storage.read(row.sha256) for row in rows)
    assert page.items[0].json == {"text": LONG}
    assert queries.answer(spilled)["items"][0]["json"] == {"text": LONG}


def test_a_step_reads_spilled_items_after_a_restart(in_alpha, owner):
    flow = document(
        [
            MANUAL,
            node("wait", "flow.wait", {"mode": "for", "duration_s": 6}),
            node("end", "flow.no_op"),
        ],
        "start -> wait",
        "wait -> end",
    )
    with working():
        execution = begin(owner, flow, {"text": LONG})
        assert ended(execution, 30) == "completed"

    assert queries.answer(execution)["items"][0]["json"] == {"text": LONG}


def test_what_a_payload_names_is_never_collected(spilled):
    make_old()

    assert collector.collect() == 0
    assert queries.answer(spilled)["items"][0]["json"] == {"text": LONG}


def test_a_deleted_execution_takes_everything_with_it(spilled):
    named = set(Payload.objects.values_list("sha256", flat=True))

    retention.delete([spilled])
    make_old()

    assert collector.collect() == len(named)
    left = [
        kind
        for kind in (LogSegment, Payload, InboxEntry, WaitToken, Snapshot)
        if kind.objects.filter(execution_id=spilled).exists()
    ]
    assert (left, Execution.objects.filter(pk=spilled).exists()) == ([], False)
    assert not Blob.objects.filter(sha256__in=named).exists()
    for sha256 in named:
        with pytest.raises(FileNotFoundError):
            storage.read(sha256)


def test_what_was_just_touched_is_not_collected(in_alpha):
    sha256 = files.keep(b"about to be named")

    assert collector.collect() == 0
    assert storage.read(sha256) == b"about to be named"


def test_a_file_keeps_its_content(in_alpha):
    ref = files.put(b"a file", name="a.txt", mime="text/plain")
    make_old()

    assert collector.collect() == 0
    assert storage.read(ref.sha256) == b"a file"


def test_a_content_stored_again_while_it_is_collected_is_there_afterwards(in_alpha, monkeypatch):
    """R-048: "it exists, so skip", then the collector deletes it."""
    sha256 = files.keep(b"once more")
    make_old()
    owner = current()
    again = threading.Thread(target=lambda: _keep(owner, b"once more"))

    def delete(one):
        # The row is locked now: whoever stores the content must wait until the file is gone.
        again.start()
        again.join(0.3)
        original(one)

    original = storage.delete
    monkeypatch.setattr(storage, "delete", delete)
    deleted = collector.collect()
    again.join(10)

    assert deleted == 1
    assert storage.read(sha256) == b"once more"
    assert Blob.objects.filter(pk=sha256).exists()


def _keep(owner, content):
    with tenant(owner):
        files.keep(content)
    connections.close_all()


def test_old_executions_are_deleted_only_if_so_set(spilled, settings):
    Execution.objects.update(ended_at=Now() - timedelta(days=8))

    assert retention.delete_old() == 0
    settings.HEADRACE_KEEP_EXECUTIONS_DAYS = 10
    assert retention.delete_old() == 0
    settings.HEADRACE_KEEP_EXECUTIONS_DAYS = 7
    assert retention.delete_old() == 1


def test_open_executions_are_never_deleted(in_alpha, owner):
    execution = begin(owner, PASSES, {})

    assert retention.delete([execution]) == 0
    assert Execution.objects.filter(pk=execution).exists()


def test_old_addresses_of_ended_executions_go(spilled):
    WaitToken.objects.create(token_hash=b"x", execution_id=spilled, node="a", run="0", state="used")

    assert retention.tidy() == 0
    Execution.objects.update(ended_at=Now() - timedelta(days=2))
    assert retention.tidy() == 1
